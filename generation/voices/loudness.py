"""Every line as loud as the next, its syllables evened as a singer evens them, its edges and rests silent."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d
from scipy.signal import butter, sosfiltfilt

from generation.song import SAMPLE_RATE, Audio
from generation.voices.timing import Path
from generation.voices.world import STEP_S, Frames

_VOWELS = 0.11
"""RMS of the vowels of a lead line; leaves about 12 dB to its peaks."""
_EVEN = 0.5
"""How much of a syllable's distance (in dB) from the line's own level is taken away."""
_REACH_DB = 8.0
_SMOOTH_S = 0.05
_HISS_HZ = 5_000.0
_HISS = 0.5
"""The most that sound above 5 kHz may have of the vowels' level: a stretched s is no louder than a spoken one."""
_CEILING = 0.7
_HOP = round(STEP_S * SAMPLE_RATE)


def _frame_level(audio: Frames) -> Frames:
    """RMS of each 5 ms, smoothed over 50 ms."""
    frames = audio[: len(audio) // _HOP * _HOP].reshape(-1, _HOP)
    power: Frames = gaussian_filter1d(np.mean(frames**2, axis=1), _SMOOTH_S / 2 / STEP_S)
    level: Frames = np.sqrt(power) + 1e-9
    return level


def _spread(frames: Frames, size: int) -> Frames:
    """Frame values as a smooth curve over samples."""
    out: Frames = np.interp(np.arange(size), (np.arange(len(frames)) + 0.5) * _HOP, frames)
    return out


def level(audio: Audio, path: Path, gain: float) -> Audio:
    """Return the line at its standard level times ``gain``: syllables evened, hiss and peaks held, rests faded out."""
    size = len(audio)
    if size < 4 * _HOP:
        return audio
    sound = audio.astype(np.float64) * _spread(gaussian_filter1d(path.sounding, 0.006 / STEP_S), size)
    frames = _frame_level(sound)
    vowels = path.vowel[: len(frames)] > 0
    vowels = np.pad(vowels, (0, len(frames) - len(vowels)))
    usual = float(np.sqrt(np.mean(frames[vowels] ** 2))) if vowels.any() else float(frames.max())
    even = np.clip(_EVEN * 20 * np.log10(usual / frames), -_REACH_DB, _REACH_DB)
    even = np.where(frames > usual / 10, even, 0.0)  # silence and closures stay what they are
    sound *= _spread(10 ** (gaussian_filter1d(even, _SMOOTH_S / STEP_S) / 20), size)
    sound *= gain * _VOWELS / usual
    hiss = sosfiltfilt(butter(4, _HISS_HZ, "highpass", fs=SAMPLE_RATE, output="sos"), sound)
    over = np.minimum(1.0, _HISS * gain * _VOWELS / _frame_level(hiss))
    sound -= hiss * (1.0 - _spread(gaussian_filter1d(over, 2.0), size))
    peaks = maximum_filter1d(np.abs(sound), 2 * _HOP)
    held = np.minimum(1.0, gain * _CEILING / np.maximum(peaks, 1e-9))
    return (sound * gaussian_filter1d(held, _HOP / 2)).astype(np.float32)
