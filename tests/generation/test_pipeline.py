"""The way from request to sound: the same twice, and repairable without rerolling the rest."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from generation.band import arrange, play
from generation.engines.embedded import EmbeddedEngine
from generation.errors import Cancelled
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import perform, write_sheet
from generation.score import compose
from generation.song import Line, Lyrics, Score, Sheet, SongRequest, to_json
from generation.voices.debug import DebugSinger
from generation.voices.kokoro import KokoroSinger

REQUEST = SongRequest(text="", genre=("pop",), theme="rain", tempo_bpm=100.0, vocals="female", duration_s=45.0)


def quiet(_stage: str, _fraction: float) -> None: ...


def never() -> bool:
    return False


def phrases(score: Score) -> dict[str, tuple[float, float]]:
    """First onset and last end of every sung phrase, in seconds."""
    return {
        phrase.id: (
            score.seconds(phrase.notes[0].onset),
            score.seconds(phrase.notes[-1].onset + phrase.notes[-1].duration),
        )
        for section in score.sections
        for phrase in section.phrases
        if phrase.syllables
    }


def with_line(lyrics: Lyrics, section: int, line: int, text: str) -> Lyrics:
    lines = list(lyrics.sections[section].lines)
    lines[line] = Line(text, "member")
    sections = list(lyrics.sections)
    sections[section] = replace(sections[section], lines=tuple(lines))
    return replace(lyrics, sections=tuple(sections))


def test_the_same_request_and_seed_give_the_same_score() -> None:
    one, two = (write_sheet(REQUEST, 5, VerseLyricist(), DebugSinger()) for _ in range(2))
    assert json.dumps(to_json(one)) == json.dumps(to_json(two))


def test_another_seed_gives_another_song() -> None:
    one, two = (write_sheet(REQUEST, seed, VerseLyricist(), DebugSinger()) for seed in (5, 6))
    assert one.score.sections != two.score.sections


class Take:
    """One sheet as sung and played, before the mix."""

    def __init__(self, sheet: Sheet, singer: KokoroSinger) -> None:
        self.score = sheet.score
        self.sung = singer.sing(sheet.score, lambda _: None, never)
        self.band = play(sheet.score, arrange(sheet.score), lambda _: None, never)


Pair = tuple[Take, Take, str]


@pytest.fixture(scope="module")
def pair() -> Pair:
    singer = KokoroSinger()
    before = write_sheet(REQUEST, 5, VerseLyricist(), singer)
    verse = next(i for i, section in enumerate(before.lyrics.sections) if section.kind == "verse")
    lyrics = with_line(before.lyrics, verse, 1, "I leave my old umbrella at the door")
    after = Sheet(before.request, before.plan, lyrics, compose(before.plan, lyrics, singer.syllabify))
    takes = [Take(sheet, singer) for sheet in (before, after)]
    return takes[0], takes[1], f"{before.lyrics.sections[verse].name}/2"


class TestRepair:
    """One line is changed; every stem and every other phrase stays, sample by sample."""

    def test_only_the_changed_phrase_has_new_notes(self, pair: Pair) -> None:
        before, after, changed = pair
        for old, new in zip(before.score.sections, after.score.sections, strict=True):
            assert old.chords == new.chords
            for one, two in zip(old.phrases, new.phrases, strict=True):
                assert (one == two) == (one.id != changed)

    def test_every_instrument_stays(self, pair: Pair) -> None:
        before, after, _ = pair
        for old, new in zip(before.band, after.band, strict=True):
            assert np.array_equal(old.audio, new.audio), old.name

    def test_every_other_sung_phrase_stays(self, pair: Pair) -> None:
        before, after, changed = pair
        margin = 0.4
        start, end = phrases(after.score)[changed]
        old_start, old_end = phrases(before.score)[changed]
        first, last = (int(second * 44_100) for second in (min(start, old_start) - margin, max(end, old_end) + margin))
        assert not np.array_equal(before.sung.lead[first:last], after.sung.lead[first:last])
        assert np.array_equal(before.sung.lead[:first], after.sung.lead[:first])
        assert np.array_equal(before.sung.lead[last:], after.sung.lead[last:])


def test_a_song_can_be_stopped() -> None:
    singer = KokoroSinger()
    sheet = write_sheet(REQUEST, 5, VerseLyricist(), singer)
    with pytest.raises(Cancelled):
        perform(sheet, EmbeddedEngine(singer, "template-lyrics"), quiet, lambda: True)
