"""The debug engine: a real song in milliseconds, in plain sine tones.

It plays the same sheet as the embedded engine, so tests and a first look at a new installation exercise the whole
way from a sentence to a tagged file without a voice model.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generation.engines.base import words_of
from generation.engines.embedded import EmbeddedEngine
from generation.errors import Cancelled
from generation.mix import moved_db
from generation.song import SAMPLE_RATE, AlignedSyllable, Audio, Progress, Score, Sheet, Stem, StopAsked, Track
from generation.voices.base import Singer

LEVEL = 0.05
FADE_S = 0.02


class DebugEngine:
    """Chords and voice as plain tones; no band, no mastering."""

    id = "debug"
    abilities = EmbeddedEngine.abilities

    def __init__(self, singer: Singer, words_by: str) -> None:
        self._singer = singer
        self._words_by = words_by

    def generate(self, sheets: Sequence[Sheet], progress: Progress, stop_asked: StopAsked) -> list[Track]:
        return [self._make(sheet, progress, stop_asked) for sheet in sheets]

    def _make(self, sheet: Sheet, progress: Progress, stop_asked: StopAsked) -> Track:
        if stop_asked():
            raise Cancelled
        stems = [Stem("keys", _chords(sheet.score))]
        alignment: tuple[AlignedSyllable, ...] = ()
        if sheet.plan.voices:
            sung = self._singer.sing(sheet.score, lambda done: progress("voice", done), stop_asked)
            stems.append(Stem("vocals", np.stack([sung.lead, sung.lead])))
            alignment = sung.alignment
        for stem in stems:
            np.multiply(stem.audio, 10 ** (moved_db(stem.name, sheet.marks.levels) / 20), out=stem.audio)
        progress("mix", 1.0)
        return Track(
            audio=np.clip(sum((stem.audio for stem in stems[1:]), stems[0].audio), -0.9, 0.9),
            sample_rate=SAMPLE_RATE,
            stems=tuple(stems),
            sheet=sheet,
            alignment=alignment,
            components=("builtin-synth", *words_of(sheet, self._words_by)),
            provenance={"engine": self.id},
        )


def _chords(score: Score) -> Audio:
    """Every chord of the score as sine tones in the octave above middle C, ``[2, samples]``."""
    audio = np.zeros(round(score.duration_s * SAMPLE_RATE), np.float32)
    for section in score.sections:
        for chord in section.chords:
            start = round(score.seconds(chord.onset) * SAMPLE_RATE)
            end = min(round(score.seconds(chord.onset + chord.duration) * SAMPLE_RATE), audio.size)
            time = np.arange(end - start) / SAMPLE_RATE
            fade = np.minimum(1.0, np.minimum(time, time[::-1]) / FADE_S)
            for pitch in chord.pitches:
                tone = np.sin(2 * np.pi * 440.0 * 2 ** ((60 + pitch - 69) / 12) * time)
                audio[start:end] += (LEVEL * fade * tone).astype(np.float32)
    return np.stack([audio, audio])
