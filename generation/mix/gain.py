"""Gains that move: one figure in decibels every control block, spread over the samples between."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generation.song import SAMPLE_RATE, Audio

BLOCK = 64
"""Samples between two figures of a gain curve: 1.5 ms, fast enough for a kick drum."""

STRETCH = 1024
"""Blocks worked on at once: what fits the processor's cache."""
SILENCE_DB = -120.0
DECIMALS = 4
"""Gains that remember (a compressor's, a limiter's) are rounded to so many decimals of a decibel, so that the memory of
something that changed dies out entirely instead of living on in the last bit."""

Curve = NDArray[np.float64]
"""Decibels, one figure each ``BLOCK`` samples, placed at the middle of its block."""


def blocks(samples: int) -> int:
    """How many control blocks cover ``samples``."""
    return -(-samples // BLOCK)


def ride(audio: Audio, curve_db: Curve) -> None:
    """Multiply ``audio`` [channels, samples] by a gain curve, in place; between two blocks the gain moves evenly."""
    gain = np.power(10.0, curve_db / 20).astype(np.float32)
    edges = np.concatenate([gain[:1], (gain[:-1] + gain[1:]) / 2, gain[-1:]])
    within = ((np.arange(BLOCK) + 0.5) / BLOCK).astype(np.float32)
    for first in range(0, gain.size, STRETCH):
        start, stop = edges[first : first + STRETCH], edges[first + 1 : first + 1 + STRETCH]
        fine = start[: stop.size, np.newaxis] + (stop - start[: stop.size])[:, np.newaxis] * within
        part = audio[:, first * BLOCK : (first + stop.size) * BLOCK]
        part *= fine.reshape(-1)[: part.shape[-1]]


def steps(samples: int, starts_s: Sequence[float], values_db: Sequence[float], ramp_s: float = 0.25) -> Curve:
    """Return a curve that holds each value from its start on.

    A rise is over when its section starts, so that a chorus arrives at full height; a fall begins there, so that the
    last beat of a chorus keeps it.
    """
    seconds = (np.arange(blocks(samples)) + 0.5) * BLOCK / SAMPLE_RATE
    curve = np.full(seconds.size, values_db[0], np.float64)
    for start, before, value in zip(starts_s[1:], values_db, values_db[1:], strict=False):
        begin = start - ramp_s if value > before else start
        curve += (value - before) * np.clip((seconds - begin) / ramp_s, 0.0, 1.0)
    return curve


def ends(samples: int, fade_in_s: float = 0.004, fade_out_s: float = 0.012) -> Curve:
    """Return the curve that opens and closes a song without a click: silence, full level, silence."""
    seconds = (np.arange(blocks(samples)) + 0.5) * BLOCK / SAMPLE_RATE
    left = samples / SAMPLE_RATE - seconds
    opened, closed = np.clip(seconds / fade_in_s, 0, 1), np.clip(left / fade_out_s, 0, 1)
    curve: Curve = 20 * np.log10(np.maximum(np.sin(np.pi / 2 * opened) * np.sin(np.pi / 2 * closed), 1e-6))
    curve[[0, -1]] = SILENCE_DB
    return curve
