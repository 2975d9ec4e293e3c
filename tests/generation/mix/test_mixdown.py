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


def section_loudness(audio: Any, score: Any, kind: str) -> float:
    powers = k_power(audio)
    return lufs(
        float(
            np.mean(
                [powers[round(s.start_s * 10) : round(s.end_s * 10)].mean() for s in spans(score) if s.kind == kind]
            )
        )
    )


@pytest.mark.parametrize("genre", ["pop", "metal", "edm", "lo-fi", "ambient", "guofeng"])
def test_every_genre_meets_the_levels(genre: str, band: Any, score: Any) -> None:
    song = score(genre)
    mixed = mix(band(), song)
    loudness = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(mixed.master.T.astype(np.float64))
    assert loudness == pytest.approx(-14.0, abs=0.3)
    assert true_peak_db(mixed.master) <= -1.3
    assert mixed.master.shape == (2, round(song.duration_s * SAMPLE_RATE))
    assert mixed.master.dtype == np.float32
    assert np.isfinite(mixed.master).all()


@pytest.mark.parametrize("genre", ["pop", "rock", "edm", "ballad", "funk"])
def test_in_pop_genres_the_chorus_is_two_lu_louder_in_the_master(genre: str, band: Any, score: Any) -> None:
    song = score(genre)
    finished = mix(band(), song).master
    lift = section_loudness(finished, song, "chorus") - section_loudness(finished, song, "verse")
    assert 2.0 <= lift <= 6.0


@pytest.mark.parametrize("genre", ["pop", "rock", "house", "folk"])
def test_the_voice_is_one_to_three_lu_over_the_band_in_verses(genre: str, band: Any, score: Any) -> None:
    song = score(genre)
    stems = {stem.name: stem.audio for stem in mix(band(), song).stems}
    rest = np.sum([audio for name, audio in stems.items() if name != "vocals"], axis=0)
    over = section_loudness(stems["vocals"], song, "verse") - section_loudness(rest, song, "verse")
    assert 0.9 <= over <= 3.2


def test_the_stems_add_up_to_the_mix(band: Any, score: Any) -> None:
    """What the master does to their sum is a filter below hearing, a gain and a limiter that rarely acts here."""
    mixed = mix(band("vocals", "keys", "pad"), score())
    total = np.sum([stem.audio for stem in mixed.stems], axis=0)
    equalise(total, [high_pass(22.0)])
    gain = float(np.sum(total * mixed.master) / np.sum(total * total))
    left = mixed.master - gain * total
    assert np.sqrt(np.square(left).mean() / np.square(mixed.master).mean()) < 0.05


def test_the_same_song_is_the_same_to_the_sample(band: Any, score: Any) -> None:
    one, two = (mix(band(), score("synth-pop")) for _ in range(2))
    np.testing.assert_array_equal(one.master, two.master)


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


def test_the_mix_survives_in_mono_and_its_bass_is_in_the_middle(band: Any, score: Any) -> None:
    mixed = mix(band(), score("synth-pop"))
    mono = mixed.master.mean(axis=0, keepdims=True)
    lost = integrated(k_power(mixed.master)) - integrated(k_power(np.repeat(mono, 2, axis=0)))
    assert lost < 2.0
    bass = next(stem.audio for stem in mixed.stems if stem.name == "bass")
    np.testing.assert_array_equal(bass[0], bass[1])


def test_pads_breathe_with_the_kick_in_house(band: Any, score: Any) -> None:
    def dip(genre: str) -> float:
        pad = next(stem.audio for stem in mix(band(), score(genre)).stems if stem.name == "pad")[0]
        beats = pad[3 * SAMPLE_RATE : 5 * SAMPLE_RATE].reshape(4, -1)
        on, off = beats[:, 441:3000], beats[:, -3000:]
        return float(20 * np.log10(np.std(off) / np.std(on)))

    assert dip("house") > 2.5
    assert abs(dip("folk")) < 1.0


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
    with pytest.raises(ValueError, match="stems must be"):
        mix(wrong(band()), score())
