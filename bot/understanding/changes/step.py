"""How far up or down: "down a tone", 升半音, "a bit higher", "two semitones up"."""

from __future__ import annotations

from typing import Literal

from bot.understanding.changes.patterns import expressions, matches
from bot.understanding.lexicon import LANGUAGES
from bot.understanding.numerals import number
from bot.understanding.words import read_words

Degree = Literal[0, 1, 2]


def degree(folded: str) -> Degree:
    """Return 0 for a bit, 2 for much, 1 for what is said plainly."""
    if matches("degree", "bit", folded):
        return 0
    return 2 if matches("degree", "much", folded) else 1


def plain_step(table: str, folded: str) -> float:
    """Return how far a word without a figure goes, from ``words/changes.toml``."""
    return float(read_words("changes")["step"][table][degree(folded)])


def direction(folded: str) -> int:
    """Return 1 for up, -1 for down, by the word that comes first; 0 for neither."""
    first: list[tuple[int, int]] = []
    for language in LANGUAGES:
        for sign, key in ((1, "up"), (-1, "down")):
            for pattern in expressions(language, "step", key):
                m = pattern.search(folded)
                first += [(m.start(), sign)] if m else []
    return min(first)[1] if first else 0


def amount(folded: str) -> int:
    """Return the semitones that are stated ("a tone", 三个半音), 0 where none are."""
    found: list[tuple[bool, float]] = []
    for language in LANGUAGES:
        sizes = read_words(f"{language}/changes")["step"]["semitones"]
        for pattern in expressions(language, "step", "amount"):
            for m in pattern.finditer(folded):
                size = next(size for unit, size in sizes.items() if m["unit"].startswith(unit))
                found.append((m["count"] is not None, _count(m["count"]) * size))
    # "Raise it a step, by three semitones": a counted one says it more exactly.
    return max(1, round(max(found)[1])) if found else 0


def semitones(folded: str) -> int:
    """Return the semitones meant, negative for down; 0 where no direction is named."""
    return direction(folded) * (amount(folded) or int(plain_step("semitones", folded)))


def _count(written: str | None) -> float:
    if not written:
        return 1
    return 2 if "couple" in written or written == "几" else number(written)
