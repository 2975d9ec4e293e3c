"""A short finished song with all its parts, played by the debug engine."""

from __future__ import annotations

import pytest

from generation.engines.debug import DebugEngine
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import perform, write_sheet
from generation.song import Sheet, SongRequest, Track
from generation.voices.debug import DebugSinger


@pytest.fixture(scope="session")
def sheet() -> Sheet:
    request = SongRequest(text="rain", genre=("pop",), theme="rain", duration_s=20.0)
    return write_sheet(request, 5, VerseLyricist(), DebugSinger())


@pytest.fixture(scope="session")
def track(sheet: Sheet) -> Track:
    engine = DebugEngine(DebugSinger(), "template-lyrics")
    return perform(sheet, engine, lambda _stage, _done: None, lambda: False)
