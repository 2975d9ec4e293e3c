"""The melody instrument: the phrases the composer wrote for it, shaped as a player would."""

from __future__ import annotations

from generation.band.accents import velocity
from generation.band.parts import PlayedNote
from generation.band.passage import Passage
from generation.band.patterns import STEP, steps
from generation.song import INSTRUMENT


def has_melody(passage: Passage) -> bool:
    return any(phrase.voice == INSTRUMENT and phrase.notes for phrase in passage.section.phrases)


def melody(passage: Passage, low: int, high: int) -> list[PlayedNote]:
    """Return the section's instrumental phrases, moved by octaves into ``low`` to ``high``.

    A phrase grows towards its highest note and its notes are nearly joined.
    """
    notes: list[PlayedNote] = []
    for phrase in passage.section.phrases:
        if phrase.voice != INSTRUMENT or not phrase.notes:
            continue
        pitches = [note.midi for note in phrase.notes]
        shift = _octaves(min(pitches), max(pitches), low, high)
        for index, note in enumerate(phrase.notes):
            step = round((note.onset - passage.section.onset) / STEP) % steps(passage.beats_per_bar)
            after = phrase.notes[index + 1].onset if index + 1 < len(phrase.notes) else None
            length = note.duration if after is None else min(note.duration, after - note.onset)
            strength = velocity("X" if note.midi == max(pitches) else "x", step, max(passage.heat, 0.35), 116)
            notes.append(PlayedNote(note.onset, length * 0.97, _fit(note.midi + shift, low, high), strength))
    if passage.ring_until is not None and notes and notes[-1].onset >= passage.last_bar - 1e-6:
        last = notes.pop()
        notes.append(PlayedNote(last.onset, passage.ring_until - last.onset, last.midi, last.velocity))
    return notes


def _octaves(lowest: int, highest: int, low: int, high: int) -> int:
    """Return the smallest move by octaves that brings a phrase into range, 0 where none does."""
    moves = sorted(range(-36, 48, 12), key=abs)
    return next((move for move in moves if lowest + move >= low and highest + move <= high), 0)


def _fit(midi: int, low: int, high: int) -> int:
    while midi < low:
        midi += 12
    while midi > high:
        midi -= 12
    return midi
