"""However long and senseless a line is, reading it takes time in proportion: the desk is everybody's."""

from __future__ import annotations

import time

import pytest

from generation.lyrics.own import sections_of
from generation.voices.pronunciation import syllabify
from generation.voices.pronunciation_said import readable

BYTES = 64 * 1024
MOST_S = 0.5


@pytest.fixture(scope="module", autouse=True)
def dictionaries() -> None:
    """Read once, whatever is sung."""
    syllabify("rain 雨", "en")


@pytest.mark.parametrize(
    "letters",
    ["a", "bcdf", "'", "a'", "7", "1,", "1.2", "&", "?!", "la ", "e\u0301", "汉", "静静地", "一不", "儿", "汉a"],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_sixty_four_kilobytes_without_a_space_are_read_in_half_a_second(letters: str, language: str) -> None:
    text = letters * (BYTES // len(letters.encode()))
    begun = time.process_time()
    syllabify(text, language)
    assert time.process_time() - begun < MOST_S


def test_a_long_run_of_letters_keeps_every_letter() -> None:
    assert "".join(one.text for one in syllabify("ab" * 500, "en")) == "ab" * 500


def test_a_pronunciation_given_for_an_endless_word_is_not_tried() -> None:
    begun = time.process_time()
    assert not readable("a" * 4000, "b" * 4000)
    assert time.process_time() - begun < MOST_S


@pytest.mark.parametrize(
    "text",
    [
        "la la la\n" * 5000, "a b\n\n" * 5000, "[Verse]\nla\n" * 5000, "[Chorus]\n" * 5000,
        "one\n[a" + " " * BYTES + "b", "one\nverse" + " " * BYTES + "b", "one\nab" + " *" * BYTES + "b", "[" * BYTES,
    ],
    ids=["lines", "stanzas", "tags", "empty tags", "open tag", "bare tag", "colon", "brackets"],
)  # fmt: skip
def test_own_words_of_any_shape_are_cut_into_sections_in_a_moment(text: str) -> None:
    begun = time.process_time()
    sections_of(text)
    assert time.process_time() - begun < 2 * MOST_S
