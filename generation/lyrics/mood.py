"""The mood of a song's words: which lines keep to it, and what mood a request's own words imply."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from generation.lyrics.lexicon import table

EXACT, NEAR, MIXED, FAR, OPPOSITE = 1.0, 0.2, 0.04, 0.01, 1e-6
"""How well words suit a song: of its very mood, of a neighbouring one, of neighbours and opposites alike, of any other,
of opposites only."""
_HARSH = frozenset({"angry", "dark", "tense"})
_GLOOMY = _HARSH | {"sad", "lonely"}
_NOTHING: frozenset[str] = frozenset()


@cache
def _akin(relation: str) -> Mapping[str, frozenset[str]]:
    return {mood: frozenset(others) for mood, others in table("moods")[relation].items()}


def mood_fit(moods: AbstractSet[str], wanted: Sequence[str]) -> float:
    """Return how well words of these moods suit a song of the wanted ones, 0 to 1; either may be empty."""
    if not wanted:
        # Nobody asked for a quarrel or a scare: "a lullaby for Mia" must not get one.
        if moods and 2 * len(moods & _HARSH) >= len(moods):
            return OPPOSITE
        return NEAR if moods and (moods <= _GLOOMY or 4 * len(moods & _HARSH) >= len(moods)) else EXACT
    if not moods or moods & set(wanted):
        return EXACT
    near, opposite = (any(_akin(r).get(mood, _NOTHING) & moods for mood in wanted) for r in ("near", "opposite"))
    return (MIXED if opposite else NEAR) if near else OPPOSITE if opposite else FAR


@cache
def _implying() -> Mapping[str, re.Pattern[str]]:
    rows = table("moods")["implied"]
    english = {mood: rf"\b(?:{'|'.join(words)})\b" for mood, words in rows["en"].items()}
    return {mood: re.compile(f"{english[mood]}|{'|'.join(rows['zh'][mood])}", re.IGNORECASE) for mood in english}


def implied_moods(text: str) -> tuple[str, ...]:
    """Return the mood that a theme has by nature: a funeral is sad though nobody says so. Empty for most themes."""
    return next(((mood,) for mood, words in _implying().items() if words.search(text)), ())
