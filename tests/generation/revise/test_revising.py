"""Any changes in any order: a song or one clear sentence, quickly, and the same again."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generation.band import arrange
from generation.changes import (
    Change,
    Chords,
    Drop,
    Feel,
    Instruments,
    Key,
    Language,
    Length,
    Level,
    Metre,
    NewTune,
    Replace,
    Retune,
    Reword,
    Rewrite,
    Say,
    Tempo,
    Title,
    Tune,
    Vocals,
    changes_from_json,
    changes_to_json,
)
from generation.errors import StudioError, WishError
from generation.revise import phrases, with_gains
from generation.song import Sheet, TuneNote, from_json, to_json

LINES = st.sampled_from(
    ["verse 1/1", "verse 1/2", "chorus 1/1", "Chorus 2/4", "bridge 1/1", "verse 9/9", "", "x/y", "/"]
)
SECTIONS = st.sampled_from(
    ["verse 1", "chorus", "bridge", "intro", "outro", "verse", "instrumental", "", "nothing", "副歌"]
)
TEXTS = st.sampled_from(
    [
        "I leave my old umbrella at the door",
        "窗外的雨一直下",
        "oh",
        "🎵",
        "",
        "rain " * 60,
        "Mix 中文 and English",
        "1999",
    ]
)
MOODS = st.sampled_from([(), ("happy",), ("sad", "epic"), ("dreamy",), ("grumpy",)])
NOTES = st.lists(
    st.builds(
        TuneNote,
        st.floats(0, 40, allow_nan=False).map(lambda beat: round(beat * 4) / 4),
        st.sampled_from([0.0, 0.25, 0.5, 1.0, 3.0]),
        st.integers(30, 90),
    ),
    max_size=20,
).map(tuple)
CHANGES: st.SearchStrategy[Any] = st.one_of(
    st.builds(Reword, LINES, TEXTS, st.sampled_from(["", "Ann"])),
    st.builds(Replace, st.sampled_from(["the", "rain", "雨", "", "("]), TEXTS, st.one_of(st.just(""), LINES)),
    st.builds(Rewrite, st.one_of(LINES, SECTIONS), st.sampled_from(["", "winter", "冬天"]), MOODS),
    st.builds(
        Say,
        st.sampled_from(["the", "rain", "雨", "zzz", ""]),
        st.sampled_from(["thee", "as in train", "yu4", "/rʌn/", "", "??"]),
        st.one_of(st.just(""), LINES),
    ),
    st.builds(Title, TEXTS),
    st.builds(Key, st.sampled_from(["", "D major", "Bb minor", "H dur", "f#m"]), st.integers(-30, 30)),
    st.builds(Tempo, st.one_of(st.none(), st.floats(-10, 400)), st.floats(0.1, 3)),
    st.builds(Metre, st.sampled_from(["3/4", "6/8", "4/4", "2/4", "7/8", ""])),
    st.builds(
        Instruments,
        st.sampled_from([(), ("violin",), ("kazoo",), ("piano", "drums")]),
        st.sampled_from([(), ("drums",), ("bass", "piano")]),
        st.one_of(st.just(""), SECTIONS),
    ),
    st.builds(Level, st.sampled_from(["vocals", "band", "drums", "piano", "kazoo", ""]), st.floats(-30, 30)),
    st.builds(Language, st.sampled_from(["en", "zh", "fr", ""])),
    st.builds(Vocals, st.sampled_from(["none", "female", "male", "duet", "robot"])),
    st.builds(Chords, SECTIONS, st.sampled_from([(), ("Am", "F", "C/E"), ("Xy",), ("F#m7b5",), ("Bbsus4",)])),
    st.builds(Feel, MOODS, st.sampled_from(["", "", "rock", "hip-hop", "polka"]), SECTIONS, st.floats(-1, 1)),
    st.builds(
        Length,
        st.one_of(st.none(), st.floats(0, 500)),
        st.sampled_from([0.0, 30.0, -30.0]),
        st.sampled_from([(), ("verse", "chorus"), ("bridge",), ("solo",), ("outro",)]),
    ),
    st.builds(Drop, SECTIONS),
    st.builds(Tune, NOTES),
    st.builds(Retune, st.integers(-60, 60), st.integers(-15, 15)),
    st.just(NewTune()),
)


def consistent(sheet: Sheet) -> None:
    """What every sheet must be, however it came about."""
    plan, score = sheet.plan, sheet.score
    assert [one.name for one in plan.form] == [one.name for one in score.sections]
    assert len({one.name for one in plan.form}) == len(plan.form)
    assert (plan.key, plan.tempo_bpm, plan.genre) == (score.key, score.tempo_bpm, score.genre)
    assert plan.duration_s == score.duration_s
    beat = 0.0
    sung = {place.id: place.text for place in phrases(sheet)}
    voices = {voice.id: voice for voice in plan.voices}
    for section in score.sections:
        assert section.onset == pytest.approx(beat)
        beat += section.bars * score.beats_per_bar
        assert section.chords[0].onset == pytest.approx(section.onset)
        last = section.chords[-1]
        assert last.onset + last.duration == pytest.approx(beat)
        for phrase in section.phrases:
            assert phrase.id.rpartition("/")[0] == section.name
            assert (phrase.id in sung) == (phrase.voice in voices)
            for note in (*phrase.notes, *phrase.harmony):
                assert note.duration > 0
                assert note.onset >= 0
                if phrase.voice in voices:
                    assert voices[phrase.voice].low <= note.midi <= voices[phrase.voice].high
            carried = [note.syllable for note in phrase.notes if note.syllable is not None]
            if phrase.voice in voices:
                assert phrase.text == sung[phrase.id]
                assert carried == list(range(len(phrase.syllables)))
    assert score.seconds(beat) <= score.duration_s + 1e-6
    assert arrange(score)


@pytest.mark.parametrize("language", ["en", "zh"])
@settings(
    max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(several=st.lists(CHANGES, min_size=1, max_size=5), seed=st.integers(0, 50))
def test_any_changes_give_a_song_or_a_sentence(
    language: str, several: list[Change], seed: int, song: Callable[..., Sheet], change: Callable[..., Sheet]
) -> None:
    sheet = song(message_language=language)
    for one in several:
        with suppress(StudioError):
            sheet = change(sheet, one, seed=seed)
            consistent(sheet)
    assert from_json(json.loads(json.dumps(to_json(sheet))), Sheet) == sheet
    assert changes_from_json(json.loads(json.dumps(changes_to_json(tuple(several))))) == tuple(several)


def test_the_same_change_gives_the_same_song(song: Callable[..., Sheet], change: Callable[..., Sheet]) -> None:
    for one in (NewTune(), Rewrite("verse 1"), Chords("verse"), Length(more_s=30)):
        assert change(song(), one, seed=3) == change(song(), one, seed=3)


def test_a_refused_change_says_what_there_is(song: Callable[..., Sheet], change: Callable[..., Sheet]) -> None:
    with pytest.raises(WishError, match="it has intro 1, verse 1"):
        change(song(), Drop("verse 7"))
    with pytest.raises(WishError, match="verse 1 has lines 1 to 4"):
        change(song(), Reword("verse 1/9", "hello"))


def test_the_parents_mix_is_kept_where_levels_stay(song: Callable[..., Sheet], change: Callable[..., Sheet]) -> None:
    sheet = with_gains(song(), {"engine": "embedded", "mix": {"schema": 1}})
    for one in (Reword("verse 1/1", "Rain"), Chords("verse"), Instruments((), ("drums",)), Title("New"), Retune(1, 1)):
        assert change(sheet, one).marks.gains == {"schema": 1}
    for two in (Tempo(factor=1.1), Feel(genre="rock"), Length(more_s=30), Vocals("male"), NewTune()):
        assert change(sheet, two).marks.gains == {}
    assert with_gains(sheet, {"engine": "other"}).marks.gains == {}


def test_every_line_has_a_name_to_aim_at(song: Callable[..., Sheet], change: Callable[..., Sheet]) -> None:
    places = phrases(song())
    assert places[0][:1] + places[0][2:] == ("verse 1/1", "verse", 1, 1, 1)
    assert [place.song_line for place in places] == list(range(1, len(places) + 1))
    assert {place.kind for place in places} == {"verse", "pre-chorus", "chorus", "bridge"}
    second = next(place for place in places if place.kind == "chorus" and place.ordinal == 2)
    assert (second.id, second.line) == ("chorus 2/1", 1)
    assert phrases(change(song(), Vocals("none"))) == ()
