"""Telegram's HTML as Telegram reads it: what is shown, what is folded, and what it refuses to parse."""

from __future__ import annotations

import re

TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "span",
    "tg-spoiler",
    "a",
    "tg-emoji",
    "code",
    "pre",
}
TAGS |= {"blockquote"}
_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[^\s<>/]*)(?P<rest>[^<>]*)>|(?P<bare><)|&(?P<name>lt|gt|amp|quot|#\d+);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class CannotParse(Exception):
    """In Telegram's words."""


def shown(html: str) -> str:
    """Return the text as it is shown. Raises ``CannotParse``."""
    text, at = "", 0
    open_tags: list[str] = []
    for token in _TOKEN.finditer(html):
        text += html[at : token.start()]
        at = token.end()
        if token["bare"]:
            raise CannotParse(f'Unsupported start tag "" at byte offset {token.start()}')
        if token["name"]:
            text += _NAMED.get(token["name"]) or chr(int(token["name"].removeprefix("#")))
        elif token["end"]:
            if not open_tags or open_tags.pop() != token["tag"]:
                raise CannotParse(f"Unexpected end tag at byte offset {token.start()}")
        elif token["tag"] not in TAGS:
            raise CannotParse(f'Unsupported start tag "{token["tag"]}" at byte offset {token.start()}')
        else:
            open_tags.append(token["tag"])
    if open_tags:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return (text + html[at:]).strip()


def units(text: str) -> int:
    """UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
