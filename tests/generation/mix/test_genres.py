"""Every genre has a desk that makes sense."""

from __future__ import annotations

from pathlib import Path

import pytest

import generation.score
from generation.mix.genres import desk, genres

PARTS = {
    "vocals", "backing", "drums", "percussion", "bass", "keys", "guitar", "pad", "strings", "lead", "texture",
}  # fmt: skip
LIFTED = {"pop", "synth-pop", "rock", "edm", "house", "city pop", "r&b", "funk", "ballad", "country"}


@pytest.mark.parametrize("genre", genres())
def test_a_desk_has_every_part_and_puts_the_voice_in_front(genre: str) -> None:
    board = desk(genre)
    assert set(board.strips) == PARTS
    assert 1.0 <= board.front_over_band <= 3.0
    assert 0.8 <= board.chorus_floor <= board.front_over_band
    assert board.strips["bass"].mono
    assert board.strips["bass"].width == 0
    assert all(abs(strip.pan) <= 1 and 0 <= strip.width <= 1 for strip in board.strips.values())


@pytest.mark.parametrize("genre", sorted(LIFTED))
def test_pop_genres_lift_their_chorus(genre: str) -> None:
    assert desk(genre).contrast >= 2.5


def test_a_genre_takes_over_what_it_does_not_change() -> None:
    assert desk("house").strips["drums"].level == desk("edm").strips["drums"].level != desk("pop").strips["drums"].level
    assert desk("house").duck != desk("edm").duck
    assert desk("house").decay_s == desk("pop").decay_s


def test_an_unlisted_genre_is_mixed_like_pop() -> None:
    assert desk("something new") == desk("pop")


def test_every_genre_the_band_plays_is_listed() -> None:
    folder = Path(generation.score.__file__).parent / "genres"
    played = {file.stem.replace("r-and-b", "r&b") for file in folder.glob("*.toml")}
    listed = {name.replace(" ", "-") for name in genres()}
    assert played <= listed
