"""Key, tempo, metre, instruments, voice, chords and feel: what was not named stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from generation.band import arrange
from generation.changes import Chords, Feel, Instruments, Key, Metre, NewTune, Tempo, Vocals
from generation.errors import WishError
from generation.score.keys import parse_key
from generation.song import Note, Sheet

Song = Callable[..., Sheet]
Differing = Callable[[Sheet, Sheet], set[str]]


def rhythm(sheet: Sheet) -> list[tuple[float, float, int | None]]:
    return [(n.onset, n.duration, n.syllable) for n in notes(sheet)]


def notes(sheet: Sheet) -> list[Note]:
    return [note for section in sheet.score.sections for phrase in section.phrases for note in phrase.notes]


def chord_names(sheet: Sheet, section: int) -> list[str]:
    return [chord.name for chord in sheet.score.sections[section].chords]


def test_a_song_two_semitones_higher(song: Song, change: Song) -> None:
    before = song(seed=1)
    after = change(before, Key(semitones=2))
    assert parse_key(after.plan.key).tonic == (parse_key(before.plan.key).tonic + 2) % 12
    assert rhythm(before) == rhythm(after)
    moves = [b.midi - a.midi for a, b in zip(notes(before), notes(after), strict=True)]
    assert moves.count(2) + moves.count(-10) > 0.97 * len(moves)
    assert [(c.root + 2) % 12 for s in before.score.sections for c in s.chords] == [
        c.root for s in after.score.sections for c in s.chords
    ]
    assert replace(after.plan, key=before.plan.key) == before.plan


def test_another_key_by_name_and_back(song: Song, change: Song) -> None:
    before = song()
    assert change(before, Key("C# minor")).plan.key == "C# minor"
    major = change(before, Key("A major"))
    assert (major.plan.key, rhythm(major)) == ("A major", rhythm(before))
    assert chord_names(major, -1)[-1] == "A"
    with pytest.raises(WishError, match="not a key"):
        change(before, Key("H dur"))


def test_a_small_step_is_a_whole_beat_at_least(song: Song, change: Song) -> None:
    before = song()
    for factor, step in ((1.001, 1), (0.999, -1)):
        assert change(before, Tempo(factor=factor)).plan.tempo_bpm == before.plan.tempo_bpm + step


def test_slower_is_longer_and_the_same_in_beats(song: Song, change: Song) -> None:
    before = song()
    after = change(before, Tempo(factor=0.8))
    assert after.score.sections == before.score.sections
    assert after.plan.tempo_bpm == round(0.8 * before.plan.tempo_bpm)
    bars_s = sum(section.bars for section in before.plan.form) * 240 / before.plan.tempo_bpm
    ring = before.plan.duration_s - bars_s
    slower = before.plan.tempo_bpm / after.plan.tempo_bpm
    assert after.plan.duration_s == pytest.approx(bars_s * slower + ring, abs=0.01)
    with pytest.raises(WishError, match="anything from 40 to 240"):
        change(before, Tempo(bpm=500))


def test_another_metre_keeps_words_and_form(song: Song, change: Song) -> None:
    before = song()
    after = change(before, Metre("3/4"))
    assert after.lyrics == before.lyrics
    assert [one.name for one in after.plan.form] == [one.name for one in before.plan.form]
    assert after.score.beats_per_bar == 3


@pytest.mark.parametrize(
    ("genre", "wanted", "unwanted"),
    [
        ("pop", (), ("drums",)),
        ("rock", ("violin",), ()),
        ("house", (), ("bass",)),
        ("jazz", (), ("drums",)),
        ("guofeng", ("violin",), ()),
    ],
)
def test_other_players_play_on_to_the_note(
    genre: str, wanted: tuple[str, ...], unwanted: tuple[str, ...], song: Song, change: Song, differing: Differing
) -> None:
    before = song(genre=(genre,), duration_s=60.0)
    after = change(before, Instruments(wanted, unwanted))
    assert differing(before, after) == set()
    old, new = ({part.name: part for part in arrange(sheet.score)} for sheet in (before, after))
    staying = {name for name in old.keys() & new.keys() if old[name].sound == new[name].sound}
    assert len(staying) >= len(old) - 2
    assert all(old[name].notes == new[name].notes for name in staying)
    with pytest.raises(WishError, match="no kazoo"):
        change(before, Instruments(("kazoo",)))


@pytest.mark.parametrize("vocals", ["male", "duet"])
def test_another_voice_sings_the_same_tune(vocals: str, song: Song, change: Song) -> None:
    before = song()
    after = change(before, Vocals(vocals))
    assert after.lyrics == before.lyrics
    assert {voice.gender for voice in after.plan.voices} == ({"male"} if vocals == "male" else {"male", "female"})
    assert rhythm(before) == rhythm(after)
    steps = [[b.midi - a.midi for a, b in pairwise(row)] for row in (notes(before), notes(after))]
    assert sum(a == b for a, b in zip(*steps, strict=True)) > 0.75 * len(steps[0])


def test_no_voice_is_the_tune_without_words_and_may_be_sung_again(song: Song, change: Song) -> None:
    played = change(song(), Vocals("none"))
    assert played.lyrics.sections == ()
    assert rhythm(played)
    assert [n.onset for n in notes(played)] == [n.onset for n in notes(song())]
    assert change(played, Vocals("female")).lyrics.sections


class TestChords:
    def test_named_ones_a_bar_each_in_that_section_alone(self, song: Song, change: Song, differing: Differing) -> None:
        before = song()
        after = change(before, Chords("bridge", ("Dm", "G7", "C/E", "Bbsus4")))
        bridge = next(at for at, section in enumerate(before.plan.form) if section.kind == "bridge")
        assert chord_names(after, bridge) == ["Dm", "G7", "C/E", "Bbsus4"]
        assert all(
            chord_names(before, at) == chord_names(after, at) for at in range(len(before.plan.form)) if at != bridge
        )
        assert all(name.startswith("bridge") for name in differing(before, after))
        assert rhythm(before) == rhythm(after)

    def test_another_draw_is_other_chords(self, song: Song, change: Song, differing: Differing) -> None:
        before = song()
        after = change(before, Chords("verse"))
        assert chord_names(after, 1) != chord_names(before, 1)
        assert all(name.startswith("verse") for name in differing(before, after))
        assert chord_names(change(after, Chords("verse")), 1) != chord_names(after, 1)

    def test_they_outlast_a_new_tune_and_follow_the_key(self, song: Song, change: Song) -> None:
        given = change(song(), Chords("verse", ("Am", "F", "C", "G")))
        assert chord_names(change(given, NewTune()), 1)[:4] == ["Am", "F", "C", "G"]
        assert chord_names(change(given, Key(semitones=2), NewTune()), 1)[:4] == ["Bm", "G", "D", "A"]

    def test_an_unknown_name_is_refused(self, song: Song, change: Song) -> None:
        with pytest.raises(WishError, match="is not a chord"):
            change(song(), Chords("verse", ("Am", "Xy7")))


class TestFeel:
    @pytest.mark.parametrize("seed", [1, 4, 7])
    def test_a_happier_chorus_is_heard_in_the_chorus(
        self, seed: int, song: Song, change: Song, differing: Differing
    ) -> None:
        before = song(seed)
        after = change(before, Feel(("happy",), section="chorus"))
        for old, new in zip(before.score.sections, after.score.sections, strict=True):
            assert (old == new) == (old.kind != "chorus")
        assert arrange(before.score) != arrange(after.score)
        assert all(name.startswith("chorus") for name in differing(before, after))

    def test_livelier_moves_the_energy_of_the_named_section_only(
        self, song: Song, change: Song, differing: Differing
    ) -> None:
        before = song()
        after = change(before, Feel(section="verse 2", energy=0.3))
        moved = [
            old.name for old, new in zip(before.plan.form, after.plan.form, strict=True) if old.energy != new.energy
        ]
        assert moved == ["verse 2"]
        assert differing(before, after) == set()
        assert arrange(before.score) != arrange(after.score)

    def test_another_genre_keeps_words_form_and_key(self, song: Song, change: Song) -> None:
        before = song()
        after = change(before, Feel(genre="rock"))
        assert (after.lyrics, after.plan.key, after.plan.genre) == (before.lyrics, before.plan.key, "rock")
        assert [(one.name, one.bars) for one in after.plan.form] == [(one.name, one.bars) for one in before.plan.form]
        assert change(song(tempo_bpm=100.0), Feel(genre="rock")).plan.tempo_bpm == 100.0
        with pytest.raises(WishError, match="doesn't play polka"):
            change(before, Feel(genre="polka"))


def test_a_new_tune_keeps_words_form_key_and_tempo(song: Song, change: Song, differing: Differing) -> None:
    before = song()
    after = change(before, NewTune())
    assert after.lyrics == before.lyrics
    assert replace(after.plan, seed=before.plan.seed) == before.plan
    assert len(differing(before, after)) > 0.9 * len(before.lyrics.sections)
