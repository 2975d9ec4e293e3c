"""Credits by name, where several members wrote the words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generation.passport import Operator, passport
from generation.song import Line, Lyrics, LyricSection, Track

HOUSE = Operator("A House", region="DE")
NOW = "2026-11-22T10:00:00Z"


def written_by(song: Track, *names: str) -> Track:
    lines = tuple(
        Line(f"line {at}", "member" if name != "Minstrel" else "machine", "" if name in {"Minstrel", "?"} else name)
        for at, name in enumerate(names)
    )
    chorus = LyricSection("chorus 1", "chorus", lines)
    lyrics = Lyrics("Together", "en", (chorus, replace(chorus, name="chorus 2")))
    return replace(song, sheet=replace(song.sheet, lyrics=lyrics))


def test_everybody_is_credited_with_the_lines_they_wrote(track: Any) -> None:
    song = written_by(track(), "Ann", "Ann", "Bo", "Minstrel", "Ann", "Bo", "Minstrel", "Minstrel", "Minstrel")
    record = passport(song, HOUSE, NOW)
    assert record["authorship"]["credits"] == {"Minstrel": 4, "Ann": 3, "Bo": 2}
    assert record["remarks"][-1] == {
        "en": "Words: Minstrel 4 lines, Ann 3 lines, Bo 2 lines.",
        "zh": "歌词：Minstrel 4 行、Ann 3 行、Bo 2 行。",
    }
    assert record["lyrics"]["sections"][0]["lines"][0]["by"] == "Ann"


def test_a_song_of_one_writer_has_no_credit_line(track: Any) -> None:
    for names in (("Ann", "Ann"), ("?", "Minstrel"), ("Minstrel",)):
        record = passport(written_by(track(), *names), HOUSE, NOW)
        assert not any("Words:" in remark["en"] for remark in record["remarks"])


def test_a_crowd_is_counted_and_the_note_keeps_its_size(track: Any) -> None:
    record = passport(written_by(track(), *(f"Singer number {at}" for at in range(40))), HOUSE, NOW)
    assert record["remarks"][-1]["en"].endswith("28 more.")
    assert len(record["authorship"]["credits"]) == 40
    assert max(len(text) for text in record["note"].values()) <= 500
