"""What a sentence changes in a song that is there: hundreds of sentences on two fixed songs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.changes import read_changes
from bot.understanding.verbs import verb_of
from generation.changes import Reword, changes_from_json, changes_to_json
from generation.song import Sheet


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()]


SENTENCES = _read("sentences.jsonl")
KEPT_BACK = _read("kept_back.jsonl")
"""Not looked at while the word lists were written."""


def _is_read(row: dict[str, Any], sheet: Sheet) -> bool:
    found = read_changes(row["text"], sheet)
    return set(found.changes) == set(changes_from_json(row["changes"])) and bool(found.unclear) == row["unclear"]


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["text"][:40])
def test_a_sentence_changes_what_it_says_and_nothing_else(row: dict[str, Any], sheets: Mapping[str, Sheet]) -> None:
    found = read_changes(row["text"], sheets[row["sheet"]])
    assert set(found.changes) == set(changes_from_json(row["changes"]))
    assert (found.unclear is not None) == row["unclear"]


def test_nearly_every_sentence_kept_back_is_read_too(sheets: Mapping[str, Sheet]) -> None:
    missed = [row["text"] for row in KEPT_BACK if not _is_read(row, sheets[row["sheet"]])]
    assert len(missed) <= 0.03 * len(KEPT_BACK), missed


def test_with_a_song_at_hand_a_fragment_is_about_that_song(sheets: Mapping[str, Sheet]) -> None:
    assert verb_of("no drums please", sheets["en"]) == "change"
    assert verb_of("jazz, 100 bpm, female singer, about coffee", sheets["en"]) == "song"
    assert verb_of("you're funny", sheets["en"]) == ""


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("call it High Tide", "change"),
        ("no wait, about rivers", "change"),
        ("violin in the bridge and the chorus", "change"),
        ("the drums drown out the vocals", "change"),
        ("only piano in the intro", "change"),
        ("add a harp", "change"),
        ("for my friends only?", "licence"),
        ("lose twenty seconds", "shorter"),
        ("another take, but slower", "again"),
        ("give me everything", "stems"),
        ("what did you change?", ""),
        ("a song about the group", "song"),
    ],
)
def test_what_is_said_of_the_song_at_hand_is_told_from_all_else(
    text: str, verb: str, sheets: Mapping[str, Sheet]
) -> None:
    assert verb_of(text, sheets["en"]) == verb


@pytest.mark.parametrize(
    ("text", "verb"),
    [("主歌和弦用G D Em C", "change"), ("能不能用英语唱", "change"), ("只给朋友听可以吗？", "licence")],
)
def test_the_same_holds_in_chinese(text: str, verb: str, sheets: Mapping[str, Sheet]) -> None:
    assert verb_of(text, sheets["zh"]) == verb


def test_a_whole_section_can_be_given_line_by_line(sheets: Mapping[str, Sheet]) -> None:
    given = "verse 2 should be:\nMy father sent a postcard twice\nHe wrote it with a pencil blue"
    wanted = (
        Reword("verse 2/1", "My father sent a postcard twice"),
        Reword("verse 2/2", "He wrote it with a pencil blue"),
    )
    assert read_changes(given, sheets["en"]).changes == wanted
    assert read_changes("桥段改成：别怕夜太黑 / 有灯在窗内", sheets["zh"]).changes == (
        Reword("bridge 1/1", "别怕夜太黑"),
        Reword("bridge 1/2", "有灯在窗内"),
    )
    assert verb_of(given, sheets["en"]) == "change"
    pasted = "[Verse 1]\nMy father sent a card\nHe wrote it twice\n\n[Chorus]\nHold on\nHold on to me"
    assert verb_of(pasted, sheets["en"]) == "song"
    too_many = read_changes("bridge: one / two / three", sheets["en"])
    assert not too_many.changes
    assert too_many.unclear


FRAGMENTS = [row["text"] for row in SENTENCES]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=40), max_size=6), st.sampled_from(["en", "zh"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_an_error(sheets: Mapping[str, Sheet], pieces: list[str], language: str) -> None:
    found = read_changes(", ".join(pieces), sheets[language])
    assert found.changes or found.unclear
    assert changes_from_json(changes_to_json(found.changes)) == found.changes


@pytest.mark.parametrize(
    "piece", ["change rain to snow and ", "line 3 ", "第二段第一句改成", "Am F C G ", "高一点，", '"']
)
def test_a_huge_message_is_read_or_asked_about(piece: str, sheets: Mapping[str, Sheet]) -> None:
    found = read_changes(piece * (20_000 // len(piece)), sheets["en"])
    assert found.changes or found.unclear
