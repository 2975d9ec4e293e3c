"""The song as a member reads it: its sections by name and number, its sung lines, its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.understanding.message import HAN, read
from generation.song import INSTRUMENT, Phrase, ScoreSection, Sheet

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NEAR = 80.0
"""Of 100: how alike (``rapidfuzz.fuzz.ratio``) a misspelt word must be to one that is sung."""


@dataclass(frozen=True, slots=True)
class Sung:
    """What can be named in one song."""

    sheet: Sheet

    @property
    def sections(self) -> tuple[ScoreSection, ...]:
        return self.sheet.score.sections

    @property
    def lines(self) -> tuple[Phrase, ...]:
        """The sung lines in order."""
        return self.lines_of(self.sections)

    def of_kind(self, kind: str) -> tuple[ScoreSection, ...]:
        return tuple(section for section in self.sections if section.kind == kind)

    def lines_of(self, sections: Sequence[ScoreSection]) -> tuple[Phrase, ...]:
        return tuple(
            phrase
            for section in sections
            for phrase in section.phrases
            if phrase.voice != INSTRUMENT and phrase.text.strip()
        )

    def find(self, asked: str, lines: Sequence[Phrase]) -> str:
        """Return ``asked`` as it stands in one of ``lines``, the nearest where it is misspelt, ``""`` if nowhere."""
        wanted = read(asked).folded
        if not wanted:
            return ""
        for line in lines:
            folded = read(line.text).folded
            place = _place(wanted, folded)
            if place >= 0 and len(folded) == len(line.text):
                return line.text[place : place + len(wanted)]
        if HAN.search(wanted) or len(wanted) < 4:
            return ""
        size = len(wanted.split())
        passages = {passage.lower(): passage for line in lines for passage in _passages(line.text, size)}
        near = process.extractOne(wanted, list(passages), scorer=fuzz.ratio, score_cutoff=_NEAR)
        return passages[near[0]] if near else ""

    def lines_with(self, word: str, lines: Sequence[Phrase]) -> tuple[Phrase, ...]:
        """Return those of ``lines`` in which ``word`` stands."""
        wanted = read(word).folded
        return tuple(line for line in lines if _place(wanted, read(line.text).folded) >= 0)


def _place(wanted: str, folded: str) -> int:
    """Whole words in English, any characters in Chinese."""
    if HAN.search(wanted):
        return folded.find(wanted)
    found = re.search(rf"(?<![^\W_]){re.escape(wanted)}(?![^\W_])", folded)
    return found.start() if found else -1


def _passages(text: str, size: int) -> list[str]:
    words = list(_WORD.finditer(text))
    return [text[a.start() : b.end()] for a, b in zip(words, words[size - 1 :], strict=False)]
