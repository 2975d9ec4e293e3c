"""Covers: small JPEGs, the same for the same song, another for another."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from generation.cover import cover
from generation.cover.draw import _genres
from generation.cover.motifs import MOTIFS
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import write_sheet
from generation.score.genre import PLAYABLE
from generation.song import Sheet, SongRequest
from generation.voices.debug import DebugSinger


@pytest.fixture(scope="module")
def written() -> Sheet:
    request = SongRequest(text="a song", genre=("pop",), key="C major", duration_s=60.0)
    return write_sheet(request, 7, VerseLyricist(), DebugSinger())


@pytest.fixture(scope="module")
def sheet(written: Sheet) -> Callable[..., Sheet]:
    return lambda **other: replace(written, score=replace(written.score, **other))


def seen(content: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(Image.open(io.BytesIO(content)), np.float64)


@pytest.mark.parametrize("genre", PLAYABLE)
def test_every_genre_has_a_cover_that_a_chat_takes(genre: str, sheet: Callable[..., Sheet]) -> None:
    content = cover(sheet(genre=genre))
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("JPEG", (320, 320))
    assert len(content) < 200_000
    assert seen(content).std() > 15


def test_the_same_song_has_the_same_cover(sheet: Callable[..., Sheet]) -> None:
    assert cover(sheet()) == cover(sheet())


def test_another_seed_key_or_genre_gives_another_picture(sheet: Callable[..., Sheet]) -> None:
    ways: Sequence[dict[str, object]] = ({}, {"seed": 8}, {"key": "F# major"}, {"genre": "edm"}, {"key": "C minor"})
    pictures = [seen(cover(sheet(**way))) for way in ways]
    for place, one in enumerate(pictures):
        for other in pictures[place + 1 :]:
            assert np.abs(one - other).mean() > 8


def test_minor_is_darker_than_major(sheet: Callable[..., Sheet]) -> None:
    for genre in ("pop", "ambient", "edm", "jazz", "synth-pop"):
        assert seen(cover(sheet(genre=genre, key="A minor"))).mean() < seen(cover(sheet(genre=genre))).mean() - 15


def test_a_cover_of_another_size(sheet: Callable[..., Sheet]) -> None:
    content = cover(sheet(), 640)
    assert Image.open(io.BytesIO(content)).size == (640, 640)
    assert len(content) < 200_000


def test_the_table_has_every_genre_and_only_motifs_that_exist() -> None:
    assert {row["motif"] for row in _genres().values()} == set(MOTIFS)
    assert set(_genres()) == set(PLAYABLE)
