"""A lookahead true-peak limiter.

The gain each moment needs is taken from the 4x oversampled peak, held over the lookahead, released slowly and then
averaged over the lookahead: an average of values that are all low enough is low enough, so nothing gets past it.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from generation.mix.gain import BLOCK, Curve, ride
from generation.mix.loudness import peaks
from generation.song import SAMPLE_RATE, Audio

REACH = 3
"""Control blocks of lookahead on either side: 4.4 ms."""
RELEASE_MS = 90.0


def limit(audio: Audio, ceiling_db: float) -> None:
    """Hold the true peak of ``audio`` [channels, samples] at ``ceiling_db`` dBTP or less, in place."""
    ride(audio, limiting(peaks(audio), ceiling_db))


def limiting(highest: Audio, ceiling_db: float) -> Curve:
    """Return the gain curve (0 dB or less) that holds true peaks, as ``loudness.peaks`` gives them, at the ceiling."""
    ceiling = 10 ** (ceiling_db / 20)
    padded = np.pad(highest, (0, -highest.size % BLOCK))
    needed = np.minimum(1.0, ceiling / np.maximum(padded.reshape(-1, BLOCK).max(axis=1), 1e-9)).astype(np.float64)
    held = minimum_filter1d(needed, 2 * (REACH + 1) + 1, mode="nearest").tolist()
    back = 1 - np.exp(-BLOCK / (SAMPLE_RATE * RELEASE_MS / 1000))
    gain, released = 1.0, []
    for most in held:
        gain = min(most, gain + (1 - gain) * back)
        released.append(gain)
    smooth = uniform_filter1d(np.array(released), 2 * REACH + 1, mode="nearest")
    curve: Curve = 20 * np.log10(smooth)
    return curve
