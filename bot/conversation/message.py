"""What a member did, as every surface tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A person on one surface. ``id`` begins with the surface: ``telegram:4711``."""

    id: str
    name: str
    """As others see it, at most 64 characters, without control characters."""
    language: str | None = None
    """What the platform says: ``en``, ``zh`` or None for anything else."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk happens: a chat, a topic, a thread, a browser. ``id`` begins with the surface."""

    id: str
    shared: bool = False
    """Others read along: a group, a channel, a thread."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message."""

    name: str
    media_type: str
    """As the platform claims it; never to be trusted."""
    size: int
    """Bytes, as the platform claims it."""
    content: bytes | None = None
    """None where it was too big to fetch or could not be fetched."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a member did: a sentence, a command, a pressed button, a filled form.

    ``id`` is unique and the same when the platform delivers the same thing twice; a song's id is made from it, so
    that one message never becomes two songs.
    """

    id: str
    place: Place
    member: Member
    text: str = ""
    """The sentence; beside a ``verb``, what was said with it."""
    verb: str | None = None
    """A verb of ``verbs.toml`` where a command or a button names it; None for a plain sentence."""
    song: str | None = None
    """The song a button names."""
    argument: str = ""
    """What a button says beside its verb."""
    replied: str | None = None
    """The post this answers, as ``Surface.post`` named it."""
    quoted: str = ""
    """The text of the message this answers, where a member wrote it."""
    attachment: Attachment | None = None
    addressed: bool = True
    """False for a sentence in a shared place that the bot merely overhears; it then only matters to a question."""
