"""One talk: what it remembers, what it is told, and what a turn of it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.orders import Order
from bot.conversation.reply import Reply
from generation.song import SongRequest
from storage.songs import Song


@dataclass(frozen=True, slots=True)
class Talk:
    """What the bot remembers of its talk with one member in one place. JSON both ways by cattrs."""

    focus: str = ""
    """The song the member last had to do with here."""
    expects: str = ""
    """The verb a question asked for; the next sentence is its text."""
    expects_song: str = ""
    last_message: str = ""
    """Id of the message answered last: a repeated delivery is not answered again."""


@dataclass(frozen=True, slots=True)
class GivenLine:
    text: str
    by: str
    """Name of the member."""
    member: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A song that several members of one shared place write together."""

    request: SongRequest
    host: str
    """Member id of who began it."""
    wanted: int
    """Lines the song needs."""
    lines: tuple[GivenLine, ...] = ()
    host_name: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an ordered song stands."""

    place: int
    """1 is next; 0 is being made."""
    ahead_members: int
    """How many other members' songs come first."""
    estimate_s: float
    """Until it is finished."""
    stage: str = ""
    """As ``generation.song.Progress`` names it, while it is being made."""
    fraction: float = 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the house knows and a turn may need. Read only."""

    language: str
    """To answer in: the member's choice, else the platform's language, else the one written in."""
    now: str
    """ISO 8601, UTC."""
    seed: int
    """A fresh one, for a new song."""
    song: Song | None = None
    """What the message is about: the button's song, the answered post's, else the talk's focus."""
    pointed: bool = False
    """Whether the message itself named ``song`` (a button, an answered post), not only the focus."""
    mine: tuple[Song, ...] = ()
    """The member's songs, newest first, at most 50, without deleted ones."""
    standings: Mapping[str, Standing] = field(default_factory=dict)
    """Of every ordered song of this member, and of ``song``."""
    circle: Circle | None = None
    sheet_first: bool = False
    """This house shows the sheet before it sings."""
    most_open: int = 3
    """Ordered songs one member may have at a time."""
    host_open: int = 0
    """Songs on the way of who began ``circle``."""
    on_paper: int = 0
    """Sheets being written, and files being looked at, for this member now."""
    longest_s: float = 360.0
    is_moderator: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of one message."""

    talk: Talk
    replies: tuple[Reply, ...] = ()
    orders: tuple[Order, ...] = ()
    circle: Circle | None = None
    """The place's circle from now on."""
