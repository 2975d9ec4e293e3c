"""Electronic drums: falling sines, filtered noise and ringing metal. Kits are data, one row for each drum."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cattrs
import numpy as np
from scipy import signal

from generation.band.sounds import data
from generation.band.synths.shapes import faded, seconds
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Audio

_METAL = (205.3, 304.4, 369.6, 522.7, 540.0, 800.0)
"""Hz of six square waves against each other: the ringing of an electronic cymbal."""


@dataclass(frozen=True, slots=True)
class Drum:
    """Levels are linear, times in seconds to -60 dB, frequencies in Hz."""

    length: float = 0.5
    tone: float = 0.0
    start_hz: float = 150.0
    end_hz: float = 50.0
    sweep_s: float = 0.08
    tone_s: float = 0.4
    noise: float = 0.0
    low_hz: float = 800.0
    high_hz: float = 9000.0
    noise_s: float = 0.15
    bursts: int = 1
    """Hand claps are several short bursts."""
    metal: float = 0.0
    metal_s: float = 0.1
    drive: float = 0.0
    pan: float = 0.0


@cache
def kits() -> dict[str, dict[int, Drum]]:
    rows = data("synths/kits.toml")
    return {name: {int(key): cattrs.structure(drum, Drum) for key, drum in kit.items()} for name, kit in rows.items()}


@cache
def hit(name: str, key: int) -> Audio:
    """Return ``[2, samples]``: one drum (General MIDI key) at full velocity, peak 1; empty where the kit has none."""
    drum = kits()[name].get(key)
    if drum is None:
        return np.zeros((2, 0), np.float32)
    t = seconds(round(drum.length * SAMPLE_RATE))
    out = np.zeros(len(t), np.float32)
    draw = rng(0, "kit", name, key)
    if drum.tone:
        fall = drum.end_hz + (drum.start_hz - drum.end_hz) * np.exp(-t.astype(np.float64) * (5 / drum.sweep_s))
        turns = np.cumsum(fall) / SAMPLE_RATE
        out += np.float32(drum.tone) * np.sin(2 * np.pi * turns).astype(np.float32) * _dying(t, drum.tone_s)
    if drum.noise:
        hiss = _band(draw.standard_normal(len(t)), drum.low_hz, drum.high_hz)
        out += np.float32(drum.noise) * hiss * _bursts(t, drum)
    if drum.metal:
        squares = sum(np.sign(np.sin(2 * np.pi * f * 3.1 * t.astype(np.float64))) for f in _METAL)
        ring = _band(np.asarray(squares) / 3, 6500.0, 16_000.0)
        out += np.float32(drum.metal) * ring * _dying(t, drum.metal_s)
    if drum.drive:
        out = np.tanh(out * np.float32(drum.drive))
    out = faded(out) / np.float32(max(float(np.abs(out).max()), 1e-9))
    angle = (drum.pan + 1) * np.pi / 4
    stereo = np.stack([out * np.float32(np.cos(angle) * 1.414), out * np.float32(np.sin(angle) * 1.414)])
    stereo.setflags(write=False)
    return stereo


def _dying(t: Audio, length: float) -> Audio:
    return np.asarray(np.exp(t * np.float32(-6.9 / length)), np.float32)


def _bursts(t: Audio, drum: Drum) -> Audio:
    level = np.zeros_like(t)
    for index in range(drum.bursts):
        after = t - np.float32(0.011 * index)
        last = index == drum.bursts - 1
        level = np.where(after >= 0, _dying(after, drum.noise_s if last else 0.02), level)
    return level


def _band(noise: np.ndarray, low: float, high: float) -> Audio:
    sos = signal.butter(2, (low, min(high, 20_000.0)), "bandpass", fs=SAMPLE_RATE, output="sos")
    shaped = signal.sosfilt(sos, noise)
    return (shaped / max(float(np.abs(shaped).max()), 1e-9)).astype(np.float32)
