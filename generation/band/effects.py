"""What happens to a sound between the instrument and the desk. Everything is float32 and deterministic."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from generation.song import SAMPLE_RATE, Audio

_BLOCK = 1 << 17


def lowpass(audio: Audio, hertz: float) -> Audio:
    """Second-order Butterworth along the last axis."""
    return _filtered(audio, hertz, "lowpass")


def highpass(audio: Audio, hertz: float) -> Audio:
    """Second-order Butterworth along the last axis."""
    return _filtered(audio, hertz, "highpass")


def _filtered(audio: Audio, hertz: float, kind: Literal["lowpass", "highpass"]) -> Audio:
    sos = signal.butter(2, hertz, kind, fs=SAMPLE_RATE, output="sos").astype(np.float32)
    return signal.sosfilt(sos, audio, axis=-1).astype(np.float32, copy=False)


def drive(audio: Audio, amount: float, cabinet_hz: float = 4200.0) -> Audio:
    """Overdrive: tanh of the signal times ``amount``, made up to the same peak, through a speaker's dull top.

    The bass is taken out before the waveshaper so that power chords growl instead of flapping.
    """
    shaped = np.tanh(highpass(audio, 110.0) * np.float32(amount))
    shaped += np.float32(0.25) * np.tanh(audio * np.float32(amount * 0.3))
    return lowpass(lowpass(highpass(shaped.astype(np.float32), 75.0), cabinet_hz), cabinet_hz * 1.3)


def delayed(audio: Audio, milliseconds: float) -> Audio:
    shift = round(milliseconds * SAMPLE_RATE / 1000)
    out = np.zeros_like(audio)
    out[..., shift:] = audio[..., : audio.shape[-1] - shift]
    return out


def drifting(mono: Audio, depth_ms: float, hertz: float, phase: float = 0.0, base_ms: float = 0.0) -> Audio:
    """Return the signal through a delay that moves by a sine of ``depth_ms``: tape wow, or one chorus voice."""
    out = np.zeros_like(mono)
    count = mono.shape[-1]
    for start in range(0, count, _BLOCK):
        index = np.arange(start, min(start + _BLOCK, count), dtype=np.float64)
        swing = np.sin(2 * np.pi * hertz * index / SAMPLE_RATE + phase)
        at = index - (base_ms + depth_ms * (1 + swing)) * (SAMPLE_RATE / 1000)
        left = np.floor(at).astype(np.int64)
        part = (at - left).astype(np.float32)
        valid = left >= 0
        left = np.clip(left, 0, count - 2)
        out[start : start + _BLOCK] = (mono[left] * (1 - part) + mono[left + 1] * part) * valid
    return out


def widened(mono: Audio, width: float, milliseconds: float = 11.0) -> Audio:
    """Return ``[2, samples]``: the signal plus a delayed side part that cancels when summed to mono."""
    if width == 0.0:
        return np.stack([mono, mono])
    side = delayed(highpass(mono, 220.0), milliseconds)
    side *= np.float32(width * 0.7)
    return np.stack([mono + side, mono - side])


def chorus(mono: Audio, depth_ms: float) -> Audio:
    """Return ``[2, samples]``: the dry sound and one moving voice on each side."""
    dry = mono * np.float32(0.8)
    left = drifting(mono, depth_ms, 0.61, 0.0, 9.0)
    right = drifting(mono, depth_ms, 0.67, 2.1, 11.0)
    return np.stack([dry + np.float32(0.5) * left, dry + np.float32(0.5) * right])


def panned(stereo: Audio, pan: float) -> Audio:
    """Balance law: the far side falls to ``cos``, the near side stays."""
    if pan == 0.0:
        return stereo
    far = np.float32(np.cos(min(1.0, abs(pan)) * np.pi / 2))
    stereo[0 if pan > 0 else 1] *= far
    return stereo


def tremolo(stereo: Audio, depth: float, hertz: float) -> Audio:
    """Left-right tremolo, as on a stage piano."""
    index = np.arange(stereo.shape[-1], dtype=np.float32)
    wave = np.sin(index * np.float32(2 * np.pi * hertz / SAMPLE_RATE)) * np.float32(depth / 2)
    stereo[0] *= 1 + wave
    stereo[1] *= 1 - wave
    return stereo


def echo(stereo: Audio, level: float, seconds: float) -> Audio:
    """Three repeats, each duller than the last, thrown from side to side."""
    wet = stereo
    out = stereo.copy()
    for _ in range(3):
        wet = lowpass(delayed(wet, seconds * 1000)[::-1], 3600.0) * np.float32(level)
        out += wet
    return out


def ducking(kicks: NDArray[np.int64], length: int, depth_db: float, release_s: float) -> Audio:
    """Return a gain curve ``[length]`` that dips by ``depth_db`` at every kick and swings back over ``release_s``.

    This is the pumping of a side-chained compressor, drawn instead of measured.
    """
    gain = np.ones(length, np.float32)
    low = 10 ** (depth_db / 20)
    attack = round(0.004 * SAMPLE_RATE)
    release = round(release_s * SAMPLE_RATE)
    t = np.linspace(0.0, 1.0, release, dtype=np.float32)
    dip = np.concatenate(
        [
            np.linspace(1.0, low, attack, dtype=np.float32),
            (low + (1 - low) * (t * t * (3 - 2 * t))).astype(np.float32),
        ]
    )
    for kick in kicks:
        start, end = max(0, int(kick) - attack), min(length, int(kick) - attack + len(dip))
        if end > start:
            piece = dip[start - (int(kick) - attack) : end - (int(kick) - attack)]
            np.minimum(gain[start:end], piece, out=gain[start:end])
    return gain
