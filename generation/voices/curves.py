"""The pitch of a sung line: notes with portamento, scoop, vibrato and drift, as singers make them.

Amounts follow Sundberg (1987), "The Science of the Singing Voice", and Saitou et al. (2005), "Development of an F0
control model based on F0 dynamic characteristics for singing-voice synthesis", kept at the modest end of pop singing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import gaussian_filter1d

from generation.voices.timing import Held
from generation.voices.world import STEP_S, Frames

_GLIDE_S = 0.07
_VIBRATO_AFTER_S = 0.30
_VIBRATO_CENTS = 26.0
_DRIFT_CENTS = 5.0
_SCOOP_CENTS = 60.0


def hertz(midi: Frames) -> Frames:
    """MIDI pitch to frequency, A4 = 440 Hz."""
    out: Frames = 440.0 * 2.0 ** ((midi - 69.0) / 12.0)
    return out


def melody(held: Sequence[Held], times: Frames, random: np.random.Generator) -> Frames:
    """Return the pitch in Hz at ``times`` (seconds, steps of 5 ms), one value everywhere, rests included."""
    turns = [turn for syllable in held for turn in syllable.turns]
    ends = [at for at, _ in turns[1:]] + [held[-1].end]
    # The slide is centred a little before the note, so that the pitch has arrived when the vowel opens.
    steps = np.array([at for at, _ in turns]) - 0.6 * _GLIDE_S / 2
    index = np.clip(np.searchsorted(steps, times, side="right") - 1, 0, len(turns) - 1)
    midi = np.array([float(pitch) for _, pitch in turns])[index]
    midi = gaussian_filter1d(midi, _GLIDE_S / 4 / STEP_S, mode="nearest")
    cents = np.zeros(len(times))
    depth = _VIBRATO_CENTS * random.uniform(0.85, 1.15)
    rate = random.uniform(5.2, 5.8)
    for (start, _), end in zip(turns, ends, strict=True):
        if end - start > _VIBRATO_AFTER_S + 0.2:
            inside = (times >= start + _VIBRATO_AFTER_S) & (times < end)
            since = times[inside] - start - _VIBRATO_AFTER_S
            swell = np.clip(since / 0.3, 0.0, 1.0) * np.clip((end - times[inside]) / 0.08, 0.0, 1.0)
            cents[inside] += depth * swell * np.sin(2 * np.pi * rate * since)
    drift = gaussian_filter1d(random.standard_normal(len(times) + 400), 0.12 / STEP_S)[200 : 200 + len(times)]
    cents += _DRIFT_CENTS * drift / max(1e-9, float(drift.std()))
    since = times - turns[0][0]
    cents -= _SCOOP_CENTS * random.uniform(0.6, 1.0) * np.exp(-np.clip(since, 0.0, None) / 0.035) * (since < 0.3)
    return hertz(midi + cents / 100.0)
