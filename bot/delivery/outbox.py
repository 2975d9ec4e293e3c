"""Posts to every surface, patiently, and remembers what each post is about."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from bot.adapters.base import Gone, Surface, Unconfirmed, Unreachable
from bot.conversation.message import Message
from bot.conversation.reply import Reply
from bot.logs import tell
from storage.archive import Archive

SOON = 4
"""Tries for an answer: whoever asked is waiting now."""
LONG = 200
"""Tries for a finished song: some hours."""
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
SETTLED_S = 1.0
_log = logging.getLogger(__name__)


class Outbox:
    """``pace`` scales every wait; tests are impatient."""

    def __init__(self, archive: Archive, pace: float = 1.0) -> None:
        self._archive = archive
        self.pace = pace
        self._surfaces: dict[str, Surface] = {}
        self._posting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)

    def open(self, surface: Surface) -> bool:
        """Take a surface into use. False where it is in use already."""
        if self._surfaces.get(surface.id) is surface:
            return False
        self._surfaces[surface.id] = surface
        return True

    def surface(self, place: str) -> Surface | None:
        return self._surfaces.get(place.partition(":")[0])

    async def post(self, place: str, reply: Reply, answering: Message | None = None, *, tries: int = SOON) -> str:
        """Post, and try again while the platform does not take it. Returns the post's name.

        What was sent and not confirmed may be there already: it is sent once more, not oftener.
        Raises ``Gone``, or ``Unreachable`` after ``tries``.
        """
        unconfirmed = 0
        for attempt in range(tries):
            try:
                with self._shown_as_posting(place):
                    return await self._post(place, reply, answering)
            except Unreachable as error:
                unconfirmed += isinstance(error, Unconfirmed)
                if unconfirmed > 1:
                    raise
                if attempt == tries - 1:
                    raise
                await asyncio.sleep(self.wait_s(attempt))
        raise Unreachable

    async def settled(self, place: str) -> None:
        """Wait a moment for what is being posted in a place, so that an answer to it finds what it is about."""
        if posting := self._posting.get(place):
            await asyncio.wait(posting, timeout=SETTLED_S)

    async def edit(self, place: str, post: str, reply: Reply) -> None:
        """Edit once. Raises ``Gone`` or ``Unreachable``."""
        try:
            await self._surface_of(place).edit(place, post, reply)
        except (Gone, Unreachable, asyncio.CancelledError):
            raise
        except Exception as error:
            tell(_log, "a post could not be edited", error)
            raise Unreachable from error

    async def take_down(self, place: str, post: str) -> None:
        """Delete a post where that is possible."""
        try:
            await self._surface_of(place).delete(place, post)
        except (Gone, Unreachable):
            return
        except Exception as error:  # noqa: BLE001 - a post that stays is no reason to stop
            tell(_log, "a post could not be deleted", error)

    async def busy(self, place: str) -> None:
        surface = self.surface(place)
        if surface is not None:
            await surface.busy(place)

    def wait_s(self, attempt: int) -> float:
        """Seconds to wait after a try that failed, ``attempt`` counted from 0."""
        return min(FIRST_WAIT_S * 2.0 ** min(attempt, 10), LONGEST_WAIT_S) * self.pace

    async def _post(self, place: str, reply: Reply, answering: Message | None) -> str:
        try:
            post = await self._surface_of(place).post(place, reply, answering)
        except (Gone, Unreachable):
            raise
        except Exception as error:
            tell(_log, "a reply could not be posted", error)
            raise Unreachable from error
        if reply.song:
            await self._archive.posts.add(place, post, reply.song)
        return post

    @contextmanager
    def _shown_as_posting(self, place: str) -> Iterator[None]:
        done = asyncio.get_running_loop().create_future()
        self._posting[place].add(done)
        try:
            yield
        finally:
            done.set_result(None)
            self._posting[place].discard(done)
            if not self._posting[place]:
                del self._posting[place]

    def _surface_of(self, place: str) -> Surface:
        surface = self.surface(place)
        if surface is None:
            raise Unreachable
        return surface
