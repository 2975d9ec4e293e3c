"""The pitch of a voice over time.

The method is that of P. Boersma, "Accurate short-term analysis of the fundamental frequency and the
harmonics-to-noise ratio of a sampled sound" (Proc. IFA 17, 1993): peaks of the autocorrelation of a windowed frame,
divided by that of the window, then the cheapest path through the candidates of all frames, which mends octave errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.hum.sound import RATE
from generation.song import Audio

Floats = NDArray[np.float64]

HOP_S = 0.01
LOWEST_HZ, HIGHEST_HZ = 65.0, 1600.0
"""From a bass to a whistle."""
WINDOW = round(3 / LOWEST_HZ * RATE)
MIDDLE = RATE * 16 // 1000
FFT = 2048
FINER = 2
"""Lags are read at half samples."""
CANDIDATES = 6
SILENCE, VOICING = 0.03, 0.5
OCTAVE, JUMP, ONSET = 0.015, 0.35, 0.14
"""Costs: of an octave lower, of a leap of an octave between frames, of a change between voiced and not."""
CHUNK = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """One value a frame of 10 ms."""

    midi: Floats
    """Fractional MIDI pitch, NaN where nothing is sung."""
    clarity: Floats
    """How periodic the frame is at that pitch, 0 to 1."""
    level_db: Floats
    """Level of the frame's middle 16 ms (RMS) relative to full scale."""


def contour(sound: Audio) -> Contour:
    """Return the pitch of one voice alone, ``sound`` mono [samples] at 16 000 Hz."""
    from scipy.signal import butter, sosfiltfilt  # half a second to import, not wanted when the bot starts

    clean = sosfiltfilt(butter(2, 55.0, "highpass", fs=RATE, output="sos"), np.pad(sound.astype(np.float64), WINDOW))
    hop = round(HOP_S * RATE)
    frames = np.lib.stride_tricks.sliding_window_view(clean, WINDOW)[WINDOW // 2 :: hop][: len(sound) // hop]
    if not len(frames):
        return Contour(np.zeros(0), np.zeros(0), np.zeros(0))
    level = np.sqrt(np.square(frames[:, (WINDOW - MIDDLE) // 2 : (WINDOW + MIDDLE) // 2]).mean(axis=1))
    chunks = [_candidates(frames[at : at + CHUNK]) for at in range(0, len(frames), CHUNK)]
    hertz = np.concatenate([hertz for hertz, _ in chunks])
    clarity = np.concatenate([clarity for _, clarity in chunks])
    # Loud for this recording, which one crack of the microphone must not decide.
    quiet = level / max(float(np.percentile(level, 98)), 1e-9)
    unvoiced = VOICING + np.maximum(0.0, 2.0 - quiet * (1.0 + VOICING) / SILENCE)
    chosen = _path(np.log2(hertz), clarity + OCTAVE * np.log2(hertz / LOWEST_HZ), unvoiced)
    voiced = chosen < CANDIDATES
    at = (np.arange(len(chosen)), np.minimum(chosen, CANDIDATES - 1))
    midi = np.where(voiced, 69 + 12 * np.log2(hertz[at] / 440.0), np.nan)
    return Contour(midi, np.where(voiced, clarity[at], 0.0), 20 * np.log10(np.maximum(level, 1e-9)))


def _candidates(frames: Floats) -> tuple[Floats, Floats]:
    """Return the frequencies and strengths of the best peaks of each frame, [frames, CANDIDATES]."""
    window = np.hanning(WINDOW)
    shortest, longest = int(RATE / HIGHEST_HZ * FINER), int(RATE / LOWEST_HZ * FINER) + 1
    shape = _autocorrelation(window[None])[0, : longest + 2]
    found = _autocorrelation((frames - frames.mean(axis=1, keepdims=True)) * window)[:, : longest + 2]
    height = found / np.maximum(found[:, :1], 1e-12) / (shape / shape[0])
    before, here, after = (
        height[:, shortest - 1 : longest],
        height[:, shortest : longest + 1],
        height[:, shortest + 1 :],
    )
    peak = (here > before) & (here >= after) & (here > 0.2)
    lags = np.arange(shortest, longest + 1)
    worth = np.where(peak, here - OCTAVE * np.log2(lags), -np.inf)
    best = np.argpartition(-worth, CANDIDATES, axis=1)[:, :CANDIDATES]
    rows = np.arange(len(frames))[:, None]
    left, middle, right = before[rows, best], here[rows, best], after[rows, best]
    bend = left - 2 * middle + right
    shift = np.where(peak[rows, best], 0.5 * (left - right) / np.where(bend == 0, 1.0, bend), 0.0)
    strength = np.where(peak[rows, best], np.minimum(1.0, middle - 0.25 * (left - right) * shift), -1.0)
    return RATE * FINER / (lags[best] + shift), strength


def _autocorrelation(frames: Floats) -> Floats:
    power = np.abs(np.fft.rfft(frames, FFT)) ** 2
    return np.asarray(np.fft.irfft(power, FFT * FINER))


def _path(octaves: Floats, strength: Floats, unvoiced: Floats) -> NDArray[np.int64]:
    """Return the candidate of each frame on the cheapest path; CANDIDATES means unvoiced."""
    count = len(octaves)
    gain = np.column_stack([strength, unvoiced])
    came = np.zeros((count, CANDIDATES + 1), np.int64)
    cost = np.full((CANDIDATES + 1, CANDIDATES + 1), ONSET)
    cost[-1, -1] = 0.0
    total = gain[0]
    for frame in range(1, count):
        cost[:-1, :-1] = JUMP * np.abs(octaves[frame - 1][:, None] - octaves[frame][None])
        ways = total[:, None] - cost
        came[frame] = ways.argmax(axis=0)
        total = ways.max(axis=0) + gain[frame]
    chosen = np.zeros(count, np.int64)
    chosen[-1] = int(total.argmax())
    for frame in range(count - 1, 0, -1):
        chosen[frame - 1] = came[frame, chosen[frame]]
    return chosen
