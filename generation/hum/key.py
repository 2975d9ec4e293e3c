"""Which key a tune is in, and which of its notes each hummed pitch means.

People hum a little flat or sharp of any piano, and drift. Tuning, drift and key are therefore found together: the
choice under which the pitches sung are likeliest. How likely each degree is: the profiles of D. Temperley, "Music and
Probability" (MIT Press, 2007), table 6.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from generation.hum.notes import HummedNote
from generation.score.keys import PLAIN, Key, parse_key

PROFILES = {
    "major": (0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400),
    "minor": (0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330),
}
ENHARMONIC = {"C# major": "Db major", "Ab minor": "G# minor", "Eb minor": "D# minor", "Bb minor": "Bb minor"}
OUT_OF_TUNE = 0.35
"""Spread of sung pitches around those meant, in semitones. A note outside the key stays when it is within about 0.2."""
TUNINGS = np.linspace(-0.5, 0.5, 20, endpoint=False)
DRIFTS = (-0.03, -0.015, 0.0, 0.015, 0.03)
"""Semitones a second."""
UNLIKELY_DRIFT = 2.0
ENDS_ON_TONIC, BEGINS_ON_TONIC = 2.0, 0.5
ASKED_FOR = 2.0
LONGEST_S = 1.0
"""A note held longer counts no more."""


def in_key(sung: Sequence[HummedNote], asked: Key | None) -> tuple[Key, tuple[int, ...]]:
    """Return the key of a tune and the MIDI pitch meant by each note.

    With a key ``asked`` for, the tune is moved there by less than an octave, so that it stays the same tune.
    """
    pitches = np.array([note.midi for note in sung])
    times = np.array([note.onset_s for note in sung])
    weights = np.minimum([note.duration_s for note in sung], LONGEST_S)
    weights = weights / weights.mean()
    keys = [(tonic, mode) for tonic in range(12) for mode in PROFILES if asked is None or mode == asked.mode]
    best: tuple[float, tuple[int, str], tuple[int, ...]] | None = None
    for tuning, drift in product(TUNINGS, DRIFTS):
        straight = pitches - tuning - drift * (times - times.mean())
        near = np.floor(straight)[:, None] + np.array([0, 1])
        off = np.square(straight[:, None] - near) / (2 * OUT_OF_TUNE**2)
        beside = UNLIKELY_DRIFT * abs(drift) / DRIFTS[-1] + tuning**2
        for tonic, mode in keys:
            cost = off - np.log(np.array(PROFILES[mode]))[(near.astype(int) - tonic) % 12]
            total = float((cost.min(axis=1) * weights).sum()) + beside
            meant = near[np.arange(len(near)), cost.argmin(axis=1)].astype(int)
            total -= ENDS_ON_TONIC * (meant[-1] % 12 == tonic) + BEGINS_ON_TONIC * (meant[0] % 12 == tonic)
            total -= ASKED_FOR * (asked is not None and tonic == asked.tonic)
            if best is None or total < best[0]:
                best = total, (tonic, mode), tuple(int(pitch) for pitch in meant)
    assert best is not None
    _, (tonic, mode), meant_by = best
    if asked is None:
        name = f"{PLAIN[tonic]} {mode}"
        return parse_key(ENHARMONIC.get(name, name)), meant_by
    shift = (asked.tonic - tonic + 5) % 12 - 5
    return asked, tuple(pitch + shift for pitch in meant_by)
