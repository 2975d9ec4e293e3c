"""The word lists the lyricist reads a request with: nouns by kind, places, adjectives, small grammar words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).parent / "words"


def table(name: str) -> dict[str, Any]:
    """Return one word list as it stands in its file."""
    return tomllib.loads((_WORDS / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """English -> Mandarin and back for nouns, places and adjectives, and the kind of every noun in both."""

    kind: Mapping[str, str]
    """Noun in either language -> person, animal, place, thing, event or feeling."""
    nouns: Mapping[str, str]
    nouns_back: Mapping[str, str]
    places: Mapping[str, str]
    """Keys keep their capitals."""
    places_back: Mapping[str, str]
    adjectives: Mapping[str, str]
    adjectives_back: Mapping[str, str]


def _both_ways(rows: Mapping[str, str | list[str]]) -> tuple[dict[str, str], dict[str, str]]:
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    for english, mandarin in rows.items():
        names = [mandarin] if isinstance(mandarin, str) else mandarin
        there[english] = names[0]
        for name in names:
            back.setdefault(name, english)
    return there, back


@cache
def lexicon() -> Lexicon:
    """Return the packaged lexicon, read once."""
    by_kind: dict[str, dict[str, str | list[str]]] = table("nouns")
    kind: dict[str, str] = {}
    rows: dict[str, str | list[str]] = {}
    for name, named in by_kind.items():
        for side in _both_ways(named):
            for noun in side:
                kind.setdefault(noun, name)
        rows |= named
    return Lexicon(kind, *_both_ways(rows), *_both_ways(table("places")), *_both_ways(table("adjectives")))


@cache
def grammar() -> Mapping[str, Any]:
    """Return the small words of a request (``words/grammar.toml``)."""
    return table("grammar")


@cache
def given_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return (given names, names that are places too), lower case."""
    data = table("names")
    return frozenset(data["english"].split()) | frozenset(data["pets"].split()), frozenset(data["both"])
