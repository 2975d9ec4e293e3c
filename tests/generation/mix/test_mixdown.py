"""The whole mix, on a small band."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyloudnorm
import pytest

from generation.mix import mix
from generation.mix.balance import spans
from generation.mix.eq import equalise, high_pass
from generation.mix.loudness import integrated, k_power, lufs, true_peak_db
from generation.song import SAMPLE_RATE, Stem

ALL = ("vocals", "backing", "drums", "percussion", "bass", "keys", "guitar", "pad", "strings", "lead", "texture")

LIFTED = ("pop", "rock", "edm", "ballad")


def section_loudness(audio: Any, score: Any, kind: str) -> float:
    powers = k_power(audio)
    return lufs(
        float(
            np.mean(
                [powers[round(s.start_s * 10) : round(s.end_s * 10)].mean() for s in spans(score) if s.kind == kind]
            )
        )
    )


@pytest.mark.parametrize("genre", [*LIFTED, "lo-fi", "ambient"])
def test_every_genre_meets_the_levels(genre: str, mixed: Any, score: Any) -> None:
    finished = mixed(genre).master
    loudness = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(finished.T.astype(np.float64))
    assert loudness == pytest.approx(-14.0, abs=0.3)
    assert true_peak_db(finished) <= -1.3
    assert finished.shape == (2, round(score(genre).duration_s * SAMPLE_RATE))
    assert finished.dtype == np.float32
    assert np.isfinite(finished).all()


@pytest.mark.parametrize("genre", LIFTED)
def test_in_pop_genres_the_chorus_is_two_lu_louder_in_the_master(genre: str, mixed: Any, score: Any) -> None:
    song, finished = score(genre), mixed(genre).master
    lift = section_loudness(finished, song, "chorus") - section_loudness(finished, song, "verse")
    assert 2.0 <= lift <= 6.0


@pytest.mark.parametrize("genre", LIFTED)
def test_the_voice_is_one_to_three_lu_over_the_band_in_verses(genre: str, mixed: Any, score: Any) -> None:
    song = score(genre)
    stems = {stem.name: stem.audio for stem in mixed(genre).stems}
    rest = np.sum([audio for name, audio in stems.items() if name != "vocals"], axis=0)
    over = section_loudness(stems["vocals"], song, "verse") - section_loudness(rest, song, "verse")
    assert 0.9 <= over <= 3.2


def test_the_stems_add_up_to_the_mix(mixed: Any) -> None:
    """What the master does to their sum is a filter below hearing, a gain and a limiter that rarely acts here."""
    song = mixed("ballad")
    total = np.sum([stem.audio for stem in song.stems], axis=0)
    equalise(total, [high_pass(22.0)])
    gain = float(np.sum(total * song.master) / np.sum(total * total))
    left = song.master - gain * total
    assert np.sqrt(np.square(left).mean() / np.square(song.master).mean()) < 0.1


def test_the_same_song_is_the_same_to_the_sample(mixed: Any, band: Any, score: Any) -> None:
    np.testing.assert_array_equal(mixed("pop").master, mix(band(), score("pop")).master)


def test_parts_handed_in_are_left_alone(band: Any, score: Any) -> None:
    stems = band(*ALL)
    before = [stem.audio.copy() for stem in stems]
    mix(stems, score("house"))
    for stem, audio in zip(stems, before, strict=True):
        np.testing.assert_array_equal(stem.audio, audio)


def test_all_parts_come_back_under_their_names_in_stereo(band: Any, score: Any) -> None:
    mixed = mix(band(*ALL), score())
    assert tuple(stem.name for stem in mixed.stems) == ALL
    assert {stem.audio.shape for stem in mixed.stems} == {mixed.master.shape}


@pytest.mark.parametrize("names", [("vocals",), ("lead", "keys"), ("pad",), ("texture", "drums")])
def test_any_part_may_be_missing(names: tuple[str, ...], band: Any, score: Any) -> None:
    mixed = mix(band(*names), score())
    assert integrated(k_power(mixed.master)) == pytest.approx(-14.0, abs=0.3)


def test_a_silent_part_stays_silent_and_a_silent_song_too(band: Any, score: Any) -> None:
    silent = Stem("backing", np.zeros(12 * SAMPLE_RATE, np.float32))
    stems = {stem.name: stem.audio for stem in mix([*band(), silent], score()).stems}
    assert not stems["backing"].any()
    assert not mix([silent], score()).master.any()


def test_the_mix_survives_in_mono_and_its_bass_is_in_the_middle(mixed: Any) -> None:
    song = mixed("edm")
    mono = song.master.mean(axis=0, keepdims=True)
    lost = integrated(k_power(song.master)) - integrated(k_power(np.repeat(mono, 2, axis=0)))
    assert lost < 2.0
    bass = next(stem.audio for stem in song.stems if stem.name == "bass")
    np.testing.assert_array_equal(bass[0], bass[1])


def test_pads_breathe_with_the_kick_in_dance_music_only(mixed: Any) -> None:
    def dip(genre: str) -> float:
        pad = next(stem.audio for stem in mixed(genre).stems if stem.name == "pad")[0]
        beats = pad[3 * SAMPLE_RATE : 5 * SAMPLE_RATE].reshape(4, -1)
        on, off = beats[:, 441:3000], beats[:, -3000:]
        return float(20 * np.log10(np.std(off) / np.std(on)))

    assert dip("edm") > 2.5
    assert abs(dip("pop")) < 1.0


@pytest.mark.parametrize(
    "wrong",
    [
        lambda stems: stems[:0],
        lambda stems: [stems[0], stems[0]],
        lambda stems: [replace(stems[0], name="theremin")],
        lambda stems: [stems[0], Stem("pad", stems[0].audio[:-1])],
        lambda stems: [replace(stems[0], sample_rate=48_000)],
    ],
)
def test_parts_that_do_not_fit_are_refused(wrong: Any, band: Any, score: Any) -> None:
    with pytest.raises(ValueError, match=r"stems must be|must have|nothing to mix"):
        mix(wrong(band()), score())
