"""A small finished song to write a passport for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generation.song import (
    Author,
    Line,
    Lyrics,
    LyricSection,
    Score,
    ScoreSection,
    Sheet,
    SongPlan,
    SongRequest,
    Track,
    Voice,
)

VOICE = Voice("af_heart", "Heart", "female", "en", 55, 76, "kokoro-82m")
EMBEDDED = ("kokoro-82m", "template-lyrics", "fluidr3", "builtin-synth")


@pytest.fixture
def track() -> Callable[..., Track]:
    def make(
        language: str = "en",
        authors: tuple[Author, ...] = ("machine", "machine"),
        components: tuple[str, ...] = EMBEDDED,
        sung: bool = True,
        seed: int = 7,
    ) -> Track:
        request = SongRequest(text="a song about rain, 110 bpm", genre=("pop",), tempo_bpm=110.0)
        plan = SongPlan(
            seed, "pop", (), 110.0, "A minor", "4/4", language, (VOICE,) if sung else (), 10.0, (), 2, False, 0.5, 0.5
        )
        lines = tuple(Line(f"line {place}", author) for place, author in enumerate(authors))
        lyrics = Lyrics(
            "上海的雨" if language == "zh" else "Rain", language, (LyricSection("verse 1", "verse", lines),)
        )
        sections = (
            ScoreSection("intro", "intro", 0.0, 2, 0.3, (), ()),
            ScoreSection("verse 1", "verse", 8.0, 2, 0.5, (), ()),
        )
        score = Score(lyrics.title, language, "pop", (), seed, 110.0, "A minor", "4/4", 0.5, 0.5, 10.0, sections)
        sheet = Sheet(request, plan, lyrics, score)
        return Track(
            np.zeros((2, 441_000), np.float32),
            44_100,
            (),
            sheet,
            (),
            components,
            {"engine": "embedded", "checkpoint": "x"},
        )

    return make
