"""Where the beats of a tune lie: its tempo, its first bar line, and each onset on a grid of sixteenths.

The cheapest reading, over all tempi at once (dynamic programming after M. Hamanaka, H. Goto et al. and C. Raphael,
"Automated rhythm transcription", ISMIR 2001): a reading costs what its onsets are off the grid, and more for the
notes that begin between beats, for odd lengths, and for tempi far from walking pace. The grid follows a singer
who hurries or waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from generation.hum.pitch import Floats

UNITS = 4
"""Sixteenths in a beat (a quarter note)."""
SLOWEST, FASTEST = 70.0, 150.0
COMMON_BPM, SPREAD = 100.0, 0.22
"""Tempo and its spread in octaves."""
PRIOR_NOTES = 6
NEAR_ASKED = 0.12
STEPS_AN_OCTAVE = 70
OFF_S = 0.035
WORST = 9.0
FOLLOWS = 0.45
"""How much of an onset's lateness the grid takes over."""
HURRIES = 0.2
"""Beyond this part of a note's length it was cut or waited for and says nothing of the tempo, as does a long pause."""
MOST_UNITS = 32
LENGTHS = {
    1: 0.5,
    2: 0.1,
    3: 0.45,
    4: 0.0,
    6: 0.45,
    8: 0.4,
    10: 1.2,
    12: 0.6,
    14: 1.2,
    16: 0.7,
    20: 1.2,
    24: 1.2,
    32: 1.2,
}
ODD_LENGTH = 2.2
BAR_LINE, MIDDLE, BEAT, EIGHTH, SIXTEENTH = 0.0, 0.3, 0.6, 0.9, 1.3
LONG_OFF_BEAT = 1.2
PICKUP = 2.5
ACCENT = (0.6, 2.0)
"""A long note weighs more, a short one less, beside the mean."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``units``: the onset of each note in sixteenths from a bar line at or before the first."""

    tempo_bpm: float
    units: tuple[int, ...]


def read(
    onsets_s: Sequence[float], last_s: float, asked_bpm: float | None, beats_per_bar: float, compound: bool
) -> Reading:
    """Return the cheapest reading of at least two onsets, the last of which sounds ``last_s``.

    ``asked_bpm`` is the tempo they are likely near.
    """
    tempi, prior = _tempi(asked_bpm, max(1.0, len(onsets_s) / PRIOR_NOTES))
    bar = round(beats_per_bar * UNITS)
    unit = 60.0 / tempi / UNITS
    places = _places(bar, compound)
    steps = range(1, MOST_UNITS + 1)
    start = np.where(np.arange(bar) == 0, 0.0, PICKUP + 0.5 * (np.arange(bar) < bar / 2))
    lengths_s = np.diff([*onsets_s, onsets_s[-1] + last_s])
    accents = np.clip(lengths_s / lengths_s.mean(), *ACCENT)
    total = prior[:, None] + (places * accents[0] + start)[None]
    here = np.full((len(tempi), bar), onsets_s[0])
    came = np.zeros((len(onsets_s), len(tempi), bar), np.int8)
    for index, onset in enumerate(onsets_s[1:], 1):
        best, new = np.full_like(total, np.inf), np.zeros_like(here)
        for step in steps:
            due = here + step * unit[:, None]
            late = onset - due
            off = np.square(late / OFF_S) / 2
            cost = total + np.minimum(off, WORST) + LENGTHS.get(step, ODD_LENGTH)
            cost = np.roll(cost + LONG_OFF_BEAT * _over_a_beat(bar, step, compound), step, axis=1)
            found = cost < best
            best = np.where(found, cost, best)
            # After a long breath the grid begins again where the singer does.
            follows = np.where(off > WORST, 1.0, FOLLOWS)
            new = np.where(found, np.roll(due + follows * late, step, axis=1), new)
            came[index][found] = step
        total, here = best + places * accents[index], new
    tempo, place = np.unravel_index(int(total.argmin()), total.shape)
    lengths: list[int] = []
    at = int(place)
    for index in range(len(onsets_s) - 1, 0, -1):
        step = int(came[index, tempo, at])
        lengths.append(step)
        at = (at - step) % bar
    units = np.cumsum([at, *reversed(lengths)])
    lasted, written = np.diff(onsets_s), np.diff(units)
    steady = (np.abs(lasted / written / unit[tempo] - 1) < HURRIES) & (written <= 2 * UNITS)
    found_unit = lasted[steady].sum() / written[steady].sum() if steady.any() else unit[tempo]
    return Reading(60.0 / (float(found_unit) * UNITS), tuple(int(value) for value in units))


def _tempi(asked_bpm: float | None, weight: float) -> tuple[Floats, Floats]:
    """Return the tempi tried and what each costs before a note is read."""
    low, high = (SLOWEST, FASTEST) if asked_bpm is None else (asked_bpm / 1.5, asked_bpm * 1.5)
    centre, spread = (COMMON_BPM, SPREAD) if asked_bpm is None else (asked_bpm, NEAR_ASKED)
    count = round(np.log2(high / low) * STEPS_AN_OCTAVE) + 1
    tempi = np.geomspace(low, high, count)
    return tempi, np.square(np.log2(tempi / centre) / spread) / 2 * weight


def _places(bar: int, compound: bool) -> Floats:
    """Return what it costs to begin a note at each sixteenth of a bar."""
    pulse = 6 if compound else UNITS
    kinds = [
        BAR_LINE
        if unit == 0
        else MIDDLE
        if unit * 2 == bar and unit % pulse == 0
        else BEAT
        if unit % pulse == 0
        else EIGHTH * (0.6 if compound else 1.0)
        if unit % 2 == 0
        else SIXTEENTH
        for unit in range(bar)
    ]
    return np.array(kinds)


def _over_a_beat(bar: int, step: int, compound: bool) -> Floats:
    """Return 1 for the places whose notes begin between beats and are held over one."""
    pulse = 6 if compound else UNITS
    into = np.arange(bar) % pulse
    return np.asarray((into > 0) & (into + step > pulse), np.float64)
