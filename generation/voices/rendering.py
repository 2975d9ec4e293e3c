"""One line from words and notes to samples: the lead, and from the same speech its double and its harmony."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generation.seeds import rng
from generation.voices.curves import melody
from generation.voices.lines import Line, Part
from generation.voices.loudness import level
from generation.voices.model import VoiceModel
from generation.voices.segments import Segment, segment
from generation.voices.speech import speak
from generation.voices.timing import Held, lay_out, trace
from generation.voices.world import STEP_S, Frames, Timbre, analyse, between, synthesise

_BACKING = 0.55
_DOUBLE_CENTS = 9.0
_DOUBLE_LATE_S = 0.018
_PACE = {"en": 5.0, "zh": 6.7}
"""Syllables a second at speed 1 (measured)."""
_SLOWEST = {"en": 0.85, "zh": 0.65}
_DRAWL, _CLOSE_S = 1.7, 0.03


def render(model: VoiceModel, line: Line, seed: int) -> tuple[Part, tuple[Part, ...]]:
    """Return the lead of a line and its backing parts. Raises ``MissingPart``."""
    speech = speak(model, line.syllables, line.voice, _speed(line))
    timbre = analyse(speech)
    segments = segment(speech, timbre, line.syllables)
    if line.spoken:
        return _talk(timbre, segments, line.held), ()
    lead = _sing(timbre, segments, line.held, rng(seed, "voice", line.name()))
    backing: list[Part] = []
    if line.harmony:
        backing.append(_sing(timbre, segments, line.harmony, rng(seed, "harmony", line.name()), _BACKING))
    if line.doubled:
        double = _sing(timbre, segments, line.held, rng(seed, "double", line.name()), _BACKING, _DOUBLE_CENTS)
        backing.append(Part(double.start + _DOUBLE_LATE_S, double.audio))
    return lead, tuple(backing)


def _speed(line: Line) -> float:
    """How fast to say the line: near the pace of the notes, so that vowels stretch little."""
    pace = (len(line.held) - 1) / max(0.1, line.held[-1].start) if len(line.held) > 1 else 1.0
    mandarin = sum(syllable.language == "zh" for syllable in line.syllables) * 2 > len(line.syllables)
    ordinary = pace / _PACE["zh" if mandarin else "en"]
    if line.spoken:
        return float(np.clip(ordinary, 0.8, 1.4))
    return float(np.clip(1.25 * ordinary, _SLOWEST["zh" if mandarin else "en"], 1.0))


def _sing(
    timbre: Timbre,
    segments: tuple[Segment, ...],
    held: tuple[Held, ...],
    random: np.random.Generator,
    gain: float = 1.0,
    cents: float = 0.0,
) -> Part:
    path = trace(lay_out(segments, held))
    times: Frames = path.start + np.arange(len(path.source), dtype=np.float64) * STEP_S
    voiced = np.maximum(between(timbre.pitch, np.round(path.source)) > 0, path.vowel)
    pitch = melody(held, times, random) * 2.0 ** (cents / 1200.0)
    breath = between(timbre.breath, path.source)
    breath = np.where(path.vowel[:, None] > 0, np.minimum(breath, _vowel_breath(breath.shape[1])), breath)
    audio = synthesise(np.where(voiced > 0, pitch, 0.0), between(timbre.envelope, path.source), breath)
    return Part(path.start, level(audio, path, gain))


def _talk(timbre: Timbre, segments: tuple[Segment, ...], held: tuple[Held, ...]) -> Part:
    """Rhythmic speech: the syllables begin on their notes, the pitch and the length of vowels stay the voice's own."""
    said = tuple(
        replace(one, end=min(one.end, one.start + _DRAWL * (part.end - part.vowel) + _CLOSE_S))
        for one, part in zip(held, segments, strict=True)
    )
    path = trace(lay_out(segments, said))
    voiced = between(timbre.pitch, np.round(path.source)) > 0
    spoken = np.flatnonzero(timbre.pitch > 0)
    contour = np.interp(path.source, spoken, timbre.pitch[spoken]) if len(spoken) else np.zeros(len(path.source))
    envelope, breath = between(timbre.envelope, path.source), between(timbre.breath, path.source)
    return Part(path.start, level(synthesise(np.where(voiced, contour, 0.0), envelope, breath), path, 1.0))


def _vowel_breath(bins: int) -> Frames:
    """The most breath a held vowel may have: little below 3 kHz, so that low notes keep their tone."""
    hertz = np.linspace(0.0, 12_000.0, bins)
    limit: Frames = np.interp(hertz, [0, 1000, 3000, 5000, 8000, 12_000], [0.02, 0.05, 0.2, 0.45, 0.75, 0.9])
    return limit
