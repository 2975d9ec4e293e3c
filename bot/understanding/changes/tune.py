"""The melody: one note of it higher or lower, or another one altogether."""

from __future__ import annotations

from bot.understanding.changes.clause import Clause
from bot.understanding.changes.patterns import expressions, matches
from bot.understanding.changes.places import counted
from bot.understanding.changes.step import semitones
from bot.understanding.lexicon import LANGUAGES
from generation.changes import NewTune, Retune


def retuned(clause: Clause) -> list[Retune]:
    """Return the one note that shall be higher or lower ("last note higher", 第三个音低一点)."""
    for language in LANGUAGES:
        for pattern in expressions(language, "retune", "note"):
            m = pattern.search(clause.folded)
            rest = clause.folded[: m.start()] + " " + clause.folded[m.end() :] if m else ""
            if m and counted(m) and semitones(rest):
                return [Retune(counted(m), semitones(rest))]
    return []


def new_tune(clause: Clause, before: str) -> list[NewTune]:
    """Return the wish for another melody; ``before`` is the clause before ("I don't like the melody, try another")."""
    if clause.has("newtune"):
        return [NewTune()]
    complained = not clause.named and matches("newtune", "melody", before)
    melody = complained or clause.has("newtune", "melody")
    return [NewTune()] if melody and clause.has("newtune", "another") else []
