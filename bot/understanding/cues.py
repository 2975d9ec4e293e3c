"""Tells what a short message wants by the kinds of words in it, in any order: a time past, a song, a search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bot.understanding.lexicon import LANGUAGES, Lexicon
from bot.understanding.message import Message
from bot.understanding.words import read_words

LONGEST_CUED = 100
"""In a longer message words of any kind meet by chance."""


def cued(folded: str) -> str | None:
    """Return the first intent one of whose sets of word kinds is all there, None where none is."""
    if len(folded) > LONGEST_CUED:
        return None
    for language in LANGUAGES:
        kinds = {kind for kind, lexicon in _kinds(language).items() if lexicon.find(Message(folded, folded))}
        if re.search("[?？]", folded):
            kinds.add("asking")
        for intent, sets in read_words(f"{language}/cues")["cues"].items():
            if any(kinds.issuperset(wanted) for wanted in sets):
                return str(intent)
    return None


@cache
def _kinds(language: str) -> Mapping[str, Lexicon]:
    words = read_words(f"{language}/cues")["words"]
    return {kind: Lexicon((phrase, kind, phrase) for phrase in phrases) for kind, phrases in words.items()}
