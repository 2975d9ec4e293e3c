"""How Mandarin is read: characters by phrase, tones in context."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generation.voices import pronunciation_zh
from generation.voices.pronunciation import syllabify


def tones(text: str) -> list[int]:
    return [one.tone for one in syllabify(text, "zh")]


def said(text: str) -> list[str]:
    return [reading.pinyin + str(reading.tone) for reading in pronunciation_zh.readings(text)]


def test_one_syllable_a_character() -> None:
    assert [one.text for one in syllabify("窗外的雨一直下", "zh")] == list("窗外的雨一直下")


def test_er_colours_the_syllable_before_it_or_stands_alone() -> None:
    assert [one.text for one in syllabify("一点儿", "zh")] == ["一", "点儿"]
    assert [one.text for one in syllabify("女儿", "zh")] == ["女", "儿"]
    assert [one.text for one in syllabify("花儿", "zh")] == ["花", "儿"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不是", [2, 4]),
        ("不来", [4, 2]),
        ("一定", [2, 4]),
        ("一天", [4, 1]),
        ("第一", [4, 1]),
        ("你好", [2, 3]),
        ("我想你", [2, 2, 3]),
        ("一个", [2, 4]),
    ],
)
def test_tones_change_with_their_neighbours(text: str, expected: list[int]) -> None:
    assert tones(text) == expected


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("银行", ["yin2", "hang2"]),
        ("行走", ["xing2", "zou3"]),
        ("长大", ["zhang3", "da4"]),
        ("音乐", ["yin1", "yue4"]),
        ("快乐", ["kuai4", "le4"]),
        ("觉得", ["jue2", "de5"]),
        ("静静地走", ["jing4", "jing4", "de5", "zou3"]),
        ("在大地上", ["zai4", "da4", "di4", "shang4"]),
    ],
)
def test_a_character_is_read_by_its_word(text: str, reading: list[str]) -> None:
    assert said(text) == reading


def test_numbers_are_counted_and_years_spelled() -> None:
    assert "".join(one.text for one in syllabify("12个", "zh")) == "十二个"
    assert "".join(one.text for one in syllabify("2024年", "zh")) == "二零二四年"
    assert "".join(one.text for one in syllabify("10086", "zh")) == "一万零八十六"


def test_each_word_is_read_in_its_own_language() -> None:
    syllables = syllabify("我爱你 baby", "zh")
    assert [one.language for one in syllables] == ["zh", "zh", "zh", "en", "en"]
    assert [one.text for one in syllabify("I love 北京", "en")] == ["I", "love", "北", "京"]


def test_neutral_syllables_carry_no_stress() -> None:
    assert [one.stress for one in syllabify("我的", "zh")] == [2, 0]


def test_every_sound_is_in_the_alphabet_of_the_model() -> None:
    known = json.loads((Path(pronunciation_zh.__file__).parent / "words" / "vocab.json").read_text("utf-8"))["vocab"]
    line = "床前明月光疑是地上霜举头望明月低头思故乡女绿雪军穷瓮略日儿耳知吃诗资词思嗯哦"
    for syllable in syllabify(line, "zh"):
        assert set(syllable.phonemes) <= set(known)
