"""What the band sounds like, measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest

from generation.band import arrange, components, play
from generation.band.genre import genres
from generation.band.parts import Part, PlayedNote
from generation.band.sampler import TimedNote, sample
from generation.errors import Cancelled, MissingPart
from generation.song import SAMPLE_RATE, Audio, Score, Stem

MakeScore = Callable[..., Score]


def perform(score: Score, parts: tuple[Part, ...] | None = None) -> dict[str, Audio]:
    stems = play(score, arrange(score) if parts is None else parts, lambda _: None, lambda: False)
    return {stem.name: stem.audio for stem in stems}


def loudness(audio: Audio) -> float:
    return float(pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(audio.T))


def stretch(score: Score, audio: Audio, kind: str) -> Audio:
    section = next(section for section in score.sections if section.kind == kind)
    start, end = score.seconds(section.onset), score.seconds(section.onset + section.bars * score.beats_per_bar)
    return audio[:, round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]


@pytest.mark.parametrize("genre", genres())
def test_a_song_is_whole(make_score: MakeScore, genre: str) -> None:
    """Right length, no clipping, no hole, no cut at the end, and a chorus louder than the verse."""
    metre = {"lullaby": "3/4", "ballad": "6/8", "folk": "3/4"}.get(genre, "4/4")
    score = make_score(genre, metre=metre)
    stems = perform(score)
    length = round(score.duration_s * SAMPLE_RATE)
    assert all(audio.shape == (2, length) and audio.dtype == np.float32 for audio in stems.values())
    assert all(np.abs(audio).max() < 1.0 for audio in stems.values())
    whole = np.sum(list(stems.values()), axis=0)
    assert np.abs(whole).max() < 1.2
    assert np.abs(whole[:, -round(0.05 * SAMPLE_RATE) :]).max() == 0.0
    steps = np.abs(np.diff(whole[:, -SAMPLE_RATE:])).max()
    assert steps < 0.05
    if genre != "ambient":
        assert longest_hole(score, whole) < 1.5
        assert loudness(stretch(score, whole, "chorus")) - loudness(stretch(score, whole, "verse")) > 2.0


def longest_hole(score: Score, whole: Audio) -> float:
    """Return the longest stretch in seconds below -60 dBFS before the last bar."""
    window = SAMPLE_RATE // 20
    last = score.sections[-1]
    count = round(score.seconds(last.onset + (last.bars - 1) * score.beats_per_bar) * SAMPLE_RATE) // window
    levels = np.sqrt((whole[:, : count * window].mean(axis=0).reshape(count, window) ** 2).mean(axis=1))
    longest = run = 0
    for level in levels:
        run = run + 1 if level < 1e-3 else 0
        longest = max(longest, run)
    return longest * window / SAMPLE_RATE


def test_the_same_song_is_the_same_to_the_sample(make_score: MakeScore) -> None:
    score = make_score("lo-fi", form=(("verse", 2), ("outro", 1)))
    first, second = perform(score), perform(score)
    assert first.keys() == second.keys()
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_a_stem_does_not_depend_on_what_else_is_played(make_score: MakeScore) -> None:
    score = make_score("jazz", form=(("verse", 2), ("chorus", 2)))
    parts = arrange(score)
    together = perform(score)
    for stem in together:
        alone = perform(score, tuple(part for part in parts if part.stem == stem))
        assert np.array_equal(alone[stem], together[stem]), stem


def test_another_instrument_changes_no_other_stem(make_score: MakeScore) -> None:
    form = (("verse", 2), ("chorus", 2))
    plain, richer = perform(make_score("pop", form=form)), perform(make_score("pop", form=form, instruments=("harp",)))
    for stem in ("drums", "bass", "keys", "guitar"):
        assert np.array_equal(plain[stem], richer[stem]), stem
    assert not np.array_equal(plain["strings"], richer["strings"])


def test_another_word_changes_no_stem(make_score: MakeScore) -> None:
    form = (("verse", 2), ("chorus", 1))
    before, after = perform(make_score("r&b", form=form)), perform(make_score("r&b", form=form, words="new words"))
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_changing_one_section_keeps_the_samples_before_it(make_score: MakeScore) -> None:
    score = make_score("folk", form=(("verse", 4), ("chorus", 4), ("outro", 2)))
    chorus = score.sections[1]
    changed = replace(
        score, sections=(score.sections[0], replace(chorus, chords=chorus.chords[::-1]), score.sections[2])
    )
    until = round(score.seconds(15.0) * SAMPLE_RATE)
    before, after = perform(score)["guitar"], perform(changed)["guitar"]
    assert np.array_equal(before[:, :until], after[:, :until])


def test_swing_moves_the_offbeats_only(make_score: MakeScore) -> None:
    straight, swung = make_score("jazz", form=(("verse", 2),)), make_score("jazz", form=(("verse", 2),), swing=0.667)
    assert arrange(straight) == arrange(swung)
    assert not np.array_equal(perform(straight)["drums"], perform(swung)["drums"])


def test_stopping_stops(make_score: MakeScore) -> None:
    score = make_score(form=(("verse", 1),))
    with pytest.raises(Cancelled):
        play(score, arrange(score), lambda _: None, lambda: True)


def test_progress_rises_to_one(make_score: MakeScore) -> None:
    score = make_score("lullaby", form=(("verse", 1),))
    seen: list[float] = []
    stems: tuple[Stem, ...] = play(score, arrange(score), seen.append, lambda: False)
    assert stems
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_damaged_soundfont_is_said_in_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sf3"
    broken.write_bytes(b"RIFF")
    note = [TimedNote(0, 4000, 60, 100)]
    for path in (broken, tmp_path / "none.sf3"):
        with pytest.raises(MissingPart) as caught:
            sample(note, 0, 0, 8000, path=path)
        assert caught.value.sentence("zh").endswith("。")


def test_components_name_the_sources_that_sound(make_score: MakeScore) -> None:
    def part(sound: str) -> Part:
        return Part("x", "keys", sound, 0, 0, 0, (PlayedNote(0, 1, 60, 90),))

    assert components((part("grand piano"),)) == ("fluidr3",)
    assert components((part("music box"),)) == ("builtin-synth",)
    assert components(arrange(make_score("pop"))) == ("fluidr3", "builtin-synth")


def fingerprint(score: Score) -> np.ndarray:
    """Return how a song sounds in numbers: level in octave bands, share of noise, onsets, stereo width."""
    whole = np.sum(list(perform(score).values()), axis=0)
    mono = whole.mean(axis=0)
    frames = mono[: len(mono) // 2048 * 2048].reshape(-1, 2048) * np.hanning(2048)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    edges = [2, 4, 8, 16, 32, 64, 128, 256, 512, 900]
    bands = np.array([power[:, a:b].sum() for a, b in pairwise(edges)])
    rising = np.maximum(np.diff(np.log10(power.sum(axis=1) + 1e-9)), 0).mean()
    side = (whole[0] - whole[1]).std() / (mono.std() + 1e-9)
    return np.array([*(10 * np.log10(bands / bands.sum() + 1e-9)), 40 * rising, 10 * side])


def test_the_genres_can_be_told_apart(make_score: MakeScore) -> None:
    prints = {
        genre: fingerprint(make_score(genre, form=(("verse", 2), ("chorus", 2)), ring_s=0.5)) for genre in genres()
    }
    names = list(prints)
    nearest = {
        one: min(float(np.abs(prints[one] - prints[other]).mean()) for other in names if other != one) for one in names
    }
    assert min(nearest.values()) > 0.5, nearest
