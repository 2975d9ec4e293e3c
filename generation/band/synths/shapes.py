"""Envelopes and band-limited waves shared by the synths."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.song import SAMPLE_RATE, Audio

TABLE = 8192
"""Samples in one wave cycle; read without interpolation this is about -75 dB of noise."""


def table(wave: str, hertz: float, cutoff: float) -> Audio:
    """Return one cycle of ``saw``, ``square``, ``pulse``, ``triangle`` or ``sine`` with no harmonic above 18 kHz.

    The harmonics pass a two-pole lowpass at ``cutoff`` Hz: filtering a spectrum costs nothing next to filtering time.
    """
    count = max(1, min(TABLE // 2 - 1, int(18_000 / hertz)))
    k = np.arange(1, count + 1, dtype=np.float64)
    match wave:
        case "saw":
            level = 1 / k
        case "square":
            level = (k % 2) / k
        case "pulse":
            level = np.sin(np.pi * k * 0.18) / k
        case "triangle":
            level = (k % 2) / k**2 * np.where(k % 4 == 1, 1.0, -1.0)
        case _:
            level = (k == 1).astype(np.float64)
    level = level / np.sqrt(1 + (k * hertz / cutoff) ** 4)
    spectrum = np.zeros(TABLE // 2 + 1, np.complex128)
    spectrum[1 : count + 1] = -0.5j * level * TABLE
    return np.fft.irfft(spectrum, TABLE).astype(np.float32)


def gate(length: int, held: int, attack_s: float, decay_s: float, sustain: float, release_s: float) -> Audio:
    """Return an ADSR of ``length`` samples whose key is up after ``held``: straight attack, exponential rest."""
    t = np.arange(length, dtype=np.float32) / np.float32(SAMPLE_RATE)
    attack = max(attack_s, 0.001)
    after = np.maximum(t - attack, 0)
    level = sustain + (1 - sustain) * np.exp(-after * np.float32(4 / max(decay_s, 0.005)))
    level *= np.minimum(t / np.float32(attack), 1)
    up = np.maximum(t - np.float32(held / SAMPLE_RATE), 0)
    level *= np.exp(-up * np.float32(5 / max(release_s, 0.005)))
    return faded(level.astype(np.float32))


def faded(audio: Audio, samples: int = 256) -> Audio:
    """Bring the last samples to zero, in place, so that no note ends with a click."""
    count = min(samples, audio.shape[-1])
    audio[..., audio.shape[-1] - count :] *= np.linspace(1, 0, count, dtype=np.float32)
    return audio


def hertz(midi: float) -> float:
    return float(440.0 * 2 ** ((midi - 69) / 12))


def seconds(count: int) -> NDArray[np.float32]:
    return np.arange(count, dtype=np.float32) / np.float32(SAMPLE_RATE)
