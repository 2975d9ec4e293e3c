"""Loudness and true peak: ITU-R BS.1770-4.

Loudness is kept as a curve of K-weighted power, one figure every 100 ms. Curves of separate stems can be scaled
and added like faders, so a whole balance is struck on these small arrays before any audio is touched.
"""

from __future__ import annotations

from math import log10

import numpy as np
from numpy.typing import NDArray
from scipy.signal import firwin, sosfilt, upfirdn

from generation.mix.eq import CHUNK, Biquad, high_pass, high_shelf
from generation.mix.gain import BLOCK, blocks
from generation.song import SAMPLE_RATE, Audio

Powers = NDArray[np.float64]
"""K-weighted mean square of each 100 ms, channels added up."""

STEP_S = 0.1
SILENCE_LUFS = -120.0
"""What this module calls silence: finite, so that faders stay arithmetic."""
OVERSAMPLING = 4
TAPS_PER_PHASE = 24


def k_weighting(sample_rate: int = SAMPLE_RATE) -> tuple[Biquad, Biquad]:
    """Return the two filters that hear as loudness does: a shelf for the head, a high-pass for deaf low frequencies.

    With these values, which are pyloudnorm's, they follow the standard's table of coefficients within 0.05 dB.
    """
    return high_shelf(1500.0, 0.7071, 4.0, sample_rate), high_pass(38.0, 0.5, sample_rate)


def k_power(audio: Audio, sample_rate: int = SAMPLE_RATE) -> Powers:
    """Return the K-weighted power of ``audio`` [channels, samples], one figure every 100 ms."""
    weighting = np.array(k_weighting(sample_rate))
    step = round(STEP_S * sample_rate)
    steps = audio.shape[-1] // step
    powers: Powers = np.zeros(steps)
    stride = max(1, CHUNK // step)
    for channel in audio:
        state: NDArray[np.float64] = np.zeros((2, 2))
        for first in range(0, steps, stride):
            last = min(steps, first + stride)
            heard, state = sosfilt(weighting, channel[first * step : last * step].astype(np.float64), zi=state)
            powers[first:last] += np.square(heard).reshape(last - first, step).mean(axis=1)
    return powers


def lufs(power: float) -> float:
    """Return the loudness of one K-weighted power, ungated."""
    return max(SILENCE_LUFS, -0.691 + 10 * log10(power)) if power > 0 else SILENCE_LUFS


def integrated(powers: Powers) -> float:
    """Return the gated loudness in LUFS: 400 ms blocks, 75 % overlap, gates at -70 LUFS and 10 LU below the mean."""
    blocks = np.convolve(powers, np.full(4, 0.25), "valid") if powers.size >= 4 else powers
    loud = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    if not loud.size:
        return SILENCE_LUFS
    return lufs(float(loud[loud > loud.mean() / 10].mean()))


def peaks(audio: Audio) -> NDArray[np.float64]:
    """Return the true peak of each control block, the highest of the channels [blocks]: 4x oversampled, linear."""
    taps = OVERSAMPLING * TAPS_PER_PHASE + 1
    kernel = (firwin(taps, 1 / OVERSAMPLING, window=("kaiser", 6.0)) * OVERSAMPLING).astype(np.float32)
    margin = TAPS_PER_PHASE // 2
    count = audio.shape[-1]
    highest = np.zeros(blocks(count))
    for channel in audio:
        for start in range(0, count, CHUNK):
            stop = min(count, start + CHUNK)
            before, after = min(margin, start), min(margin, count - stop)
            fine = upfirdn(kernel, channel[start - before : stop + after], OVERSAMPLING)
            first = OVERSAMPLING * (margin + before)
            fine = np.abs(fine[first : first + OVERSAMPLING * (stop - start)])
            peak = np.abs(channel[start:stop])
            for shift in range(OVERSAMPLING):
                np.maximum(peak, fine[shift::OVERSAMPLING], out=peak)
            part = highest[start // BLOCK : start // BLOCK + blocks(peak.size)]
            np.maximum(part, np.pad(peak, (0, -peak.size % BLOCK)).reshape(-1, BLOCK).max(axis=1), out=part)
    return highest


def true_peak_db(audio: Audio) -> float:
    """Return the true peak of ``audio`` [channels, samples] in dBTP; -120 for silence."""
    highest = float(peaks(audio).max(initial=0.0))
    return 20 * log10(highest) if highest > 1e-6 else SILENCE_LUFS
