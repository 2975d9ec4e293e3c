"""Mood, energy and genre, of the song or of one section."""

from __future__ import annotations

from collections.abc import Iterator

from bot.understanding.changes.clause import Clause
from bot.understanding.changes.patterns import expressions
from bot.understanding.changes.remarks import UnclearTarget, unclear
from bot.understanding.changes.slots import read_slots, spotted, wanted
from bot.understanding.lexicon import LANGUAGES
from bot.understanding.words import read_words
from generation.changes import Feel


def felt(clause: Clause) -> list[Feel]:
    """Return another mood, energy or genre. Raises ``UnclearTarget``."""
    mood = tuple(dict.fromkeys(moods(clause)))
    genre = next((str(hit.value) for hit in wanted(clause.message) if hit.slot == "genre"), "")
    push = clause.has("feel", "stronger") - clause.has("feel", "weaker")
    if not (mood or genre or push):
        return []
    if push and _names_a_part(clause):
        raise UnclearTarget(unclear("loudness"))
    section = clause.section()
    words = read_words("changes")
    energy = push * words["step"]["energy"]
    if section and mood:
        # The mood of a whole song brings its energy along; a single section is told.
        energy += sum(words["energy"].get(one, 0.0) for one in mood)
    return [Feel(mood, genre, section, round(energy, 3))]


def _names_a_part(clause: Clause) -> bool:
    heard = {"instruments", "vocals", "unnamed"}
    return any(hit.slot in heard for hit in spotted(clause.message)) or clause.has("feel", "parts")


def moods(clause: Clause) -> Iterator[str]:
    """Yield the moods asked for; "less sad" asks for the opposite."""
    folded = clause.folded
    opposite = read_words("changes")["opposite"]
    taken = [
        m.span()
        for language in LANGUAGES
        for key in ("stronger", "weaker")
        for one in expressions(language, "feel", key)
        for m in one.finditer(folded)
    ]
    for start, end, mood in sorted([*_compared(folded), *_plain(clause)]):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        yield opposite.get(mood, mood) if _is_less(folded[max(0, start - 12) : start]) else mood


def _compared(folded: str) -> Iterator[tuple[int, int, str]]:
    for language in LANGUAGES:
        for mood, phrases in read_words(f"{language}/changes")["feel"]["mood"].items():
            for phrase in phrases:
                at = folded.find(phrase)
                if at >= 0 and not (language == "en" and folded[at + len(phrase) : at + len(phrase) + 1].isalpha()):
                    yield at, at + len(phrase), mood


def _plain(clause: Clause) -> Iterator[tuple[int, int, str]]:
    refused = read_slots(clause.message).unwanted
    for hit in spotted(clause.message):
        if hit.slot == "mood" and (_is_less(clause.folded[max(0, hit.start - 12) : hit.start]) or hit not in refused):
            yield hit.start, hit.end, str(hit.value)


def _is_less(before: str) -> bool:
    return any(one.search(before) for language in LANGUAGES for one in expressions(language, "feel", "less"))
