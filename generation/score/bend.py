"""A line over other chords: its rhythm stays, and its pitches give way only where they must."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from generation.score.harmonise import harmonise
from generation.score.melody import BEND, Path, Tonality, clashes, cleared, pitches, sounding
from generation.score.prosody import tone_pull
from generation.score.rhythm import strong
from generation.song import Chord, Note, Phrase

_PULL = 1.2
"""Cost of a semitone away from the old pitch: dear enough that only notes that must move do."""


def bend(
    phrase: Phrase,
    chords: Sequence[Chord],
    tonality: Tonality,
    window: tuple[int, int],
    leap: float,
    metre: tuple[float, bool, float],
) -> Phrase:
    """Return ``phrase`` over ``chords``, inside ``window`` (MIDI pitches), as near to its old pitches as can be.

    ``metre`` is (beats in a bar, compound, the beat of a bar line). A spoken line, and one that fits, stay as they are.
    """
    if phrase.spoken or not phrase.notes or _fits(phrase.notes, chords, tonality, window, metre):
        return _with_harmony(phrase, phrase.notes, chords, tonality, window)
    notes = phrase.notes
    starts = [note.onset for note in notes]
    lengths = [note.duration for note in notes]
    targets = [float(note.midi) for note in notes]
    intervals: list[float | None] = [None, *(float(b - a) for a, b in pairwise(targets))]
    ending = "closed" if notes[-1].midi % 12 == tonality.key.tonic else "free"
    path = Path(starts, lengths, targets, _PULL, intervals, *_tones(phrase, metre), ending)
    found = pitches(path, chords, window, tonality, leap, metre, np.zeros((len(notes), 128)))
    bent = tuple(
        replace(note, midi=pitch, duration=cleared(note.onset, note.duration, pitch, chords))
        for note, pitch in zip(notes, found, strict=True)
    )
    return _with_harmony(phrase, bent, chords, tonality, window)


def _with_harmony(
    phrase: Phrase, notes: tuple[Note, ...], chords: Sequence[Chord], tonality: Tonality, window: tuple[int, int]
) -> Phrase:
    if not phrase.harmony:
        return replace(phrase, notes=notes)
    return replace(phrase, notes=notes, harmony=harmonise(notes, chords, tonality, *window))


def _fits(
    notes: Sequence[Note],
    chords: Sequence[Chord],
    tonality: Tonality,
    window: tuple[int, int],
    metre: tuple[float, bool, float],
) -> bool:
    bar, compound, origin = metre
    for note in notes:
        heard = sounding(chords, note.onset, note.duration)
        firm = note.duration >= 1.0 or strong(note.onset - origin, bar, compound)
        if not window[0] <= note.midi <= window[1]:
            return False
        if firm and any(clashes(note.midi, chord) for chord in heard):
            return False
        if note.midi % 12 not in tonality.pitch_classes(heard[0]):
            return False
    return True


def _tones(phrase: Phrase, metre: tuple[float, bool, float]) -> tuple[list[float], list[float]]:
    """Return what the words' tones ask of each note, and how readily it gives way."""
    pulls, bends = [], []
    before = None
    for note in phrase.notes:
        syllable = phrase.syllables[note.syllable] if note.syllable is not None else None
        pulls.append(tone_pull(before, syllable))
        firm = note.duration >= 1.0 or strong(note.onset - metre[2], metre[0], metre[1])
        bends.append(BEND["skeleton" if firm else "ornament"])
        before = syllable or before
    return pulls, bends
