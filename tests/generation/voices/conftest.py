"""Short songs for the tests of singers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pytest

from generation.song import Note, Phrase, Score, ScoreSection
from generation.voices.pronunciation import syllabify


class WritePhrase(Protocol):
    def __call__(
        self,
        text: str,
        voice: str = "af_heart",
        onset: float = 1.0,
        pitches: Sequence[int] = (60, 62, 64, 65, 64, 62),
        beats: float = 0.75,
        name: str = "verse 1/1",
        spoken: bool = False,
        harmony: bool = False,
    ) -> Phrase: ...


class WriteScore(Protocol):
    def __call__(
        self, *phrases: Phrase, tempo: float = 90.0, swing: float = 0.5, chorus: bool = False, seed: int = 7
    ) -> Score: ...


@pytest.fixture(scope="session")
def phrase() -> WritePhrase:
    """A line with one note a syllable, the pitches taken in turn, the last note twice as long."""

    def write(
        text: str,
        voice: str = "af_heart",
        onset: float = 1.0,
        pitches: Sequence[int] = (60, 62, 64, 65, 64, 62),
        beats: float = 0.75,
        name: str = "verse 1/1",
        spoken: bool = False,
        harmony: bool = False,
    ) -> Phrase:
        syllables = syllabify(text, "zh" if voice.startswith("z") else "en")
        last = len(syllables) - 1
        notes = tuple(
            Note(onset + at * beats, beats * (2 if at == last else 1), pitches[at % len(pitches)], at)
            for at in range(len(syllables))
        )
        low = tuple(Note(note.onset, note.duration, note.midi - 5, note.syllable) for note in notes)
        return Phrase(name, text, voice, syllables, notes, spoken=spoken, harmony=low if harmony else ())

    return write


@pytest.fixture(scope="session")
def score() -> WriteScore:
    """A song of one section that ends two beats after its last note."""

    def write(*phrases: Phrase, tempo: float = 90.0, swing: float = 0.5, chorus: bool = False, seed: int = 7) -> Score:
        ends = [note.onset + note.duration for line in phrases for note in line.notes]
        beats = max(ends, default=2.0) + 2.0
        return Score(
            title="A test",
            language="en",
            genre="pop",
            moods=(),
            seed=seed,
            tempo_bpm=tempo,
            key="C major",
            time_signature="4/4",
            swing=swing,
            swing_unit=0.5,
            duration_s=beats * 60.0 / tempo,
            sections=(ScoreSection("one", "chorus" if chorus else "verse", 0.0, 4, 0.6, (), phrases),),
        )

    return write
