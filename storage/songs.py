"""A song as the archive keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from generation.song import Remark, Sheet, SongRequest

Status = Literal["written", "waiting", "singing", "made", "failed", "cancelled", "deleted"]
"""``written``: on paper only. ``waiting`` and ``singing``: ordered. The rest is final, and may be ordered again."""
OPEN: tuple[Status, ...] = ("waiting", "singing")


@dataclass(frozen=True, slots=True)
class Song:
    """One song: who asked for it, how it is made, and what became of it."""

    id: str
    """Ten lower-case letters and digits, made from the message that asked for it."""
    owner: str
    """Member id."""
    owner_name: str
    place: str
    """Place id of the talk it belongs to."""
    language: str
    """Of the talk: ``en`` or ``zh``."""
    status: Status
    created: str
    """ISO 8601, UTC."""
    request: SongRequest
    seed: int
    parent: str = ""
    """Id of the song it was changed from."""
    changes: tuple[Mapping[str, Any], ...] = ()
    """``generation.changes`` as JSON: what was changed from the parent."""
    sheet: Sheet | None = None
    """None until it is written, and in a list of many songs."""
    note: Remark | None = None
    """The licence note, once it is made."""
    passport_id: str = ""
    """The eight letters and digits printed on the note."""
    files: tuple[str, ...] = ()
    """Names in the song's folder, once it is made."""
    reason: Remark | None = None
    """Why it failed."""
    live: str = ""
    """The post that follows it, as ``Surface.post`` named it."""
    remarks: tuple[Remark, ...] = ()
    """What the band had to do otherwise than asked, once it is made."""
    credits: tuple[tuple[str, str], ...] = ()
    """(a line's text, who gave it), where several members wrote the words: for the sheet, when it is written."""
    name: str = ""
    """The title as last written: known without the sheet."""

    @property
    def title(self) -> str:
        return self.sheet.lyrics.title if self.sheet else self.name

    def file(self, ending: str) -> str:
        """Return the name of the song's file with this ending (``.mp3``); empty where there is none."""
        return next((name for name in self.files if name.endswith(ending)), "")
