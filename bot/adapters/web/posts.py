"""A post of the talk as the browser's side keeps it: plain data, JSON both ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import cattrs

from bot.conversation.reply import Folded, Reply


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button as it travels: ``data`` is ``verb:song:argument``."""

    label: str
    data: str
    asks: str = ""

    @property
    def verb(self) -> str:
        return self.data.partition(":")[0]

    @property
    def firm(self) -> str:
        """``yes`` or ``no`` where the button answers whether something shall really be deleted; else empty."""
        answer = self.data.rpartition(":")[2]
        return answer if self.verb == "forget" and answer in ("yes", "no") else ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a post, lying on this disk."""

    name: str
    media_type: str
    path: str
    size: int
    title: str = ""
    performer: str = ""
    duration_s: float = 0.0
    cover: str = ""
    """Path of the picture; empty for none."""

    @property
    def kind(self) -> str:
        """``audio``, ``image`` or another first half of the media type. Browsers do not play MIDI: it is ``score``."""
        return "score" if self.media_type == "audio/midi" else self.media_type.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a talk, the member's or the bot's."""

    id: str
    by: Literal["bot", "member"]
    at: str
    """ISO 8601, UTC."""
    text: str
    language: str = ""
    folded: tuple[Folded, ...] = ()
    buttons: tuple[tuple[Pressable, ...], ...] = ()
    files: tuple[Kept, ...] = ()
    song: str = ""
    private: bool = False
    asks: bool = False
    about: str = ""
    """First words of the post that the member answered."""
    revision: int = 0
    """Grows with every change in the talk; the talk sets it."""

    @property
    def audio(self) -> Kept | None:
        """The song of this post, where it has one."""
        return next((file for file in self.files if file.kind == "audio"), None)

    def file(self, number: int) -> Kept | None:
        return self.files[number] if 0 <= number < len(self.files) else None


def worded(post: Post, reply: Reply) -> Post:
    """Return the post with text, folded parts and buttons of ``reply``; its files stay."""
    return replace(
        post,
        text=reply.text,
        language=reply.language,
        folded=reply.folded,
        buttons=tuple(tuple(Pressable(b.label, b.data, b.asks) for b in row) for row in reply.buttons),
        song=reply.song,
        private=reply.private,
        asks=reply.asks,
    )


_converter = cattrs.Converter()


def post_to_json(post: Post) -> Any:
    return _converter.unstructure(post)


def post_from_json(data: Any) -> Post:
    """Rebuild a post. Raises ``cattrs.BaseValidationError`` on other data."""
    return _converter.structure(data, Post)
