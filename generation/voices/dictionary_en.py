"""English words to sounds: the dictionary, its endings, compounds, and letter-to-sound rules for the rest.

The dictionary is misaki's ``us_gold.json`` and ``us_silver.json`` (Apache-2.0), read as data. How endings join a
stem follows English phonology as misaki applies it (voiceless + s, sibilant + ᵻz, t/d + ᵻd).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generation.errors import MissingPart
from generation.voices.phones import VOWELS
from generation.voices.spelling_en import spell_out

Entry = str | dict[str, str]


@cache
def english() -> Mapping[str, Any]:
    """Return ``words/english.toml``: sung forms, weak forms, numbers, onsets."""
    table: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words" / "english.toml").read_text("utf-8"))
    return table


@cache
def _dictionary() -> Mapping[str, Entry]:
    spec = find_spec("misaki")
    folder = Path(spec.origin).parent / "data" if spec and spec.origin else None
    try:
        if folder is None:
            raise FileNotFoundError("misaki")
        silver: dict[str, Entry] = json.loads((folder / "us_silver.json").read_text("utf-8"))
        gold: dict[str, Entry] = json.loads((folder / "us_gold.json").read_text("utf-8"))
    except OSError as missing:
        raise MissingPart(
            "The English pronouncing dictionary is missing: install the package misaki 0.9.4.",
            "缺少英语发音词典：请安装 misaki 0.9.4。",
        ) from missing
    return silver | gold


@cache
def _lower_case() -> Mapping[str, str]:
    """Names by their lower-case spelling, so that "paris" is found; a lower-case entry of its own comes first."""
    return {word.lower(): word for word in _dictionary() if not word.islower() and word[1:].islower()}


def _entry(word: str) -> Entry | None:
    words: Mapping[str, str] = english()["words"]
    found: Entry | None = words.get(word) or _dictionary().get(word)
    if found is None and word in _lower_case():
        found = _dictionary()[_lower_case()[word]]
    return found


def _reading(entry: Entry, role: str, last: bool) -> str:
    if isinstance(entry, str):
        return entry
    found = entry.get("None") if last else None
    return found or entry.get(role) or entry["DEFAULT"]


def _plural(stem: str) -> str:
    if stem[-1] in "ptkfθ":
        return stem + "s"
    return stem + ("ᵻz" if stem[-1] in "szʃʒʧʤ" else "z")


def _past(stem: str) -> str:
    if stem[-1] in "td":
        return stem + "ᵻd"
    return stem + ("t" if stem[-1] in "pkfθʃsʧ" else "d")


def _agent(stem: str) -> str:
    return stem + "əɹ"


_ENDINGS: dict[str, Callable[[str], str]] = {
    "'s": _plural,
    "s'": _plural,
    "s": _plural,
    "ed": _past,
    "ing": lambda stem: stem + "ɪŋ",
    "in'": lambda stem: stem + "ɪn",
    "er": _agent,
    "est": lambda stem: stem + "əst",
    "ly": lambda stem: stem + "li",
    "less": lambda stem: stem + "ləs",
    "ness": lambda stem: stem + "nəs",
    "ful": lambda stem: stem + "fəl",
    "'ll": lambda stem: stem + ("əl" if stem[-1] not in VOWELS else "l"),
    "'d": lambda stem: stem + ("ᵻd" if stem[-1] in "td" else "d"),
    "'ve": lambda stem: stem + ("əv" if stem[-1] not in VOWELS else "v"),
    "'re": lambda stem: stem + "əɹ",
    "y": lambda stem: stem + "i",
}


def _stems(word: str, ending: str) -> list[str]:
    """Spellings the stem may have: hop(p)-ing, hop(e)-ing, carr(i -> y)-ed."""
    stem = word[: -len(ending)]
    stems = [stem]
    if ending in ("ed", "ing", "in'", "er", "est", "y"):
        stems += [stem + "e"]
        if len(stem) > 2 and stem[-1] == stem[-2]:
            stems.insert(0, stem[:-1])
    if stem.endswith("i"):
        stems.append(stem[:-1] + "y")
    if ending == "s" and stem.endswith("e"):
        stems += ([stem[:-2] + "y"] if stem.endswith("ie") else []) + [stem[:-1]]
    return [candidate for candidate in stems if len(candidate) > 1]


def _with_ending(word: str) -> str | None:
    for ending, join in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            for stem in _stems(word, ending):
                entry = _entry(stem)
                if entry is not None:
                    return join(_reading(entry, "VERB" if ending in ("ed", "ing", "in'", "er") else "NOUN", False))
    return None


def _compound(word: str) -> str | None:
    """Two known words written as one, as even as can be: heart-song, moon-river."""
    for cut in sorted(range(3, len(word) - 2), key=lambda at: abs(at - len(word) / 2)):
        head, tail = _entry(word[:cut]), _entry(word[cut:]) or _with_ending(word[cut:])
        if head is not None and tail is not None:
            return _reading(head, "NOUN", False) + _reading(tail, "NOUN", False).replace("ˈ", "ˌ")
    return None


def listed(word: str) -> bool:
    """Whether the dictionary knows a word as it is written or by its ending."""
    return _entry(word.lower()) is not None or _with_ending(word.lower()) is not None


def _initials(word: str) -> str:
    """Letter names, the last one stressed: DJ, USA."""
    names = [str(_dictionary()[letter.upper()]) for letter in word]
    return "".join(names[:-1]).replace("ˈ", "ˌ") + names[-1]


@cache
def pronounce(word: str, role: str = "DEFAULT", last: bool = False) -> str:
    """Return the sounds of one English word; never empty for a word with a letter.

    ``role`` (``NOUN``, ``VERB``, ``DEFAULT``) picks between heteronyms (a live wire, to live), ``last`` the strong form
    at the end of a line. Capital abbreviations are spelled by letter names unless the dictionary knows them as a word.
    """
    lower = word.lower()
    abbreviation = word.isupper() and 1 < len(word) <= 5
    entry = english()["words"].get(lower) or _dictionary().get(word)
    if entry is None and not (abbreviation and not re.search("[AEIOUY]", word)):
        entry = _entry(lower)
    if entry is None and abbreviation and word.isascii():
        return _initials(word)
    if entry is None and len(word) == 1:
        return str(_dictionary().get(word.upper(), ""))
    if entry is not None:
        return _reading(entry, role, last)
    return _with_ending(lower) or _compound(lower) or spell_out(lower.replace("'", ""))
