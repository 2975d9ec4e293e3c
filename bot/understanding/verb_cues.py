"""Tells a verb by the kinds of words in a short message, in any order: erasing, and what is mine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.understanding.cues import LONGEST_CUED
from bot.understanding.lexicon import LANGUAGES, Lexicon
from bot.understanding.message import Message
from bot.understanding.words import read_words


def verbs_cued(folded: str) -> list[str]:
    """Return the verbs one of whose sets of word kinds is all there, in the order of ``words/*/verb_cues.toml``."""
    if len(folded) > LONGEST_CUED:
        return []
    found: list[str] = []
    for language in LANGUAGES:
        kinds = {kind for kind, lexicon in _kinds(language).items() if lexicon.find(Message(folded, folded))}
        for verb, sets in read_words(f"{language}/verb_cues")["cues"].items():
            if any(all((kind.strip("!") in kinds) != kind.startswith("!") for kind in wanted) for wanted in sets):
                found.append(verb)
    return found


@cache
def _kinds(language: str) -> Mapping[str, Lexicon]:
    words = read_words(f"{language}/verb_cues")["words"]
    return {kind: Lexicon((phrase, kind, kind) for phrase in phrases) for kind, phrases in words.items()}
