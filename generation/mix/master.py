"""The last step: from the sum of the parts to the level everyone listens at."""

from __future__ import annotations

import numpy as np

from generation.mix.eq import equalise, high_pass, high_shelf
from generation.mix.gain import ends, ride
from generation.mix.limiter import limiting
from generation.mix.loudness import SILENCE_LUFS, integrated, k_power, peaks, true_peak_db
from generation.song import Audio

TARGET_LUFS = -14.0
"""What the large streaming services play at."""
CEILING_DBTP = -1.6
"""Low enough that a lossy file, whose decoder overshoots, can stay below -1 dBTP."""
NEAR_LU = 0.05
PASSES = 8
LEAST_YIELD = 0.15


def master(song: Audio, air_db: float = 0.0) -> Audio:
    """Return ``song`` [2, samples] at -14 LUFS with true peaks of -1.6 dBTP or less and no click at its ends.

    Silence stays silence. Serves any engine's audio, not only our own mix.
    """
    mixed = song.copy()
    equalise(mixed, [high_pass(22.0), *([high_shelf(6000.0, 0.6, air_db)] if air_db else [])])
    ride(mixed, ends(mixed.shape[-1]))
    loudness = integrated(k_power(mixed))
    if loudness <= SILENCE_LUFS:
        return mixed
    gain_db = TARGET_LUFS - loudness
    before: tuple[float, float] | None = None
    highest = peaks(mixed)
    for _ in range(PASSES):
        finished = mixed.copy()
        ride(finished, gain_db + limiting(highest * _factor(gain_db), CEILING_DBTP))
        reached = integrated(k_power(finished))
        short = TARGET_LUFS - reached
        if abs(short) < NEAR_LU:
            break
        # The limiter takes back part of every decibel; the last two passes tell how much one still yields.
        slope = 1.0 if before is None else (reached - before[1]) / (gain_db - before[0])
        before = gain_db, reached
        gain_db += short / min(1.0, max(LEAST_YIELD, slope))
    # A gain that moves between two samples can lift a peak between them by a hair.
    over = true_peak_db(finished) - CEILING_DBTP
    if over > 0:
        finished *= _factor(-over)
    return finished


def _factor(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 20))
