"""The band's data files keep to their own rules."""

from __future__ import annotations

import pytest

from generation.band.components import known_instruments, remarks
from generation.band.drums import keys
from generation.band.genre import genres
from generation.band.patterns import fill, names, pattern, steps
from generation.band.sounds import sounds, words
from generation.band.synths.kit import kits
from generation.band.synths.modal import modals
from generation.band.synths.patch import patches
from generation.score.genre import PLAYABLE
from generation.score.genre import genre as composed

PLAYED = {
    "lo-fi", "pop", "synth-pop", "ballad", "folk", "rock", "hip-hop", "r&b", "house", "edm", "ambient", "cinematic",
    "jazz", "bossa nova", "lullaby", "children", "guofeng", "city pop", "funk", "country",
}  # fmt: skip
NAMED = {
    "piano", "electric piano", "acoustic guitar", "electric guitar", "bass", "drums", "strings", "violin", "cello",
    "flute", "saxophone", "trumpet", "organ", "synth", "harp", "erhu", "guzheng", "pipa", "dizi", "koto", "shakuhachi",
    "ukulele", "harmonica", "accordion", "choir", "beatbox", "808",
}  # fmt: skip


def test_twenty_genres_and_every_instrument_of_the_vocabulary() -> None:
    assert set(genres()) == PLAYED
    assert set(known_instruments()) == NAMED


def test_band_and_composer_agree_on_the_genres() -> None:
    assert set(genres()) == set(PLAYABLE)
    for name, house in genres().items():
        assert house.energy == composed(name).energy, name


@pytest.mark.parametrize("shelf", ["drums", "chords", "bass"])
@pytest.mark.parametrize(("metre", "beats"), [("4/4", 4.0), ("3/4", 3.0), ("6/8", 3.0), ("2/4", 2.0), ("5/4", 5.0)])
def test_every_pattern_fills_its_bars_in_every_metre(shelf: str, metre: str, beats: float) -> None:
    tokens = {"drums": set("Xxo-._"), "chords": set("Xxonurft01234567_."), "bass": set("Rr3578an-_.")}[shelf]
    for name in names(shelf):
        for bar in pattern(shelf, name, metre).bars:
            assert all(len(text) == steps(beats) and set(text) <= tokens for _, text in bar.lanes), name


def test_drum_lanes_are_drums() -> None:
    for name in names("drums"):
        assert {lane for bar in pattern("drums", name, "4/4").bars for lane, _ in bar.lanes} <= set(keys()), name


def test_fills_are_whole_beats_of_drums() -> None:
    for name in names("fills"):
        ending = fill(name)
        assert {lane for lane, _ in ending.lanes} <= set(keys()), name
        assert {len(text) for _, text in ending.lanes} <= {4, 8, 16}
        assert len({len(text) for _, text in ending.lanes}) == 1


def test_genres_name_only_what_exists() -> None:
    for genre in genres().values():
        for role in genre.roles:
            assert set(role.sounds) <= set(sounds()), genre.id
            assert set(role.fills) <= set(names("fills")), genre.id
            assert role.vary <= len(role.sounds)
            if sounds()[role.sounds[0]].kind == "noise":
                continue
            shelf = "drums" if sounds()[role.sounds[0]].bank else "bass" if role.stem == "bass" else "chords"
            said = [name for _, name in role.plays] + list(role.sections.values())
            assert {one for name in said if name for one in name.split(" / ")} <= set(names(shelf)), (
                genre.id,
                role.stem,
            )


def test_sounds_and_words_name_only_what_exists() -> None:
    rows = {"patch": set(patches()), "modal": set(modals()), "kit": set(kits())}
    for name, sound in sounds().items():
        if sound.kind in rows:
            assert sound.synth in rows[sound.kind], name
    for name, word in words().items():
        assert name in sounds()[word.sound].words
        assert any(word.plays in names(shelf) for shelf in ("chords", "drums", "bass"))


def test_relatives_are_owned_up_to() -> None:
    (remark,) = remarks(["erhu", "piano"])
    assert "fiddle" in remark.en
    assert "二胡" in remark.zh
    (unknown,) = remarks(["theremin"])
    assert "theremin" in unknown.en
