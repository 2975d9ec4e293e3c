"""The seam between the chat and the making of songs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.conversation.talk import Standing
from generation.changes import Change
from generation.song import Sheet, SongRequest, TuneNote
from storage.songs import Song


class Events(Protocol):
    """Whom the jobs tell. Called on the event loop."""

    async def progressed(self, song: str) -> None:
        """A song moved: in the queue, or a stage further. ``Jobs.standing`` says where it is."""
        ...

    async def made(self, song: str) -> None:
        """The song's files and record are in the archive."""
        ...

    async def failed(self, song: str) -> None:
        """The archive says why."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """A hummed melody."""

    notes: tuple[TuneNote, ...]
    request: SongRequest
    """The request with key and tempo filled from the melody where they were open."""
    named: str
    """The notes as a musician writes them: ``C4 D4 E4``."""
    picture: bytes
    """PNG."""


@dataclass(frozen=True, slots=True)
class FoundTags:
    """What a file says about itself."""

    passport_id: str
    title: str
    note: str


class Jobs(Protocol):
    """Work that takes longer than an answer may. Raises ``generation.errors.StudioError``.

    ``member`` is who wants it: where many wait, everyone's first piece of work comes before anyone's second.
    """

    async def start(self, events: Events) -> None:
        """Begin to work. Returns at once; the studio warms up beside."""
        ...

    async def close(self) -> None:
        """Stop at once. A song being made stays open in the archive."""
        ...

    async def write(self, request: SongRequest, seed: int, *, member: str = "") -> Sheet: ...

    async def revise(
        self,
        sheet: Sheet,
        changes: tuple[Change, ...],
        seed: int,
        passport: Path | None = None,
        *,
        member: str = "",
    ) -> Sheet:
        """``passport`` is the record of the song that was made from ``sheet``, if it was: its mix is kept."""
        ...

    async def hear(self, audio: bytes, request: SongRequest, *, member: str = "") -> Heard:
        """Hear a hummed melody, fitted to the key, tempo and metre of ``request`` where it has them."""
        ...

    async def check(self, content: bytes, *, member: str = "") -> FoundTags | None:
        """Read a file's tags; None where it was not made by this software."""
        ...

    async def smaller(self, path: Path, most_bytes: int) -> bytes | None:
        """Return a song's MP3 at a lower rate with the same tags, or None where it can't be made small enough."""
        ...

    async def parts(self, song: Song, wanted: Sequence[str], *, member: str = "") -> tuple[Path, ...]:
        """Make files of a song that is made: of stems, karaoke, midi, lrc, sheet, passport. Made once, then kept.

        They wait in the same line as songs; a member's are made one after another.
        """
        ...

    async def order(self, song: Song) -> None:
        """Put a song in the queue. A song that is there already stays where it is."""
        ...

    async def cancel(self, song: str) -> bool:
        """Stop a waiting or running song. False where there is nothing to stop."""
        ...

    def standing(self, song: str) -> Standing | None:
        """Where an ordered song stands; None where it is not ordered."""
        ...
