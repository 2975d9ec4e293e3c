"""The last step: from the sum of the parts to the level everyone listens at."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class MasterGain:
    """How far a song was raised before the limiter, and lowered by a hair after it, in dB."""

    gain_db: float
    trim_db: float


def master(song: Audio, air_db: float = 0.0) -> Audio:
    """Return ``song`` [2, samples] at -14 LUFS with true peaks of -1.6 dBTP or less and no click at its ends.

    Silence stays silence. Serves any engine's audio, not only our own mix.
    """
    return mastered(song, air_db)[0]


def mastered(song: Audio, air_db: float = 0.0, kept: MasterGain | None = None) -> tuple[Audio, MasterGain]:
    """Return the song as ``master`` does, and the gain that brought it there.

    A gain ``kept`` from an earlier take is used again instead: then what did not change between the takes is the same
    to the sample, and the loudness follows the change.
    """
    mixed = song.copy()
    equalise(mixed, [high_pass(22.0), *([high_shelf(6000.0, 0.6, air_db)] if air_db else [])])
    ride(mixed, ends(mixed.shape[-1]))
    if kept is not None:
        ride(mixed, kept.gain_db + limiting(peaks(mixed) * _factor(kept.gain_db), CEILING_DBTP))
        mixed *= _factor(kept.trim_db)
        return mixed, kept
    loudness = integrated(k_power(mixed))
    if loudness <= SILENCE_LUFS:
        return mixed, MasterGain(0.0, 0.0)
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
    trim_db = min(0.0, CEILING_DBTP - true_peak_db(finished))
    finished *= _factor(trim_db)
    return finished, MasterGain(gain_db, trim_db)


def _factor(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 20))
