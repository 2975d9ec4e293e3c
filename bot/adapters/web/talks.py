"""The talks as browsers see them: posts kept on disk, and followed live from any revision on."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import shutil
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cattrs

from bot.adapters.web.posts import Post, post_from_json, post_to_json
from bot.adapters.web.shelf import private, private_folder, write_private

MOST_POSTS = 300
MOST_TALKS = 500


@dataclass(frozen=True, slots=True)
class Happening:
    """What a follower is told: a post as it is now, a post that is gone, or (neither) that something is prepared."""

    revision: int
    post: Post | None = None
    gone: str = ""


class Talk:
    """One talk. Every change is one line of ``log.jsonl``; the file is written anew when most lines are outdated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.posts: OrderedDict[str, Post] = OrderedDict()
        self.revision = 0
        self.followers = 0
        self._gone: OrderedDict[str, int] = OrderedDict()
        self._lines = 0
        self._moved = asyncio.Event()
        self._busy = 0
        self._closed = False
        self._writing = asyncio.Lock()

    def load(self) -> Talk:
        """Read the log; a line cut short by a crash is left out, and posts beyond ``MOST_POSTS`` with their files.
        Blocks: call it in a thread."""
        try:
            lines = (self.folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
        except OSError:
            lines = []
        for line in lines:
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, cattrs.BaseValidationError):
                continue
        self._lines = len(lines)
        dropped = self._trim()
        if dropped:
            _write(self.folder / "log.jsonl", self._rows(), True)
            discard(self.folder, dropped)
        return self

    def _take(self, row: dict[str, Any]) -> None:
        if "gone" in row:
            self.posts.pop(row["gone"], None)
            self._gone[row["gone"]] = row["revision"]
        else:
            post = post_from_json(row["post"])
            self.posts[post.id] = post
        self.revision = max(self.revision, row.get("revision", 0), row.get("post", {}).get("revision", 0))

    async def put(self, post: Post) -> Post:
        """Add a post, or replace the one of the same id. Returns it with its revision."""
        self.revision += 1
        post = replace(post, revision=self.revision)
        self.posts[post.id] = post
        dropped = self._trim()
        self._tell()
        await self._keep({"post": post_to_json(post)}, anew=bool(dropped))
        await asyncio.to_thread(discard, self.folder, dropped)
        return post

    def _trim(self) -> list[Post]:
        """Leave out the oldest posts beyond ``MOST_POSTS``, and return them."""
        oldest = list(self.posts.values())[: max(0, len(self.posts) - MOST_POSTS)]
        for post in oldest:
            self._drop(post.id)
        return oldest

    async def remove(self, post: str) -> None:
        """Take a post down, with the files that lie with the talk."""
        if post in self.posts:
            self.revision += 1
            taken = self.posts[post]
            self._drop(post)
            self._tell()
            # What was taken down is in no older line either.
            await self._keep({"gone": post, "revision": self.revision}, anew=True)
            await asyncio.to_thread(discard, self.folder, [taken])

    def _drop(self, post: str) -> None:
        del self.posts[post]
        self._gone[post] = self.revision
        while len(self._gone) > MOST_POSTS:
            self._gone.popitem(last=False)

    def busy(self) -> None:
        self._busy += 1
        self._tell()

    def close(self) -> None:
        """Followers come to their end."""
        self._closed = True
        self._tell()

    def _tell(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()

    def since(self, revision: int) -> list[Happening]:
        """Everything that changed after ``revision``, oldest first, each post once."""
        changed = [Happening(post.revision, post) for post in self.posts.values() if post.revision > revision]
        changed += [Happening(at, gone=post) for post, at in self._gone.items() if at > revision]
        return sorted(changed, key=lambda happening: happening.revision)

    async def follow(self, revision: int) -> AsyncIterator[Happening]:
        """What changed after ``revision`` and what changes from now on. A slow follower misses only what was
        replaced meanwhile."""
        busy = self._busy
        revision = min(revision, self.revision)
        self.followers += 1
        try:
            while not self._closed:
                moved = self._moved
                for happening in self.since(revision):
                    revision = happening.revision
                    yield happening
                if busy != self._busy:
                    busy = self._busy
                    yield Happening(revision)
                if moved is self._moved:
                    await moved.wait()
        finally:
            self.followers -= 1

    async def _keep(self, row: dict[str, Any], anew: bool = False) -> None:
        async with self._writing:
            self._lines += 1
            anew = anew or self._lines > 200 + 4 * (len(self.posts) + len(self._gone))
            rows = [row]
            if anew:
                rows = self._rows()
                self._lines = len(rows)
            await asyncio.to_thread(_write, self.folder / "log.jsonl", rows, anew)

    def _rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = [{"post": post_to_json(post)} for post in self.posts.values()]
        return rows + [{"gone": post, "revision": at} for post, at in self._gone.items()]


def _write(file: Path, rows: list[dict[str, Any]], anew: bool) -> None:
    private_folder(file.parent)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if anew:
        write_private(file, text)
    else:
        with open(file, "a", encoding="utf-8", opener=private) as log:
            log.write(text)


def discard(folder: Path, posts: Iterable[Post]) -> None:
    """Delete the files of these posts that lie in the talk's folder; those of songs lie elsewhere and stay."""
    for path in (Path(name) for post in posts for file in post.files for name in (file.path, file.cover) if name):
        if path.is_relative_to(folder.resolve()):
            path.unlink(missing_ok=True)


class Talks:
    """All talks of this surface, those in use in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: OrderedDict[str, Talk] = OrderedDict()
        self._loading = asyncio.Lock()

    def folder(self, place: str) -> Path:
        """Where a talk lies; no place's id can lead anywhere else."""
        name = place.removeprefix("web:")
        plain = re.fullmatch(r"[a-z0-9]{1,64}", name)
        return self._folder / (name if plain else hashlib.sha256(place.encode()).hexdigest()[:32])

    async def of(self, place: str) -> Talk:
        talk = self._open.get(place)
        if talk is None:
            async with self._loading:
                talk = self._open.get(place)
                if talk is None:
                    talk = self._open[place] = await asyncio.to_thread(Talk(self.folder(place)).load)
                    self._trim()
        self._open.move_to_end(place)
        return talk

    def _trim(self) -> None:
        idle = [place for place, talk in self._open.items() if not talk.followers]
        for place in idle[: max(0, len(self._open) - MOST_TALKS)]:
            del self._open[place]

    async def forget(self, place: str) -> None:
        """Delete a talk: its posts, and the files that lie with it."""
        talk = await self.of(place)
        for post in list(talk.posts):
            await talk.remove(post)
        await asyncio.to_thread(shutil.rmtree, talk.folder, True)

    def close(self) -> None:
        for talk in self._open.values():
            talk.close()
