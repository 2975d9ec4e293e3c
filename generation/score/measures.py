"""What can be counted in a melody: steps, rhythmic reuse, likeness between songs, rubs with the chords.

Used by the tests that hold the composer to its figures. A melody is a list of phrases (tuples of notes); n-grams and
runs are of (interval in semitones, duration in beats) and never cross from one phrase into the next, so a
transposed or shifted copy counts as a copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from generation.score.melody import clashes, sounding
from generation.score.prosody import tone_pull
from generation.score.rhythm import strong
from generation.song import INSTRUMENT, Chord, Note, Phrase, Score

Melody = Sequence[tuple[Note, ...]]
Gram = tuple[tuple[int, float], ...]


def sung(score: Score) -> list[Phrase]:
    """Return the phrases that a singer sings, in order."""
    return [phrase for section in score.sections for phrase in section.phrases if phrase.voice != INSTRUMENT]


def written(score: Score) -> list[tuple[Note, ...]]:
    """Return the melody as written down: a section that returns with the same words is there once."""
    found: dict[tuple[str, str], tuple[Note, ...]] = {}
    for section in score.sections:
        for phrase in section.phrases:
            if phrase.voice != INSTRUMENT:
                found.setdefault((section.kind, phrase.text), phrase.notes)
    return list(found.values())


def grams(melody: Melody, length: int = 4) -> Counter[Gram]:
    """Count the runs of ``length`` (interval, duration) pairs."""
    counted: Counter[Gram] = Counter()
    for notes in melody:
        moves = _moves(notes)
        counted.update(tuple(moves[i : i + length]) for i in range(len(moves) - length + 1))
    return counted


def reuse(melody: Melody, length: int = 4) -> float:
    """Share of n-grams that have been heard before in the song: 0 never repeats, towards 1 repeats always."""
    counted = grams(melody, length)
    total = sum(counted.values())
    return 1 - len(counted) / total if total else 0.0


def likeness(one: Melody, other: Melody, length: int = 4) -> float:
    """Jaccard index of the two melodies' n-grams."""
    first, second = set(grams(one, length)), set(grams(other, length))
    union = first | second
    return len(first & second) / len(union) if union else 0.0


def shared_run(one: Melody, other: Melody) -> int:
    """Notes in the longest run that both melodies have."""
    best = 0
    for left in one:
        for right in other:
            a, b = _moves(left), _moves(right)
            row = [0] * (len(b) + 1)
            for move in a:
                fresh = [0] * (len(b) + 1)
                for place, other_move in enumerate(b):
                    if move == other_move:
                        fresh[place + 1] = row[place] + 1
                        best = max(best, fresh[place + 1])
                row = fresh
    return best + 1 if best else 0


def intervals(melody: Melody) -> list[int]:
    """Return every interval inside a phrase, in semitones."""
    return [b.midi - a.midi for notes in melody for a, b in pairwise(notes)]


def step_share(melody: Melody) -> float:
    """Share of intervals of two semitones or less."""
    moves = intervals(melody)
    return sum(abs(move) <= 2 for move in moves) / max(1, len(moves))


def rubs(score: Score) -> list[tuple[str, Note]]:
    """Return the sung or played notes that are strong or at least a beat long and a semitone from a sounding chord."""
    chords = _chords(score)
    heard = [(phrase, note) for section in score.sections for phrase in section.phrases if not phrase.spoken
             for note in (*phrase.notes, *phrase.harmony)]  # fmt: skip
    return [
        (phrase.id, note)
        for phrase, note in heard
        if _firm(note, score)
        and any(clashes(note.midi, chord) for chord in sounding(chords, note.onset, note.duration))
    ]


def chord_tone_share(score: Score) -> float:
    """Share of sung notes on strong beats that belong to the chord."""
    chords = _chords(score)
    firm = [
        note.midi % 12 in sounding(chords, note.onset, 0.01)[0].pitches
        for phrase in sung(score)
        if not phrase.spoken
        for note in phrase.notes
        if strong(note.onset, score.beats_per_bar, score.time_signature == "6/8")
    ]
    return sum(firm) / max(1, len(firm))


def tone_agreement(phrases: Sequence[Phrase]) -> float:
    """Share of Mandarin syllable pairs with a clear tonal direction whose tune moves that way.

    Repeated notes are left out; a tune that ignores the tones scores about one half.
    """
    agreed = total = 0
    for phrase in phrases:
        at = {note.syllable: note.midi for note in phrase.notes if note.syllable is not None}
        for index in range(1, len(phrase.syllables)):
            pull = tone_pull(phrase.syllables[index - 1], phrase.syllables[index])
            move = at[index] - at[index - 1]
            if pull and move:
                total += 1
                agreed += (move > 0) == (pull > 0)
    return agreed / total if total else 0.5


def _chords(score: Score) -> list[Chord]:
    return [chord for section in score.sections for chord in section.chords]


def _firm(note: Note, score: Score) -> bool:
    return note.duration >= 1.0 or strong(note.onset, score.beats_per_bar, score.time_signature == "6/8")


def _moves(notes: tuple[Note, ...]) -> list[tuple[int, float]]:
    return [(b.midi - a.midi, round(a.duration, 3)) for a, b in pairwise(notes)]
