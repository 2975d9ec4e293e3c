"""A small surface in memory: it keeps posts as a platform does, and can be made to fail as one."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from bot.adapters.base import Gone, Limits, Unconfirmed, Unreachable
from bot.conversation.message import Member, Message, Place
from bot.conversation.reply import Reply
from bot.house import House
from tests.journeys.house import open_house

QUICK = Limits(text=4096, upload_bytes=50_000_000, edit_every_s=0.01, edit_every_shared_s=0.02)


@dataclass
class Post:
    """A post as it looks now; ``edits`` are all texts it had."""

    id: str
    place: str
    reply: Reply
    edits: list[str] = field(default_factory=list)
    deleted: bool = False


class MemorySurface:
    """Implements ``bot.adapters.base.Surface``."""

    def __init__(self, name: str = "memory", limits: Limits = QUICK) -> None:
        self.id = name
        self.limits = limits
        self.posts: list[Post] = []
        self.busy_places: list[str] = []
        self.gone: set[str] = set()
        """Places where nothing can be said any more."""
        self.unreachable = 0
        """So many calls fail before one is taken."""
        self.unconfirmed = 0
        """So many posts with files come, and nobody is told."""
        self.broken = False
        """The adapter itself has a bug."""
        self.hold_files = asyncio.Event()
        self.hold_files.set()
        """Clear it, and files are as slow to upload as you like."""
        self.uploading = asyncio.Event()
        self._numbers = itertools.count(1)
        self._changed = asyncio.Event()

    async def post(self, place: str, reply: Reply, answering: Message | None = None) -> str:
        del answering
        await self._reached(place)
        if reply.files:
            self.uploading.set()
            await self.hold_files.wait()
        for file in reply.files:
            assert 0 < file.size <= self.limits.upload_bytes
        post = Post(str(next(self._numbers)), place, reply, [reply.text])
        self.posts.append(post)
        self._changed.set()
        if reply.files and self.unconfirmed > 0:
            self.unconfirmed -= 1
            raise Unconfirmed
        return post.id

    async def edit(self, place: str, post: str, reply: Reply) -> None:
        await self._reached(place)
        found = self._find(place, post)
        found.reply = reply
        found.edits.append(reply.text)
        self._changed.set()

    async def delete(self, place: str, post: str) -> None:
        await self._reached(place)
        self._find(place, post).deleted = True
        self._changed.set()

    async def busy(self, place: str) -> None:
        self.busy_places.append(place)

    def of(self, place: str) -> list[Post]:
        return [post for post in self.posts if post.place == place and not post.deleted]

    async def until(self, wanted: Callable[[Post], bool], seconds: float = 20.0) -> Post:
        """Wait for a post that is ``wanted``, newest first."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    self._changed.clear()
                    for post in reversed(self.posts):
                        if not post.deleted and wanted(post):
                            return post
                    await self._changed.wait()
        except TimeoutError:
            seen = "\n---\n".join(f"{post.place} {post.id}: {post.reply.text}" for post in self.posts)
            raise AssertionError(f"no such post; seen:\n{seen}") from None

    async def _reached(self, place: str) -> None:
        await asyncio.sleep(0)
        if self.broken:
            raise RuntimeError("a bug with a member's words in its text")
        if place in self.gone:
            raise Gone
        if self.unreachable > 0:
            self.unreachable -= 1
            raise Unreachable

    def _find(self, place: str, name: str) -> Post:
        found = next((post for post in self.of(place) if post.id == name), None)
        if found is None:
            raise Gone
        return found


class Visitor:
    """One member in one place."""

    _messages = itertools.count(1)

    def __init__(self, house: House, name: str, place: str = "", *, language: str | None = "en", on: str = "memory"):
        self.house = house
        self.member = Member(f"{on}:{name}", name, language)
        self.place = Place(f"{on}:{place or name}", shared=bool(place))

    async def say(self, text: str = "", **how: Any) -> Message:
        """Send one message; ``how`` are fields of ``Message``."""
        message = self.message(text, **how)
        await self.house.receive(message)
        return message

    def message(self, text: str = "", **how: Any) -> Message:
        return replace(Message(f"{self.place.id}:{next(self._messages)}", self.place, self.member, text), **how)

    async def press(self, post: Post, verb: str, argument: str | None = None, **how: Any) -> Message:
        button = next(
            button
            for row in post.reply.buttons
            for button in row
            if button.verb == verb and argument in (None, button.argument)
        )
        return await self.say(verb=button.verb, song=button.song, argument=button.argument, **how)


class Opened(NamedTuple):
    house: House
    surface: MemorySurface


@asynccontextmanager
async def opened(tmp_path: Path, surface: MemorySurface | None = None, **settings: Any) -> AsyncIterator[Opened]:
    """A started house with one surface, closed in the end."""
    house = open_house(tmp_path, **settings)
    await house.start()
    surface = surface or MemorySurface()
    house.open(surface)
    try:
        yield Opened(house, surface)
    finally:
        await house.close()
