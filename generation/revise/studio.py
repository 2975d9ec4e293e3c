"""Whom a change may ask, and the luck it may draw."""

from __future__ import annotations

from dataclasses import dataclass

from generation.lyrics.base import Lyricist
from generation.pipeline import Pronounces
from generation.score.marks import said_in
from generation.song import Sheet, Syllable
from generation.voices.pronunciation_said import respoken


@dataclass(frozen=True, slots=True)
class Studio:
    lyricist: Lyricist
    singer: Pronounces
    seed: int
    """For what is drawn anew."""

    def syllables(self, sheet: Sheet, phrase: str, text: str) -> tuple[Syllable, ...]:
        """Return the syllables of a text as the phrase of this id sings them."""
        plain = self.singer.syllabify(text, sheet.plan.language)
        return respoken(plain, said_in(sheet.marks, phrase))
