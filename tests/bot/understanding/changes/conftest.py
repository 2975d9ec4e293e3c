"""Two fixed songs on paper, one in English and one in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generation.lyrics.verses import VerseLyricist
from generation.pipeline import write_sheet
from generation.song import Sheet, SongRequest
from generation.voices.debug import DebugSinger

_REQUESTS = {
    "en": SongRequest(language="en", genre=("pop",), tempo_bpm=100, key="C major", title="Market Street"),
    "zh": SongRequest(language="zh", genre=("folk",), tempo_bpm=80, key="G major", title="赶路的人"),
}


def written(language: str, lyrics: str | None = None) -> Sheet:
    """Return the song in ``language``; with ``lyrics`` those words are sung instead."""
    words = lyrics or Path(__file__).with_name(f"{language}.txt").read_text("utf-8")
    request = _REQUESTS[language]
    singer = DebugSinger()
    return write_sheet(replace(request, lyrics=words, vocals="female"), 7, VerseLyricist(), singer)


@pytest.fixture(scope="session")
def sheets() -> Mapping[str, Sheet]:
    return {language: written(language) for language in _REQUESTS}
