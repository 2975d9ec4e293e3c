"""What a turn asks the house to do. The house does it and tells the talk by ``bot.conversation.news``."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.message import Attachment
from generation.changes import Change
from storage.songs import Song


@dataclass(frozen=True, slots=True)
class Write:
    """Keep ``song`` and write its sheet; with ``sing`` order it as well, otherwise show the sheet.

    With ``changes`` the sheet is revised: ``song.sheet`` where it has one (a change in place), else its parent's.
    Without ``changes`` it is written from ``song.request`` and ``song.seed``, whatever its parent. ``hummed`` is
    listened to first and becomes the chorus melody: of the sheet it has, of its parent's, or of the one to be written.
    ``song`` may be known already: then its sheet is replaced.
    """

    song: Song
    sing: bool
    changes: tuple[Change, ...] = ()
    hummed: Attachment | None = None
    credits: tuple[tuple[str, str], ...] = ()
    """(a line's text, who gave it): put on the written sheet by ``bot.conversation.together.credited``."""


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
