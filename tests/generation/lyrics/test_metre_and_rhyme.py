"""Syllables, stresses and rhymes of lines in both languages."""

from __future__ import annotations

import pytest

from generation.lyrics.metre import stresses, syllables
from generation.lyrics.rhyme import mandarin_class, rhymed_share, rhymes


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("The kettle starts to sing a little low", 10),
        ("I set two cups out still before I know", 10),
        ("Grandmother's umbrellas", 6),
        ("Walked, waited, kisses", 5),
        ("", 0),
    ],
)
def test_english_syllables(line: str, count: int) -> None:
    assert syllables(line, "en") == count


def test_unknown_words_count_their_vowel_groups() -> None:
    assert syllables("zorblatine", "en") == 3


def test_chinese_has_a_syllable_a_character() -> None:
    assert syllables("雨啊 请慢一点停", "zh") == 7


def test_stress_falls_where_the_dictionary_has_it() -> None:
    assert stresses("umbrella") == (1, 2, 0)
    assert stresses("the kettle") == (0, 2, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a little low", "before I know"),
        ("behind the glass", "as they pass"),
        ("coming home", "all alone"),  # a nasal for a nasal
        ("my memory", "you and me"),  # a lifted last syllable
        ("yesterday", "here to stay"),
        ("the flower", "by the hour"),
        ("the lights", "tonight"),  # a final s more
    ],
)
def test_english_rhymes(one: str, other: str) -> None:
    assert rhymes(one, other, "en")


@pytest.mark.parametrize(("one", "other"), [("the light", "the night light"), ("the light", "the mind"), ("", "me")])
def test_english_lines_that_do_not_rhyme(one: str, other: str) -> None:
    assert not rhymes(one, other, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [("外婆的茶园", "整整一天"), ("雨一直下", "回到老家"), ("月亮的光", "在路上"), ("天上的星", "一阵晚风")],
)
def test_mandarin_rhymes_by_the_thirteen_tracks(one: str, other: str) -> None:
    same = mandarin_class(one) == mandarin_class(other)
    assert rhymes(one, other, "zh") == same


def test_mandarin_tracks_have_their_customary_names() -> None:
    assert mandarin_class("外婆的茶园") == "言前"
    assert mandarin_class("天上的星") == "中东"
    assert mandarin_class("la la la") == ""


def test_a_character_does_not_rhyme_with_itself() -> None:
    assert not rhymes("回到老家", "这是我的家", "zh")


def test_the_rhymed_share_looks_two_lines_around() -> None:
    assert rhymed_share(["by the sea", "a stone", "you and me", "alone"], "en") == 1.0
    assert rhymed_share(["by the sea", "a stone", "a cup", "you and me"], "en") == 0.0
    assert rhymed_share([], "en") == 0.0
