"""The sounds of the voice model's alphabet: one character each, with marks for stress and tone.

Symbols are Kokoro's (misaki's American English and Mandarin sets). A stress mark stands before its vowel.
"""

from __future__ import annotations

from dataclasses import dataclass

VOWELS = frozenset("AIOQWYaeiouyæɐɑɒɔəɚɛɜɤɨɪʊʌᵊᵻɯøœ")
DIPHTHONGS = frozenset("AIOQWY")
STRESS = {"ˈ": 2, "ˌ": 1}
MARKS = frozenset("ˈˌ→↗↓↘ʰː")
SONORANTS = frozenset("mnŋlɹjwɥɻ")
FRICATIVES = frozenset("fvθðszʃʒhxɕʂ")


@dataclass(frozen=True, slots=True)
class Phone:
    """One sound with the marks written around it."""

    symbol: str
    stress: int = 0

    @property
    def vowel(self) -> bool:
        return self.symbol in VOWELS


def read_phones(sounds: str) -> list[Phone]:
    """Read an English transcription; characters that are no sound here are passed over."""
    phones: list[Phone] = []
    stress = 0
    for sign in sounds:
        if sign in STRESS:
            stress = STRESS[sign]
        elif sign.isalpha():
            phone = Phone(sign, stress if sign in VOWELS else 0)
            stress = 0 if phone.vowel else stress
            phones.append(phone)
    return phones


def write_phones(phones: list[Phone]) -> str:
    """Write phones back, each stress mark before its vowel."""
    marks = {2: "ˈ", 1: "ˌ", 0: ""}
    return "".join(marks[phone.stress] + phone.symbol for phone in phones)
