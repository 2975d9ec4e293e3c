"""Both engines make the song on the sheet, say what touched it, and stop when asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from generation.engines.base import Engine
from generation.engines.debug import DebugEngine
from generation.engines.embedded import EmbeddedEngine
from generation.errors import Cancelled
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import perform, write_sheet
from generation.song import SAMPLE_RATE, Sheet, SongRequest
from generation.voices.debug import DebugSinger

ENGINES: list[Callable[[], Engine]] = [
    lambda: DebugEngine(DebugSinger(), "template-lyrics"),
    lambda: EmbeddedEngine(DebugSinger(), "template-lyrics"),
]
REQUEST = SongRequest(genre=("folk",), theme="rain", duration_s=30.0, instruments=("erhu",))


def sheet(request: SongRequest = REQUEST) -> Sheet:
    return write_sheet(request, 3, VerseLyricist(), DebugSinger())


@pytest.fixture(params=ENGINES, ids=["debug", "embedded"])
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.param()
    return made


def quiet(_stage: str, _fraction: float) -> None: ...


def test_a_track_has_the_asked_length_and_its_stems(engine: Engine) -> None:
    track = perform(sheet(), engine, quiet, lambda: False)
    assert track.audio.shape == (2, 30 * SAMPLE_RATE)
    assert track.audio.dtype == np.float32
    assert 0 < np.abs(track.audio).max() <= 1
    assert {stem.audio.shape for stem in track.stems} == {track.audio.shape}
    assert "vocals" in {stem.name for stem in track.stems}


def test_every_sung_syllable_is_aligned(engine: Engine) -> None:
    paper = sheet()
    track = perform(paper, engine, quiet, lambda: False)
    sung = [len(phrase.syllables) for section in paper.score.sections for phrase in section.phrases]
    assert len(track.alignment) == sum(sung)


def test_the_words_of_the_member_and_of_the_machine_are_told_apart(engine: Engine) -> None:
    own = sheet(replace(REQUEST, lyrics="[Verse]\nThe ferry light goes by at ten\n[Chorus]\nHold on until the dawn"))
    assert "user-lyrics" in perform(own, engine, quiet, lambda: False).components
    assert "user-lyrics" not in perform(sheet(), engine, quiet, lambda: False).components


def test_an_instrumental_has_no_words_and_no_voice(engine: Engine) -> None:
    track = perform(sheet(replace(REQUEST, vocals="none")), engine, quiet, lambda: False)
    assert track.alignment == ()
    assert not {"kokoro-82m", "template-lyrics"} & set(track.components)


def test_a_stopped_song_is_cancelled(engine: Engine) -> None:
    with pytest.raises(Cancelled):
        perform(sheet(), engine, quiet, lambda: True)


def test_the_band_says_what_it_plays_differently() -> None:
    track = perform(sheet(), ENGINES[1](), quiet, lambda: False)
    assert any("erhu" in remark.en and "二胡" in remark.zh for remark in track.remarks)
