"""How English is read: one syllable a sung note, spelled and sounded in the same places."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generation.voices.pronunciation import syllabify


def pieces(text: str) -> list[str]:
    return [syllable.text for syllable in syllabify(text, "en")]


def sounds(text: str) -> str:
    syllables = syllabify(text, "en")
    return "".join((" " if one.word_start and at else "") + one.phonemes for at, one in enumerate(syllables))


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("every", 2), ("fire", 1), ("hour", 1), ("our", 1), ("people", 2), ("Shanghai", 2), ("power", 2), ("flower", 2),
        ("higher", 2), ("desire", 2), ("different", 2), ("rhythm", 2), ("prism", 2), ("didn't", 2), ("button", 2),
        ("beautiful", 3), ("violin", 3), ("tomorrow", 3), ("Anna", 2), ("Minstrel", 2), ("lovin'", 2), ("choir", 1),
        ("walked", 1), ("wanted", 2), ("wishes", 2), ("strength", 1), ("a", 1), ("psst", 1),
    ],
)  # fmt: skip
def test_words_have_the_syllables_they_are_sung_with(word: str, count: int) -> None:
    assert len(syllabify(word, "en")) == count


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Shanghai", ["Shang", "hai"]),
        ("little", ["lit", "tle"]),
        ("running", ["run", "ning"]),
        ("every", ["eve", "ry"]),
        ("happiness", ["hap", "pi", "ness"]),
    ],
)
def test_spelling_is_cut_where_the_sounds_are(word: str, parts: list[str]) -> None:
    assert pieces(word) == parts


@pytest.mark.parametrize(
    ("ending", "sound"),
    [("cats", "kˈæts"), ("boxes", "bˈɑksᵻz"), ("dreams", "dɹˈimz"), ("hoped", "hˈOpt"), ("skies", "skˈIz")],
)
def test_endings_follow_the_sound_before_them(ending: str, sound: str) -> None:
    assert sounds(ending) == sound


def test_small_words_are_weak_before_others_and_strong_at_the_end() -> None:
    assert sounds("the day") == "ðə dˈA"
    assert sounds("the evening").startswith("ði ")
    assert sounds("go to").endswith("tˈu")


def test_a_word_with_two_readings_is_read_by_its_neighbour() -> None:
    assert "lˈɪv" in sounds("I want to live again")
    assert "tˈɛɹ" not in sounds("a tear fell")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("42", ["for", "ty", "two"]),
        ("1999", ["nine", "teen", "nine", "ty", "nine"]),
        ("3rd", ["third"]),
        ("DJ", ["D", "J"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
    ],
)
def test_numbers_and_letters_are_spoken_out(written: str, read: list[str]) -> None:
    assert pieces(written) == read


def test_stress_comes_from_the_dictionary() -> None:
    assert [one.stress for one in syllabify("tomorrow", "en")] == [0, 2, 0]


def test_unknown_words_are_read_by_rule_and_known_halves() -> None:
    assert pieces("heartsong") == ["heart", "song"]
    assert len(pieces("zaraveth")) == 3


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["en", "zh"]))
def test_any_text_is_read_without_complaint(text: str, language: str) -> None:
    for syllable in syllabify(text, language):
        assert syllable.text
        assert syllable.phonemes
        assert syllable.language in ("en", "zh")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14))
@example("gh")
@settings(max_examples=200, deadline=None)
def test_the_pieces_of_a_word_spell_the_word(word: str) -> None:
    assert "".join(pieces(word)).rstrip("-") == word
