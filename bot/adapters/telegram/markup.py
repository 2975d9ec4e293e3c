"""A reply as Telegram's HTML, in parts that fit its limits. Lengths are UTF-16 units after entities are parsed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.conversation.reply import Reply

TEXT = 4096
CAPTION = 1024
LONGEST = 10 * TEXT
"""A longer reply goes as a file: nobody reads eleven messages."""
TITLE = 200


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def html(text: str) -> str:
    """Escape a plain text. Half characters, which no request can carry, become replacement characters."""
    return escape(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), quote=False)


def length(reply: Reply) -> int:
    return units(reply.text) + sum(units(fold.title) + units(fold.text) for fold in reply.folded)


def parts(reply: Reply, first: int = TEXT) -> list[str]:
    """Return the text and its folded parts as HTML: the first part has at most ``first`` units, the others ``TEXT``.

    Texts break at line ends where they can. A folded part that does not fit beside the rest begins a new part; so the
    first part may be empty, where it is a caption.
    """
    done: list[str] = []
    now, room = "", first
    for title, text, size in _pieces(reply, first):
        glue = 1 if now else 0
        if size + glue > room:
            done.append(now)
            now, room, glue = "", TEXT, 0
        now += "\n" * glue + (_folded(title, text) if title else html(text))
        room -= size + glue
    return [*done, now]


def plain(reply: Reply) -> str:
    """Everything readable in a reply, for a text file."""
    return "\n\n".join([reply.text, *(f"{fold.title}\n\n{fold.text}" for fold in reply.folded)])


def _pieces(reply: Reply, first: int) -> Iterator[tuple[str, str, int]]:
    """Yield (title or nothing, text, size), none larger than a part."""
    for text in _broken(reply.text.strip(), first, TEXT):
        yield "", text, units(text)
    for fold in reply.folded:
        title = fold.title[:TITLE]
        head = units(title) + 1
        for text in _broken(fold.text.strip(), TEXT - head, TEXT - head):
            yield title, text, head + units(text)


def _broken(text: str, limit: int, later: int) -> Iterator[str]:
    while units(text[: limit + 1]) > limit:
        fitting = text[:limit].encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")
        cut = max(fitting.rfind("\n"), 0) or max(fitting.rfind(" "), 0) or len(fitting)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
        limit = later
    if text:
        yield text


def _folded(title: str, text: str) -> str:
    return f"<blockquote expandable><b>{html(title)}</b>\n{html(text)}</blockquote>"
