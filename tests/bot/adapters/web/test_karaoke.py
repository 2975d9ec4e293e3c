"""Words follow the voice: every word once, in order, within its line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.adapters.web.karaoke import BARS, peaks, sung_lines
from bot.app import open_studio
from generation.mix.encode import encode
from generation.pipeline import write_sheet
from generation.song import SAMPLE_RATE, Score, SongRequest

TEXTS = {"en": "the sea at night", "zh": "外婆的茶园"}


def a_score(language: str) -> Score:
    studio = open_studio("debug")
    request = SongRequest(theme=TEXTS[language], language=language, message_language=language, duration_s=60)
    return write_sheet(request, 3, studio.lyricist, studio.singer).score


@pytest.mark.parametrize("language", TEXTS)
def test_every_word_has_its_time(language: str) -> None:
    score = a_score(language)
    lines = sung_lines(score)
    assert [line.start_s for line in lines] == sorted(line.start_s for line in lines)
    for line in lines:
        times = [at for at, _ in line.words]
        assert times == sorted(times)
        assert line.start_s == times[0] < line.end_s <= score.duration_s + 1
        assert line.spaced == (language == "en")
    said = [(" " if line.spaced else "").join(word for _, word in line.words) for line in lines]
    written = [p.text for s in score.sections for p in s.phrases if p.syllables]
    assert sorted("".join(text.split()) for text in said) == sorted("".join(text.split()) for text in written)


def test_a_section_is_named_at_its_first_line() -> None:
    headings = [line.section for line in sung_lines(a_score("en")) if line.section]
    assert len(headings) == len(set(headings)) > 1


def test_times_are_those_heard_where_the_passport_has_them(tmp_path: Path) -> None:
    score = a_score("en")
    phrase = next(p for s in score.sections for p in s.phrases if p.syllables)
    row = {"phrase": phrase.id, "syllable": 0, "start_s": 0.123, "end_s": 0.2}
    (tmp_path / "song.json").write_text(json.dumps({"alignment": [row]}))
    assert sung_lines(score, tmp_path / "song.json")[0].start_s == 0.123
    for broken in ("", "[]", '{"alignment": 5}', '{"alignment": [{}]}'):
        (tmp_path / "song.json").write_text(broken)
        assert sung_lines(score, tmp_path / "song.json") == sung_lines(score)


def test_words_spoken_otherwise_than_written_share_the_line() -> None:
    score = a_score("en")
    section = next(s for s in score.sections if any(p.syllables for p in s.phrases))
    phrase = next(p for p in section.phrases if p.syllables)
    odd = replace(score, sections=(replace(section, phrases=(replace(phrase, text="99 bottles"),)),))
    ((first, _), (second, _)) = sung_lines(odd)[0].words
    assert first < second


def test_the_outline_is_kept_and_ends_where_the_song_ends(tmp_path: Path) -> None:
    song, cache = tmp_path / "song.mp3", tmp_path / "cache"
    cache.mkdir()
    tone = np.sin(np.arange(12 * SAMPLE_RATE) * 0.05) * np.linspace(0, 0.8, 12 * SAMPLE_RATE)
    encode(np.stack([tone, tone]).astype(np.float32), SAMPLE_RATE, song, {})
    outline, duration = peaks(song, cache)
    assert len(outline) == BARS
    assert max(outline[-5:]) == max(outline) == 1.0
    assert min(outline) >= 0.0
    assert duration == pytest.approx(12, abs=0.2)
    assert peaks(song, cache) == (outline, duration)
    assert len(list(cache.iterdir())) == 1


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    import av

    (tmp_path / "song.mp3").write_bytes(b"MZ" * 1000)
    with pytest.raises((OSError, av.FFmpegError)):
        peaks(tmp_path / "song.mp3", tmp_path)
