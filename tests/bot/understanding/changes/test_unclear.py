"""What cannot be changed gets one sentence, in both languages, that says why."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from bot.understanding.changes import read_changes
from bot.understanding.words import read_words
from generation.changes import Drop, Instruments
from generation.song import Sheet

_FACT = re.compile(r"\{\w+\}")


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("line 9 of verse 1: hello", "Line 9 of verse 1? It has 4 lines.", "主歌1第 9 句？它只有 4 句。"),
        ("line 40: hello", "Line 40? The song has 22 sung lines.", "第 40 句？整首歌只有 22 句。"),
        ("change 'zebra' to 'lion'", "I can't find “zebra” in the words of this song.", "歌词里没有找到“zebra”。"),
    ],
)
def test_an_impossible_target_is_said(text: str, en: str, zh: str, sheets: Mapping[str, Sheet]) -> None:
    found = read_changes(text, sheets["en"])
    assert not found.changes
    assert found.unclear
    assert (found.unclear.en, found.unclear.zh) == (en, zh)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("change the key", "Which key?"),
        ("drums louder in the chorus", "I can turn a part up or down in the whole song"),
        ("sing verse 2 in Chinese", "I can sing the whole song in another language"),
        ("only piano in the intro", "Which instruments shall be silent there?"),
    ],
)
def test_what_is_too_vague_or_too_small_is_answered_with_what_works(
    text: str, answer: str, sheets: Mapping[str, Sheet]
) -> None:
    found = read_changes(text, sheets["en"])
    assert not found.changes
    assert found.unclear
    assert found.unclear.en.startswith(answer)


def test_a_missing_section_is_answered_with_those_there_are(sheets: Mapping[str, Sheet]) -> None:
    unclear = read_changes("drop the pre-chorus", sheets["en"]).unclear
    assert unclear
    assert unclear.en.startswith("This song has no pre-chorus. It has: intro 1, verse 1, chorus 1")
    assert "主歌1、副歌1" in unclear.zh


def test_what_can_be_done_is_done_beside_what_cannot(sheets: Mapping[str, Sheet]) -> None:
    found = read_changes("no drums, and drop verse 7", sheets["en"])
    assert found.changes == (Instruments((), ("drums",)),)
    assert found.unclear
    assert read_changes("drop verse 2", sheets["en"]).changes == (Drop("verse 2"),)


def test_braces_in_what_members_write_are_only_text(sheets: Mapping[str, Sheet]) -> None:
    unclear = read_changes('change "{word.__class__}" to "x"', sheets["en"]).unclear
    assert unclear
    assert "{word.__class__}" in unclear.en


def test_every_sentence_exists_in_both_languages() -> None:
    english, chinese = read_words("en/changes_unclear"), read_words("zh/changes_unclear")
    assert english.keys() == chinese.keys()
    for key in english:
        assert sorted(_FACT.findall(english[key])) == sorted(_FACT.findall(chinese[key])), key


def test_both_languages_have_the_same_entries() -> None:
    english, chinese = read_words("en/changes"), read_words("zh/changes")
    assert english.keys() == chinese.keys()
    for table in english:
        if table != "ordinals":
            assert english[table].keys() == chinese[table].keys(), table
