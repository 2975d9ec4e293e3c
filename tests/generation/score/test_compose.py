"""The score as a whole: determinism, repair of one line, returns, duets, rap, instrumentals, odd lyrics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from generation.plan import plan
from generation.score import compose
from generation.score.genre import PLAYABLE
from generation.score.keys import parse_key
from generation.score.measures import rubs, sung
from generation.song import INSTRUMENT, Line, Lyrics, LyricSection, Phrase, Score, SongRequest, from_json, to_json


def changed(one: Score, other: Score) -> list[str]:
    pairs = zip(sung(one), sung(other), strict=True)
    return [before.id for before, after in pairs if before != after]


def with_line(lyrics: Lyrics, name: str, number: int, text: str) -> Lyrics:
    sections = []
    for section in lyrics.sections:
        lines = list(section.lines)
        if section.name == name or (section.kind == "chorus" and name == "chorus"):
            lines[number] = Line(text, "member")
        sections.append(replace(section, lines=tuple(lines)))
    return replace(lyrics, sections=tuple(sections))


def test_the_same_request_gives_the_same_score(write: Any) -> None:
    request = SongRequest(genre=("pop",))
    assert write(request, 5).score == write(request, 5).score
    assert write(request, 5).score != write(request, 6).score


def test_a_score_survives_json(write: Any) -> None:
    score = write(SongRequest(genre=("jazz",)), 3).score
    assert from_json(to_json(score), Score) == score


@pytest.mark.parametrize("genre", ["pop", "hip-hop", "lullaby"])
def test_new_words_in_one_verse_line_change_that_line_alone(write: Any, syllables: Any, genre: str) -> None:
    song = write(SongRequest(genre=(genre,)), 8)
    edited = with_line(song.lyrics, "verse 1", 1, "Nobody answers the telephone now")
    score = compose(song.plan, edited, syllables)
    assert changed(song.score, score) == ["verse 1/2"]
    assert [s.chords for s in score.sections] == [s.chords for s in song.score.sections]


def test_new_words_in_the_chorus_change_its_returns_alike(write: Any, syllables: Any) -> None:
    song = write(SongRequest(genre=("pop",)), 8)
    edited = with_line(song.lyrics, "chorus", 0, "Nobody answers the telephone now")
    score = compose(song.plan, edited, syllables)
    assert all(name.startswith("chorus") and name.endswith("/1") for name in changed(song.score, score))
    assert len(changed(song.score, score)) == sum(s.kind == "chorus" for s in song.plan.form)


def test_a_chorus_that_returns_is_the_same_to_the_note(songbook: Any) -> None:
    def tune(section: Any) -> list[Any]:
        return [
            [(n.onset - section.onset, n.duration, n.midi, n.syllable) for n in (*phrase.notes, *phrase.harmony)]
            for phrase in section.phrases
        ]

    for song in songbook:
        choruses = [section for section in song.score.sections if section.kind == "chorus"]
        for other in choruses[1:]:
            assert tune(other) == tune(choruses[0]), song.plan.genre


def test_chorus_lines_have_a_second_part(songbook: Any) -> None:
    for song in songbook:
        for section in song.score.sections:
            for phrase in section.phrases:
                if section.kind == "chorus":
                    assert [n.syllable for n in phrase.harmony] == [n.syllable for n in phrase.notes]
                    assert [n.onset for n in phrase.harmony] == [n.onset for n in phrase.notes]
                else:
                    assert phrase.harmony == ()


def test_a_duet_shares_the_song(write: Any) -> None:
    song = write(SongRequest(genre=("ballad",), vocals="duet", duration_s=150), 4)
    voices = [voice.id for voice in song.plan.voices]
    by_section = {s.name: {p.voice for p in s.phrases if p.voice != INSTRUMENT} for s in song.score.sections}
    assert by_section["verse 1"] == {voices[0]}
    assert by_section["verse 2"] == {voices[1]}
    assert by_section["chorus 1"] == set(voices)


def test_rap_keeps_to_the_grid_and_rhymes_on_the_last_beat(write: Any) -> None:
    song = write(SongRequest(genre=("hip-hop",)), 2)
    assert song.plan.spoken
    ends = []
    for phrase in sung(song.score):
        assert phrase.spoken
        assert max(n.midi for n in phrase.notes) - min(n.midi for n in phrase.notes) <= 7
        assert all(abs(note.onset * 4 - round(note.onset * 4)) < 1e-9 for note in phrase.notes)
        ends.append(min(abs(note.onset % 4 - 3) for note in phrase.notes[-3:]) < 0.01)
    assert sum(ends) / len(ends) > 0.8


def test_an_instrumental_has_a_tune_and_no_words(write: Any) -> None:
    song = write(SongRequest(genre=("lo-fi",), vocals="none"), 2)
    assert song.plan.voices == ()
    phrases: list[Phrase] = [phrase for section in song.score.sections for phrase in section.phrases]
    assert {phrase.voice for phrase in phrases} == {INSTRUMENT}
    assert all(phrase.notes and not phrase.syllables for phrase in phrases)
    assert {"verse", "chorus"} <= {section.kind for section in song.score.sections if section.phrases}


def test_the_introduction_quotes_the_chorus(write: Any) -> None:
    score = write(SongRequest(genre=("pop",)), 7).score
    intro = next(section for section in score.sections if section.kind == "intro")
    assert intro.phrases
    assert all(phrase.voice == INSTRUMENT for phrase in intro.phrases)


def test_chords_cover_every_section_and_the_song_ends_at_home(songbook: Any) -> None:
    for song in songbook:
        for section in song.score.sections:
            assert section.chords[0].onset == pytest.approx(section.onset)
            assert all(a.onset + a.duration == pytest.approx(b.onset) for a, b in pairwise(section.chords))
            end = section.chords[-1].onset + section.chords[-1].duration
            assert end == pytest.approx(section.onset + section.bars * song.score.beats_per_bar)
        last = song.score.sections[-1].chords[-1]
        assert last.root == parse_key(song.plan.key).tonic


def test_a_line_of_forty_syllables_is_sung_whole(voices: Any, syllables: Any) -> None:
    long = (
        "I never knew that all the people on the platform would be waiting for a train that isn't coming any more " * 2
    )
    own = (
        LyricSection("verse 1", "verse", (Line("A short one", "member"), Line(long, "member"), Line("Go", "member"))),
        LyricSection("chorus 1", "chorus", (Line("We sing", "member"), Line("We sing along", "member"))),
    )
    song_plan = plan(SongRequest(genre=("pop",), lyrics="given"), 3, voices, own)
    score = compose(song_plan, Lyrics("Platform", "en", own), syllables)
    for phrase in sung(score):
        assert [n.syllable for n in phrase.notes if n.syllable is not None] == list(range(len(phrase.syllables)))
        gaps = [score.seconds(b.onset) - score.seconds(a.onset) for a, b in pairwise(phrase.notes)]
        assert min(gaps, default=1.0) >= 0.15


def test_an_empty_line_is_a_rest(write: Any, syllables: Any) -> None:
    song = write(SongRequest(genre=("folk",)), 2)
    score = compose(song.plan, with_line(song.lyrics, "verse 1", 0, "…"), syllables)
    assert changed(song.score, score) == ["verse 1/1"]
    assert sung(score)[0].notes == ()


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8", "2/4"])
def test_every_metre_works_in_every_genre(write: Callable[..., Any], metre: str) -> None:
    for genre in PLAYABLE[::3]:
        song = write(SongRequest(genre=(genre,), time_signature=metre, duration_s=60), 1)
        assert song.score.time_signature == metre
        assert rubs(song.score) == []
        bars = sum(section.bars for section in song.score.sections)
        last = song.score.sections[-1]
        assert last.onset + last.bars * song.score.beats_per_bar == pytest.approx(bars * song.score.beats_per_bar)
