"""Timed lyrics: a header, headings and every sung line with its time."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generation.score.lrc import lrc
from generation.score.measures import sung
from generation.song import AlignedSyllable, SongRequest


def test_every_sung_line_is_there_at_the_time_of_the_score(write: Any) -> None:
    song = write(SongRequest(genre=("pop",)), 4)
    text = lrc(song.score, song.lyrics, ())
    rows = re.findall(r"^\[(\d\d):(\d\d\.\d\d)\](.*)$", text, re.MULTILINE)
    lines = [(int(m) * 60 + float(s), words) for m, s, words in rows if not words.startswith("[")]
    assert [words for _, words in lines] == [phrase.text for phrase in sung(song.score)]
    for (time, _), phrase in zip(lines, sung(song.score), strict=True):
        assert time == pytest.approx(song.score.seconds(phrase.notes[0].onset), abs=0.006)
    times = [int(m) * 60 + float(s) for m, s, _ in rows]
    assert times == sorted(times)


def test_headers_and_headings(write: Any) -> None:
    song = write(SongRequest(genre=("pop",), duration_s=125.0), 4)
    text = lrc(song.score, song.lyrics, ())
    assert text.startswith("[ti:The Empty Street]\n[length:02:05]\n")
    assert text.count("[Chorus]\n") == sum(section.kind == "chorus" for section in song.plan.form)
    assert "[Verse]\n" in text


def test_the_heard_time_wins_over_the_written_one(write: Any) -> None:
    song = write(SongRequest(genre=("pop",)), 4)
    heard = AlignedSyllable("verse 1/1", 0, 12.34, 12.6)
    assert "[00:12.34]" + sung(song.score)[0].text in lrc(song.score, song.lyrics, (heard,))


def test_an_instrumental_has_headings_only(write: Any) -> None:
    song = write(SongRequest(genre=("ambient",), vocals="none"), 4)
    rows = lrc(song.score, song.lyrics, ()).splitlines()[3:]
    assert rows
    assert all(row.endswith("]") for row in rows)
