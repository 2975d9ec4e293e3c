"""Listening to a hum: any audio file to notes as they were sung, or a kind refusal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generation.hum.notes import HummedNote, notes
from generation.hum.pitch import HOP_S, Contour, contour
from generation.hum.sentences import refusal
from generation.hum.sound import samples
from generation.song import Audio

LEAST_NOTES = 3
QUIETEST_DB = -55.0
"""Level of the loud parts below which a recording is as good as silent."""
LOUD, MOST_CLIPPED = 0.97, 0.3
"""A pure tone at full scale has 16% of its samples above this."""
STEADY, HELD_S = 0.8, 0.22
"""Semitones a sung note may wander, and how long some of a tune's notes last; spoken syllables are shorter."""
LEAST_STEADY, LEAST_CLEAR, LEAST_VOICED = 0.6, 0.75, 0.15


@dataclass(frozen=True, slots=True)
class Hummed:
    """What was hummed."""

    notes: tuple[HummedNote, ...]
    voiced: float
    """Part of the recording that is sung, 0 to 1."""


def hear(content: bytes) -> Hummed:
    """Return the notes of a recording (the bytes of an audio file) of one voice or instrument alone.

    Raises ``WishError`` where it is no audio file, longer than 60 s, larger than 20 MB, near silence, badly clipped, no
    melody (speech, noise, drums), or shorter than three notes.
    """
    return heard(samples(content))


def heard(sound: Audio) -> Hummed:
    """As ``hear``, for mono samples at 16 000 Hz."""
    pitch = contour(sound)
    loudest = float(np.percentile(pitch.level_db, 95)) if len(pitch.level_db) else -200.0
    if loudest < QUIETEST_DB:
        raise refusal("too-quiet")
    if float((np.abs(sound) > LOUD).mean()) > MOST_CLIPPED:
        raise refusal("too-loud")
    found = notes(pitch)
    voiced = float((~np.isnan(pitch.midi)).mean())
    if voiced < LEAST_VOICED or not _is_melody(found, pitch):
        raise refusal("no-melody")
    if len(found) < LEAST_NOTES:
        raise refusal("too-short", least=LEAST_NOTES)
    return Hummed(found, voiced)


def steadiness(found: tuple[HummedNote, ...], pitch: Contour) -> float:
    """Return the part of all sounding time that is held notes; speech stays under a half."""
    held = sum(note.duration_s for note in found if note.wander <= STEADY and note.duration_s >= HELD_S)
    sung = float((~np.isnan(pitch.midi)).sum()) * HOP_S
    return held / max(sung, 1e-9)


def _is_melody(found: tuple[HummedNote, ...], pitch: Contour) -> bool:
    clear = float(np.median(pitch.clarity[~np.isnan(pitch.midi)]))
    return clear >= LEAST_CLEAR and steadiness(found, pitch) >= LEAST_STEADY
