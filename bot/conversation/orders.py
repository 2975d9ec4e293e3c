"""What a turn asks the house to do. The house does it and tells the talk by ``bot.conversation.news``."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.message import Attachment
from generation.changes import Change
from storage.songs import Song


@dataclass(frozen=True, slots=True)
class Write:
    """Keep ``song`` and write its sheet: from its request and seed, or from its parent's sheet and ``changes``.

    With ``sing`` it is ordered as well; otherwise its sheet is shown. ``song`` may be one that is on paper already:
    then its sheet is replaced. ``hummed`` is listened to first and becomes the chorus melody.
    """

    song: Song
    sing: bool
    changes: tuple[Change, ...] = ()
    hummed: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Sing:
    """Order a song that is on paper, failed or cancelled."""

    song: str


@dataclass(frozen=True, slots=True)
class Cancel:
    song: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Make and post files of a song that is made: of stems, karaoke, midi, lrc, sheet, passport."""

    song: str
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete one song, or with ``song=""`` everything about the member on this surface."""

    member: str
    song: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    member: str
    song: str
    text: str


@dataclass(frozen=True, slots=True)
class Check:
    """Read a file's tags and say whether it was made here."""

    attachment: Attachment


@dataclass(frozen=True, slots=True)
class SetLanguage:
    member: str
    language: str


Order = Write | Sing | Cancel | Parts | Forget | Report | Check | SetLanguage
