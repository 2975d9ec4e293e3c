"""One line from words and notes to samples: the lead, and from the same speech its double and its harmony."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import gaussian_filter1d

from generation.seeds import rng
from generation.song import SAMPLE_RATE, Audio
from generation.voices.curves import melody
from generation.voices.model import VoiceModel
from generation.voices.segments import Segment, segment
from generation.voices.speech import speak
from generation.voices.timing import Held, Path, lay_out, trace
from generation.voices.world import STEP_S, Frames, Timbre, analyse, between, synthesise

if TYPE_CHECKING:
    from generation.voices.kokoro import Line

_LEVEL = 0.11
"""RMS of the vowels of every line."""
_BACKING = 0.55
_DOUBLE_CENTS = 9.0
_DOUBLE_LATE_S = 0.018
_SPEED_SUNG = 0.85


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Sung audio, and where it begins: seconds relative to the line's first note (below zero: consonants first)."""

    start: float
    audio: Audio


def render(model: VoiceModel, line: Line, seed: int) -> tuple[Part, tuple[Part, ...]]:
    """Return the lead of a line and its backing parts. Raises ``MissingPart``."""
    speech = speak(model, line.syllables, line.voice, _speed(line))
    timbre = analyse(speech)
    segments = segment(speech, timbre, line.syllables)
    lead = _sing(timbre, segments, line.held, line.spoken, rng(seed, "voice", line.name()))
    backing: list[Part] = []
    if line.harmony:
        backing.append(_sing(timbre, segments, line.harmony, False, rng(seed, "harmony", line.name()), _BACKING))
    if line.doubled:
        double = _sing(timbre, segments, line.held, False, rng(seed, "double", line.name()), _BACKING, _DOUBLE_CENTS)
        backing.append(Part(double.start + _DOUBLE_LATE_S, double.audio))
    return lead, tuple(backing)


def _speed(line: Line) -> float:
    if not line.spoken:
        import os
        return float(os.environ.get("SPD","0.85"))
    pace = len(line.held) / max(0.1, line.held[-1].end)
    return float(np.clip(pace / 4.6, 0.8, 1.5))


def _sing(
    timbre: Timbre,
    segments: tuple[Segment, ...],
    held: tuple[Held, ...],
    spoken: bool,
    random: np.random.Generator,
    gain: float = 1.0,
    cents: float = 0.0,
) -> Part:
    path = trace(lay_out(segments, held))
    times = path.start + np.arange(len(path.source)) * STEP_S
    voiced = (between(timbre.pitch, np.round(path.source)) > 0).astype(np.float64)
    voiced = np.maximum(voiced, path.vowel)
    pitch = melody(held, times, random) * 2.0 ** (cents / 1200.0)
    envelope = between(timbre.envelope, path.source)
    breath = between(timbre.breath, path.source)
    breath = np.where(path.vowel[:, None] > 0, np.minimum(breath, _vowel_breath(breath.shape[1])), breath)
    audio = synthesise(np.where(voiced > 0, pitch, 0.0), envelope, breath)
    return Part(path.start, _levelled(audio, path, gain))


def _vowel_breath(bins: int) -> Frames:
    """The most breath a held vowel may have: little below 3 kHz, so that low notes keep their tone."""
    hertz = np.linspace(0.0, 12_000.0, bins)
    limit: Frames = np.interp(hertz, [0, 1000, 3000, 5000, 8000, 12_000], [0.02, 0.05, 0.2, 0.45, 0.75, 0.9])
    return limit


def _levelled(audio: Audio, path: Path, gain: float) -> Audio:
    """Even the level of the vowels, and fade where the line rests."""
    gate = gaussian_filter1d(path.sounding, 0.006 / STEP_S)
    at = np.arange(len(audio)) / SAMPLE_RATE / STEP_S
    shaped = audio * np.interp(at, np.arange(len(gate)), gate)
    vowels = np.interp(at, np.arange(len(path.vowel)), path.vowel) > 0.5
    loudness = float(np.sqrt(np.mean(shaped[vowels] ** 2))) if vowels.any() else 0.0
    return (shaped * (gain * _LEVEL / max(1e-6, loudness))).astype(np.float32)
