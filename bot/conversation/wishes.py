"""What a song shall be, read from a text that is a wish, a theme or words to be sung."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation import names
from bot.conversation.words import listened
from bot.understanding import understand
from generation.song import SongRequest

FEWEST_LYRIC_LINES = 4
"""So many lines without any other meaning are words to be sung."""
LINES_READ = 12
LONGEST_THEME = 200


def wished(text: str, lyrics: str = "") -> SongRequest:
    """Read what a song shall be. What asks for nothing in particular is what it shall be about."""
    understood = understand(text)
    request = understood.request
    if lyrics:
        return replace(request, lyrics=lyrics, theme=request.theme if understood.intent == "new_song" else None)
    if looks_like_lyrics(text) and not request.lyrics:
        return replace(SongRequest(text=text, message_language=request.message_language), lyrics=text)
    if understood.intent != "new_song" and text:
        return replace(request, theme=request.theme or names.clean(text, LONGEST_THEME).rstrip(" .!?,。！？，") or None)
    return request


def looks_like_lyrics(text: str) -> bool:
    """Whether a text of several lines is words to be sung: hardly any of its lines asks for a song by itself."""
    lines = [line for line in text.split("\n") if line.strip()][:LINES_READ]
    if len(lines) < FEWEST_LYRIC_LINES:
        return False
    return sum(understand(line).intent == "new_song" for line in lines) <= len(lines) // 4


def without_the_sheet(text: str) -> str:
    """Return a plain "show me the sheet of a song about rain first" without what is said of the sheet."""
    for expressions in listened("sheet_frame").values():
        for expression in expressions:
            text = re.sub(expression, "", text)
    return text
