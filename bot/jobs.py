"""The seam between the chat and the making of songs."""

from __future__ import annotations

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


class Jobs(Protocol):
    """Work that takes longer than an answer may. Raises ``generation.errors.StudioError``."""

    async def write(self, request: SongRequest, seed: int) -> Sheet: ...

    async def revise(self, sheet: Sheet, changes: tuple[Change, ...], seed: int) -> Sheet: ...

    async def hear(self, audio: bytes, request: SongRequest) -> tuple[tuple[TuneNote, ...], SongRequest]:
        """Hear a hummed melody. Returns it in beats, and the request with key and tempo filled from it where open."""
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
