"""Air around the band: the crackle of a record, rain, a riser before the drop and the boom on it."""

from __future__ import annotations

import numpy as np
from scipy import signal

from generation.band.synths.shapes import faded, seconds
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Audio

_LOOP_S = 11.0
"""Long textures are loops of this length, too long for the ear to notice the seam."""


def texture(name: str, count: int, seed: int) -> Audio:
    """Return ``[2, count]``, peak near 1, of ``vinyl``, ``rain``, ``wind``, ``riser`` or ``impact``."""
    draw = rng(seed, "texture", name)
    match name:
        case "vinyl":
            return _looped(_vinyl(draw), count)
        case "rain":
            return _looped(_rain(draw), count)
        case "wind":
            return _wind(draw, count)
        case "riser":
            return _riser(draw, count)
        case _:
            return _impact(draw, count)


def _looped(loop: Audio, count: int) -> Audio:
    """Repeat the loop with its end crossfaded into its start."""
    seam = SAMPLE_RATE // 2
    ramp = np.linspace(0, 1, seam, dtype=np.float32)
    body = loop[:, seam:].copy()
    body[:, -seam:] = body[:, -seam:] * np.sqrt(1 - ramp) + loop[:, :seam] * np.sqrt(ramp)
    return np.tile(body, (1, count // body.shape[1] + 1))[:, :count].copy()


def _pink(draw: np.random.Generator, count: int) -> Audio:
    """Noise falling by 3 dB an octave (Kellet's three-pole economy filter)."""
    white = draw.standard_normal((2, count))
    pink = sum(
        signal.lfilter([gain], [1, -pole], white)
        for pole, gain in ((0.99765, 0.0990460), (0.96300, 0.2965164), (0.57000, 1.0526913))
    )
    return np.asarray(np.asarray(pink) / 12, np.float32)


def _vinyl(draw: np.random.Generator) -> Audio:
    count = round((_LOOP_S + 0.5) * SAMPLE_RATE)
    clicks = np.zeros((2, count))
    for at in draw.integers(0, count - 400, 95):
        size = 0.25 * draw.pareto(2.2) + 0.05
        clicks[:, at] += min(size, 1.2) * (0.7 + 0.3 * draw.standard_normal(2))
    band = signal.butter(2, (700, 7000), "bandpass", fs=SAMPLE_RATE, output="sos")
    crackle = signal.sosfilt(band, clicks) * 2.2
    return (np.tanh(crackle) * 0.6 + _pink(draw, count) * 0.11).astype(np.float32)


def _rain(draw: np.random.Generator) -> Audio:
    count = round((_LOOP_S + 0.5) * SAMPLE_RATE)
    drops = (draw.random((2, count)) < 0.004) * draw.pareto(3.0, (2, count))
    band = signal.butter(1, (900, 9000), "bandpass", fs=SAMPLE_RATE, output="sos")
    return (np.tanh(signal.sosfilt(band, drops)) * 0.4 + _pink(draw, count) * 0.16).astype(np.float32)


def _wind(draw: np.random.Generator, count: int) -> Audio:
    pink = _pink(draw, count)
    low = signal.butter(2, 500, fs=SAMPLE_RATE, output="sos").astype(np.float32)
    soft = signal.sosfilt(low, pink, axis=-1)
    t = seconds(count)
    gust = 0.55 + 0.45 * np.sin(t * np.float32(0.71)) * np.sin(t * np.float32(0.43) + 1)
    return np.asarray(soft * gust * 1.6, np.float32)


def _riser(draw: np.random.Generator, count: int) -> Audio:
    """Noise that climbs in level and pitch: three bands open one after another."""
    white = draw.standard_normal((2, count)).astype(np.float32)
    t = np.linspace(0, 1, count, dtype=np.float32)
    out = np.zeros((2, count), np.float32)
    for low, high, start in ((300, 1200, 0.0), (1200, 4000, 0.25), (4000, 12_000, 0.5)):
        band = signal.butter(1, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos").astype(np.float32)
        out += signal.sosfilt(band, white, axis=-1) * np.clip((t - start) / (1 - start), 0, 1) ** 2
    sweep = np.sin(2 * np.pi * np.cumsum(220 * 2 ** (t.astype(np.float64) * 2.5)) / SAMPLE_RATE).astype(np.float32)
    return faded((out * 0.3 + sweep * t**2 * np.float32(0.12)).astype(np.float32), 900)


def _impact(draw: np.random.Generator, count: int) -> Audio:
    """A low boom under a long wash of noise."""
    t = seconds(count)
    fall = 38 + 70 * np.exp(-t.astype(np.float64) * 9)
    boom = np.sin(2 * np.pi * np.cumsum(fall) / SAMPLE_RATE).astype(np.float32) * np.exp(t * np.float32(-2.6))
    wash = _pink(draw, count) * np.exp(t * np.float32(-2.0)) * np.minimum(t * 300, 1)
    return faded((boom * 0.8 + wash * 0.5).astype(np.float32), 4000)
