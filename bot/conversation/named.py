"""Which of several songs a sentence names: by a word of its title or of what it is about, or by its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.asked import heard
from bot.conversation.words import listened
from bot.understanding.message import HAN, read
from storage.songs import Song

_WORD = re.compile(r"[a-z0-9']{3,}")


def named(text: str, songs: Sequence[Song]) -> Song | None:
    """Return the one song of ``songs``, in the order they were shown, that ``text`` names; None for none or several."""
    folded = read(text).folded
    scores = [_shared(folded, song) for song in songs]
    best = max(scores, default=0)
    if best and scores.count(best) == 1:
        return songs[scores.index(best)]
    places = [list(listened("ordinal")).index(each) for each in heard("ordinal", text)]
    if len(places) != 1:
        return None
    # The last of the list of ordinals is the last song.
    place = len(songs) - 1 if places[0] == len(listened("ordinal")) - 1 else places[0]
    return songs[place] if place < len(songs) else None


def _shared(folded: str, song: Song) -> int:
    """Return how many characters of the title and the theme are in the text."""
    known = read(f"{song.title}\n{song.request.theme or ''}\n{song.request.title or ''}").folded
    words = {_stem(word) for word in _WORD.findall(known)} - set(listened("common")["words"])
    latin = sum(len(word) for word in words & {_stem(word) for word in _WORD.findall(folded)})
    shared = {c for c in HAN.findall(known) if c in folded} - set(listened("common")["characters"])
    return latin + len(shared)


def _stem(word: str) -> str:
    return word.rstrip("s") if len(word) > 3 else word
