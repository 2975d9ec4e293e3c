"""A studio that takes no time: every song is one that was made before. It leaves the chat alone on the scales."""

# ruff: noqa: ARG002 - the protocol names arguments that an instant studio has no use for

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.conversation.talk import Standing
from bot.jobs import Events, FoundTags, Heard
from generation.changes import Change
from generation.errors import WishError
from generation.song import Remark, Sheet, SongRequest
from storage.archive import Archive
from storage.songs import OPEN, Song

SORRY = ("The instant studio only writes and sings.", "即时录音室只会写和唱。")


class InstantJobs:
    """Implements ``bot.jobs.Jobs``: ``sheet`` for every request, the files of ``folder`` for every song."""

    def __init__(self, archive: Archive, sheet: Sheet, folder: Path) -> None:
        self._archive = archive
        self._sheet = sheet
        self._folder = folder
        self._names = tuple(sorted(path.name for path in folder.iterdir()))

    async def start(self, events: Events) -> None:
        self._events = events

    async def close(self) -> None: ...

    async def write(self, request: SongRequest, seed: int, *, member: str = "") -> Sheet:
        return replace(self._sheet, request=request, plan=replace(self._sheet.plan, seed=seed))

    async def revise(
        self,
        sheet: Sheet,
        changes: tuple[Change, ...],
        seed: int,
        passport: Path | None = None,
        *,
        member: str = "",
    ) -> Sheet:
        return sheet

    async def order(self, song: Song) -> None:
        folder = self._archive.files.folder(song.id)
        folder.mkdir(parents=True, exist_ok=True)
        for name in self._names:
            shutil.copy(self._folder / name, folder / name)
        made = replace(
            song, status="made", note=Remark("No note.", "没有说明。"), passport_id="INSTANT0", files=self._names
        )
        if await self._archive.songs.put(made, only_from=OPEN):
            await self._events.made(song.id)

    async def cancel(self, song: str) -> bool:
        return False

    def standing(self, song: str) -> Standing | None:
        return None

    async def hear(self, audio: bytes, request: SongRequest, *, member: str = "") -> Heard:
        raise WishError(*SORRY)

    async def check(self, content: bytes, *, member: str = "") -> FoundTags | None:
        raise WishError(*SORRY)

    async def smaller(self, path: Path, most_bytes: int) -> bytes | None:
        raise WishError(*SORRY)

    async def parts(self, song: Song, wanted: Sequence[str], *, member: str = "") -> tuple[Path, ...]:
        raise WishError(*SORRY)
