"""Speech taken apart and put together again: pitch, spectral envelope and breath (WORLD).

Morise, Yokomori, Ozawa (2016), "WORLD: a vocoder-based high-quality speech synthesis system for real-time
applications"; CheapTrick for the envelope, D4C for the aperiodicity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.song import SAMPLE_RATE, Audio
from generation.voices.speech import PITCH_S, SPEECH_RATE, Speech
from generation.voices.vocoder import world

STEP_S = 0.005
"""Seconds between frames."""
_UP, _DOWN = 147, 80  # 24 000 * 147 / 80 = 44 100
_FLOOR = 1e-12
Frames = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Timbre:
    """A line as frames of 5 ms: everything but its pitch can be stretched from here."""

    pitch: Frames
    """[frames] Hz, 0 where unvoiced."""
    envelope: Frames
    """[frames, bins] natural logarithm of the power spectrum."""
    breath: Frames
    """[frames, bins] aperiodicity, 0 a pure tone, 1 noise."""
    energy: Frames
    """[frames] level in dB between 250 and 3 000 Hz."""


def analyse(speech: Speech) -> Timbre:
    """Take a spoken line apart. The pitch is the one its waveform was generated with, so none has to be guessed."""
    audio = speech.audio.astype(np.float64)
    times = np.arange(int(len(audio) / SPEECH_RATE / STEP_S) + 1) * STEP_S
    at = np.arange(len(speech.pitch)) * PITCH_S + PITCH_S / 2
    voiced = np.interp(times, at, (speech.pitch > 0).astype(np.float64)) > 0.5
    spoken = speech.pitch > 0
    smooth = np.interp(times, at[spoken], speech.pitch[spoken]) if spoken.any() else np.zeros(len(times))
    pitch = np.where(voiced & (smooth > 60.0), smooth, 0.0)
    power = world().cheaptrick(audio, pitch, times, SPEECH_RATE)
    breath = world().d4c(audio, pitch, times, SPEECH_RATE, threshold=0.0)
    bin_hz = SPEECH_RATE / 2 / (power.shape[1] - 1)
    band = power[:, int(250 / bin_hz) : int(3000 / bin_hz)].mean(axis=1)
    return Timbre(pitch, np.log(power + _FLOOR), breath, 10 * np.log10(band + _FLOOR))


def between(frames: Frames, places: Frames) -> Frames:
    """Read ``frames`` at fractional frame numbers, linearly."""
    low = np.clip(np.floor(places).astype(np.int64), 0, len(frames) - 1)
    high = np.minimum(low + 1, len(frames) - 1)
    part = np.clip(places - low, 0.0, 1.0)
    if frames.ndim == 2:
        part = part[:, None]
    mixed: Frames = frames[low] * (1.0 - part) + frames[high] * part
    return mixed


def synthesise(pitch: Frames, envelope: Frames, breath: Frames) -> Audio:
    """Return mono audio at 44.1 kHz from frames of 5 ms (``envelope`` in log power)."""
    from scipy.signal import resample_poly

    audio = world().synthesize(
        np.ascontiguousarray(pitch),
        np.ascontiguousarray(np.exp(envelope)),
        np.ascontiguousarray(np.clip(breath, 1e-3, 1.0)),
        SPEECH_RATE,
        STEP_S * 1000,
    )
    assert SPEECH_RATE * _UP == SAMPLE_RATE * _DOWN
    high: Audio = resample_poly(audio.astype(np.float32), _UP, _DOWN)
    return high
