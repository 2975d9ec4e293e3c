"""Plain text, so that Discord shows it to the letter."""

from __future__ import annotations

import re

from discord.utils import escape_mentions

_MARKUP = re.compile(r"(?P<link>https?://[^\s<>()\[\]`|*\\]+)|^(?P<indent>[ \t]*)[#-]|[\\*_`~|<>\[\]]", re.MULTILINE)


def escape(text: str) -> str:
    """Return ``text`` with every mark, mention and masked link made harmless; plain links stay links.

    ``discord.utils.escape_markdown`` leaves ``<t:0>`` and lists after an empty line alive.
    """
    return escape_mentions(_MARKUP.sub(_escaped, text))


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found["link"] else f"{found['indent'] or ''}\\{found[0][-1]}"


def split(text: str, first: int, then: int) -> list[str]:
    """Cut escaped text at line ends (else at spaces, else anywhere) into a piece of at most ``first`` characters and
    further ones of at most ``then``; nothing but the white space at a cut is lost."""
    pieces: list[str] = []
    while len(text) > (room := then if pieces else first):
        cut = max(text.rfind("\n", 0, room + 1), 0) or max(text.rfind(" ", 0, room + 1), 0) or room
        if len(text[:cut]) - len(text[:cut].rstrip("\\")) & 1:
            cut -= 1
        pieces.append(text[:cut])
        text = text[cut:].lstrip("\n ") if text[cut : cut + 1] in ("\n", " ") else text[cut:]
    return [*pieces, text]
