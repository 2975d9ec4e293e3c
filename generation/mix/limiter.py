"""A lookahead true-peak limiter.

The gain each moment needs is taken from the 4x oversampled peak, held over the lookahead, released slowly and then
averaged over the lookahead: an average of values that are all low enough is low enough, so nothing gets past it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from generation.mix.gain import BLOCK, DECIMALS, Curve, ride
from generation.mix.loudness import peaks
from generation.song import SAMPLE_RATE, Audio

REACH = 3
"""Control blocks of lookahead on either side: 4.4 ms."""
RELEASE_MS = 90.0


def limit(audio: Audio, ceiling_db: float) -> None:
    """Hold the true peak of ``audio`` [channels, samples] at ``ceiling_db`` dBTP or less, in place."""
    ride(audio, limiting(peaks(audio), ceiling_db))


def limiting(highest: NDArray[np.float64], ceiling_db: float) -> Curve:
    """Return the gain curve (0 dB or less) that holds true peaks, as ``loudness.peaks`` gives them, at the ceiling."""
    needed = np.minimum(1.0, 10 ** (ceiling_db / 20) / np.maximum(highest, 1e-9))
    held = minimum_filter1d(needed, 2 * (REACH + 1) + 1, mode="nearest").tolist()
    back = 1 - np.exp(-BLOCK / (SAMPLE_RATE * RELEASE_MS / 1000))
    gain, released = 1.0, []
    for most in held:
        gain = min(most, gain + (1 - gain) * back)
        released.append(gain)
    smooth = uniform_filter1d(np.array(released), 2 * REACH + 1, mode="nearest")
    curve: Curve = np.round(20 * np.log10(smooth), DECIMALS)
    return curve
