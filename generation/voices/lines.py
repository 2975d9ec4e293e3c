"""A line of a song: which notes carry which syllable, what makes two lines the same, and its sound."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from generation.song import Audio, Note, Phrase, Score, Syllable
from generation.voices.timing import Held


def notes_by_syllable(notes: Sequence[Note], syllables: int) -> list[tuple[int, tuple[Note, ...]]]:
    """Return (syllable, its notes) in singing order: a note without a syllable holds the one before it.

    Notes before the first syllable, for a syllable the line does not have, or of no length are left out.
    """
    groups: list[tuple[int, list[Note]]] = []
    for note in sorted(notes, key=lambda one: one.onset):
        if note.duration <= 0:
            continue
        if note.syllable is None:
            if groups:
                groups[-1][1].append(note)
        elif 0 <= note.syllable < syllables:
            groups.append((note.syllable, [note]))
    return [(index, tuple(held)) for index, held in groups]


@dataclass(frozen=True, slots=True)
class Line:
    """What a phrase sounds like, whatever its place in the song: two phrases with equal lines are sung once.

    Times are seconds from the first note, to the millisecond.
    """

    voice: str
    syllables: tuple[Syllable, ...]
    held: tuple[Held, ...]
    harmony: tuple[Held, ...]
    spoken: bool
    doubled: bool

    def name(self) -> str:
        """A name for the line's own randomness, made of its content."""
        return hashlib.sha256(repr((self.voice, self.syllables, self.held, self.spoken)).encode()).hexdigest()


def _held(notes: Sequence[Note], syllables: int, score: Score, zero: float) -> list[tuple[int, Held]]:
    def place(beat: float) -> float:
        return round(score.seconds(beat) - zero, 3)

    out: list[tuple[int, Held]] = []
    for index, group in notes_by_syllable(notes, syllables):
        turns = tuple((place(note.onset), note.midi) for note in group)
        out.append((index, Held(turns[0][0], place(group[-1].onset + group[-1].duration), turns)))
    return out


def line_of(phrase: Phrase, score: Score, chorus: bool) -> tuple[float, Line, tuple[int, ...]] | None:
    """Return when a phrase begins (seconds), its line, and which of its syllables are sung; None if none is."""
    sung = notes_by_syllable(phrase.notes, len(phrase.syllables))
    if not sung:
        return None
    zero = score.seconds(sung[0][1][0].onset)
    lead = _held(phrase.notes, len(phrase.syllables), score, zero)
    indices = tuple(index for index, _ in lead)
    second = dict(_held(phrase.harmony, len(phrase.syllables), score, zero))
    harmony = tuple(second[index] for index in indices) if set(indices) <= set(second) else ()
    line = Line(
        voice=phrase.voice,
        syllables=tuple(phrase.syllables[index] for index in indices),
        held=tuple(held for _, held in lead),
        harmony=harmony,
        spoken=phrase.spoken,
        doubled=chorus and not phrase.spoken,
    )
    return zero, line, indices


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Sung audio, and where it begins: seconds relative to the line's first note (below zero: consonants first)."""

    start: float
    audio: Audio
