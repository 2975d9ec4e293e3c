"""However long and senseless a line is, it is read in one go: a step that looks back at every letter would take minutes
here, and the desk is everybody's. `benchmarks/words.py` measures."""

from __future__ import annotations

import pytest

from generation.lyrics.own import sections_of
from generation.voices.pronunciation import syllabify
from generation.voices.pronunciation_said import readable

BYTES = 64 * 1024


@pytest.fixture(scope="module", autouse=True)
def dictionaries() -> None:
    """Read once, whatever is sung."""
    syllabify("rain 雨", "en")


@pytest.mark.parametrize(
    "letters",
    ["a", "bcdf", "'", "a'", "7", "1,", "1.2", "&", "?!", "la ", "e\u0301", "汉", "静静地", "一不", "儿", "汉a"],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_sixty_four_kilobytes_without_a_space_are_read(letters: str, language: str) -> None:
    text = letters * (BYTES // len(letters.encode()))
    assert len(syllabify(text, language)) <= 8 * len(text)


def test_a_long_run_of_letters_keeps_every_letter() -> None:
    assert "".join(one.text for one in syllabify("ab" * 500, "en")) == "ab" * 500


def test_a_pronunciation_given_for_an_endless_word_is_not_tried() -> None:
    assert not readable("a" * 4000, "b" * 4000)


@pytest.mark.parametrize(
    "text",
    [
        "la la la\n" * 5000, "a b\n\n" * 5000, "[Verse]\nla\n" * 5000, "[Chorus]\n" * 5000,
        "one\n[a" + " " * BYTES + "b", "one\nverse" + " " * BYTES + "b", "one\nab" + " *" * BYTES + "b", "[" * BYTES,
    ],
    ids=["lines", "stanzas", "tags", "empty tags", "open tag", "bare tag", "colon", "brackets"],
)  # fmt: skip
def test_own_words_of_any_shape_are_cut_into_sections(text: str) -> None:
    lines = sum(len(section.lines) for section in sections_of(text))
    assert lines <= text.count("\n") + 1
