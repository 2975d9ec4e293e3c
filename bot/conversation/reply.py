"""What the bot says, as data. A surface renders it in its own way and adds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Button:
    """Pressing it sends a ``Message`` with the same verb, song and argument.

    ``verb``, ``song`` and ``argument`` joined by ``:`` are at most 64 bytes of ASCII (Telegram's callback data).
    """

    label: str
    verb: str
    song: str = ""
    argument: str = ""
    asks: str = ""
    """A question to be answered in words when it is pressed. Where the surface has forms (Discord's modals) the answer
    comes as the message's ``text``; elsewhere the press arrives without text and the conversation asks."""

    @property
    def data(self) -> str:
        """``verb:song:argument``, as it travels through a platform."""
        return f"{self.verb}:{self.song}:{self.argument}"


@dataclass(frozen=True, slots=True)
class File:
    """A file to post. Exactly one of ``path`` and ``content`` is set."""

    name: str
    media_type: str
    path: Path | None = None
    content: bytes | None = None
    title: str = ""
    performer: str = ""
    duration_s: float = 0.0
    thumbnail: bytes | None = None
    """JPEG, at most 320 px and 200 kB."""

    @property
    def is_audio(self) -> bool:
        return self.media_type.startswith("audio/")

    def read(self) -> bytes:
        """Return the content. Raises ``OSError`` if the file is gone."""
        return self.content if self.content is not None else self.path.read_bytes() if self.path else b""

    @property
    def size(self) -> int:
        """Bytes. Raises ``OSError`` if the file is gone."""
        return len(self.content) if self.content is not None else self.path.stat().st_size if self.path else 0


@dataclass(frozen=True, slots=True)
class Folded:
    """A long text under a heading, closed until someone opens it: lyrics, the whole licence note."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot. Texts are plain, without markup, and hold what members wrote: surfaces escape them."""

    text: str
    folded: tuple[Folded, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows, at most five buttons each."""
    files: tuple[File, ...] = ()
    song: str = ""
    """The song this is about: answering the post means that song."""
    private: bool = False
    """For the asking member's eyes only, where the surface can do that (a refusal, a quota)."""
    asks: bool = False
    """A question: the member's next sentence here, or their answer to this post, is the answer."""
    language: str = "en"
    """Of ``text``: ``en`` or ``zh``."""
