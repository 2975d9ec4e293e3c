"""Letter-to-sound rules: how a word that no dictionary knows is read.

The rule form is that of Elovitz et al. (1976), "Automatic translation of English text to phonetics by means of
letter-to-sound rules"; the rules themselves are in ``words/spelling.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generation.voices.phones import VOWELS


@dataclass(frozen=True, slots=True)
class _Rule:
    before: re.Pattern[str]
    letters: str
    after: re.Pattern[str]
    sound: str


@cache
def _rules() -> tuple[Mapping[str, tuple[_Rule, ...]], Mapping[str, int]]:
    data = tomllib.loads((Path(__file__).parent / "words" / "spelling.toml").read_text("utf-8"))
    by_letter: dict[str, list[_Rule]] = {}
    for before, letters, after, sound in data["rules"]:
        rule = _Rule(re.compile(f"(?:{before})$"), letters, re.compile(after), sound)
        by_letter.setdefault(letters[0], []).append(rule)
    return {letter: tuple(rules) for letter, rules in by_letter.items()}, data["stress"]


def _stressed(word: str, sounds: str) -> str:
    places = [at for at, sign in enumerate(sounds) if sign in VOWELS]
    if not places:
        return sounds
    full = [at for at in places if sounds[at] not in "əᵊᵻɐ"] or places
    place = full[0]
    for ending, back in _rules()[1].items():
        if word.endswith(ending) and len(places) > back:
            place = places[-1 - back]
    return sounds[:place] + "ˈ" + sounds[place:]


def spell_out(word: str) -> str:
    """Return the sounds of a lower-case word of letters a-z; a word without a vowel gets one (``psst``, ``gh``)."""
    by_letter, _ = _rules()
    sounds, at = "", 0
    while at < len(word):
        for rule in by_letter.get(word[at], ()):
            end = at + len(rule.letters)
            if word.startswith(rule.letters, at) and rule.before.search(word[:at]) and rule.after.match(word[end:]):
                sounds += rule.sound
                at = end
                break
        else:
            at += 1
    if word and not any(sign in VOWELS for sign in sounds):
        sounds = sounds[:1] + "ə" + sounds[1:]
    return _stressed(word, sounds)
