"""Second-order filters: the formulas of Robert Bristow-Johnson's "Audio EQ Cookbook".

Frequencies are in hertz, gains in decibels. Each function returns one row ``b0 b1 b2 a0 a1 a2`` for SciPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt

from generation.song import SAMPLE_RATE, Audio

Biquad = tuple[float, float, float, float, float, float]
CHUNK = 1 << 16
MEMORY_DECIMALS = 8
"""A filter's memory is rounded after each chunk (-160 dB), so that what changed before is forgotten to the last bit."""


def high_pass(frequency: float, q: float = 0.7071, sample_rate: int = SAMPLE_RATE) -> Biquad:
    """12 dB an octave below ``frequency``."""
    turn, alpha = _angle(frequency, q, sample_rate)
    edge = (1 + cos(turn)) / 2
    return _row(edge, -2 * edge, edge, 1 + alpha, -2 * cos(turn), 1 - alpha)


def low_pass(frequency: float, q: float = 0.7071, sample_rate: int = SAMPLE_RATE) -> Biquad:
    """12 dB an octave above ``frequency``."""
    turn, alpha = _angle(frequency, q, sample_rate)
    edge = (1 - cos(turn)) / 2
    return _row(edge, 2 * edge, edge, 1 + alpha, -2 * cos(turn), 1 - alpha)


def peak(frequency: float, q: float, gain_db: float, sample_rate: int = SAMPLE_RATE) -> Biquad:
    """A bell of ``gain_db`` around ``frequency``."""
    turn, alpha = _angle(frequency, q, sample_rate)
    swell = 10 ** (gain_db / 40)
    middle = -2 * cos(turn)
    return _row(1 + alpha * swell, middle, 1 - alpha * swell, 1 + alpha / swell, middle, 1 - alpha / swell)


def low_shelf(frequency: float, q: float, gain_db: float, sample_rate: int = SAMPLE_RATE) -> Biquad:
    """``gain_db`` on everything well below ``frequency``."""
    return _shelf(frequency, q, gain_db, sample_rate, side=1)


def high_shelf(frequency: float, q: float, gain_db: float, sample_rate: int = SAMPLE_RATE) -> Biquad:
    """``gain_db`` on everything well above ``frequency``."""
    return _shelf(frequency, q, gain_db, sample_rate, side=-1)


def equalise(audio: Audio, filters: Sequence[Biquad]) -> None:
    """Run ``audio`` [channels, samples] through the filters in order, in place.

    The filters run in double precision, a chunk at a time: a low filter needs it, and a whole song in it does not fit.
    """
    if not filters:
        return
    rows = np.array(filters)
    for channel in audio:
        state: NDArray[np.float64] = np.zeros((len(rows), 2))
        for start in range(0, channel.size, CHUNK):
            part = channel[start : start + CHUNK]
            part[:], state = sosfilt(rows, part.astype(np.float64), zi=state)
            state = np.round(state, MEMORY_DECIMALS)


def _angle(frequency: float, q: float, sample_rate: int) -> tuple[float, float]:
    turn = 2 * pi * frequency / sample_rate
    return turn, sin(turn) / (2 * q)


def _shelf(frequency: float, q: float, gain_db: float, sample_rate: int, side: int) -> Biquad:
    turn, alpha = _angle(frequency, q, sample_rate)
    swell = 10 ** (gain_db / 40)
    bend = 2 * sqrt(swell) * alpha
    tilt = side * cos(turn)
    return _row(
        swell * (swell + 1 - (swell - 1) * tilt + bend),
        side * 2 * swell * (swell - 1 - (swell + 1) * tilt),
        swell * (swell + 1 - (swell - 1) * tilt - bend),
        swell + 1 + (swell - 1) * tilt + bend,
        -side * 2 * (swell - 1 + (swell + 1) * tilt),
        swell + 1 + (swell - 1) * tilt - bend,
    )


def _row(b0: float, b1: float, b2: float, a0: float, a1: float, a2: float) -> Biquad:
    return (b0 / a0, b1 / a0, b2 / a0, 1.0, a1 / a0, a2 / a0)
