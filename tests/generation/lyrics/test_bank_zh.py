"""The Mandarin verse bank: every entry keeps the form a lyricist relies on."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from typing import Any

import pytest

from generation.lyrics.rhyme import rhymed_share
from generation.lyrics.versebook import ANY_SONG, GIVEN_TITLE, KINDS, PACKAGED, Entry, read_bank

MOODS = set("happy sad calm energetic romantic nostalgic dark hopeful angry dreamy funny epic lonely tense".split())  # noqa: SIM905
GENERIC = [f"about-{kind}" for kind in ("person", "animal", "place", "thing", "event", "feeling", "anything")]
NOMINAL_LENGTH = {"place": 2, "person": 2, "subject": 6, "word": 2, "title": 4}
"""Syllables of a typical filling: 上海, 小雨, 外婆的旧茶园, 茶园, 留一盏灯."""
SLOT = re.compile(r"\{([a-z]+)\}")
PLAIN_LINE = re.compile(r"[\u4e00-\u9fff]+( [\u4e00-\u9fff]+)*")
LEAST = {"verse": 5, "pre-chorus": 1, "bridge": 1, "chorus": 2}
LEAST_GENERIC = {"verse": 8, "pre-chorus": 2, "bridge": 2, "chorus": 3}
PARTS = {
    GIVEN_TITLE: {"chorus": 6},
    "about-deed": {"verse": 10, "pre-chorus": 2, "bridge": 2},
    ANY_SONG: {"verse": 10, "pre-chorus": 10, "bridge": 8},
}
"""Files that serve any theme with a part of a song, and what they must hold."""


@cache
def files() -> dict[str, dict[str, Any]]:
    """Every file of the bank as written, by its stem."""
    paths = sorted((PACKAGED / "zh").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


@cache
def entries() -> list[Entry]:
    return [entry for theme in read_bank(PACKAGED, "zh").values() for entry in theme.entries]


def of(theme: str) -> list[Entry]:
    return [entry for entry in entries() if entry.theme == theme]


def length(line: str) -> int:
    """Sung syllables of a line, a slot counted at the length of a typical filling."""
    return len(SLOT.sub("", line).replace(" ", "")) + sum(NOMINAL_LENGTH[slot] for slot in SLOT.findall(line))


def rhymed(entry: Entry) -> bool:
    """A couplet rhymes; a chorus leaves one line of four alone at most (AABA, AAXA). A slot rhymes with nothing."""
    return rhymed_share(entry.lines, "zh") >= (0.75 if entry.kind == "chorus" else 1.0)


def spread_allowed(entry: Entry) -> int:
    """A filling may be shorter or longer than its nominal length, so lines with a slot may differ by two more."""
    return (2 if entry.kind == "chorus" else 1) + 2 * bool(entry.slots)


def test_the_bank_is_large_enough() -> None:
    prepared = [theme for theme in files() if theme not in {*GENERIC, *PARTS}]
    assert sum(2 if entry.kind == "chorus" else 1 for entry in entries()) >= 350
    assert len(prepared) >= 30
    assert {*GENERIC, *PARTS} <= set(files())


@pytest.mark.parametrize("theme", sorted(files()))
def test_a_file_says_what_it_is_for(theme: str) -> None:
    data = files()[theme]
    assert set(data) <= {"theme", "words_en", "words_zh", "moods", *KINDS}
    assert data["theme"] == theme
    assert data["moods"]
    assert set(data["moods"]) <= MOODS
    assert all(word == word.lower().strip() and word.isascii() for word in data["words_en"])
    assert all(PLAIN_LINE.fullmatch(word) for word in data["words_zh"])
    if theme not in {"about-anything", *PARTS}:
        assert data["words_en"]
        assert data["words_zh"]


@pytest.mark.parametrize("words", ["words_en", "words_zh"])
def test_a_word_leads_to_one_theme(words: str) -> None:
    counted = Counter(word for data in files().values() for word in data[words])
    assert [word for word, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("theme", sorted(files()))
def test_a_theme_fills_a_whole_song(theme: str) -> None:
    counted = Counter(entry.kind for entry in of(theme))
    least = PARTS.get(theme, LEAST_GENERIC if theme in GENERIC else LEAST)
    assert all(counted[kind] >= number for kind, number in least.items()), counted


@pytest.mark.parametrize("theme", sorted(set(files()) - {*GENERIC, *PARTS}))
def test_a_prepared_theme_needs_no_slot(theme: str) -> None:
    plain = Counter(entry.kind for entry in of(theme) if not entry.slots)
    assert plain["verse"] >= 5
    assert all(plain[kind] >= 1 for kind in ("pre-chorus", "bridge", "chorus"))


@pytest.mark.parametrize("theme", sorted(set(files()) - {"about-deed", ANY_SONG}))
def test_every_mood_of_a_file_has_a_chorus(theme: str) -> None:
    sung = {mood for entry in of(theme) if entry.kind == "chorus" for mood in entry.moods}
    assert set(files()[theme]["moods"]) - sung == set()


def test_lines_are_han_characters_breaths_and_slots() -> None:
    odd = [
        (entry.theme, line)
        for entry in entries()
        for line in entry.lines
        if not set(SLOT.findall(line)) <= set(NOMINAL_LENGTH) or not PLAIN_LINE.fullmatch(SLOT.sub("某", line))
    ]
    assert odd == []


def test_lines_are_short_enough_to_sing() -> None:
    odd = [
        (entry.theme, line)
        for entry in entries()
        for line in entry.lines
        if not (3 if entry.kind == "chorus" else 5) <= length(line) <= (12 if "{" in line else 10)
    ]
    assert odd == []


def test_the_lines_of_an_entry_are_equally_long() -> None:
    assert [entry for entry in entries() if len(entry.lines) != (4 if entry.kind == "chorus" else 2)] == []
    uneven = []
    for entry in entries():
        lengths = [length(line) for line in entry.lines]
        if max(lengths) - min(lengths) > spread_allowed(entry):
            uneven.append((entry.theme, entry.lines, lengths))
    assert uneven == []


def test_every_couplet_and_chorus_rhymes() -> None:
    assert [(entry.theme, entry.lines) for entry in entries() if not rhymed(entry)] == []


def test_a_chorus_sings_its_title() -> None:
    choruses = [entry for entry in entries() if entry.kind == "chorus"]
    assert [entry.lines for entry in choruses if not entry.title] == []
    unsung = [entry for entry in choruses if not any(entry.title in line for line in entry.lines)]
    assert [(entry.theme, entry.title) for entry in unsung] == []
    counted = Counter(entry.title for entry in choruses if not SLOT.search(entry.title))
    assert [title for title, count in counted.items() if count > 1] == []


def test_moods_are_known() -> None:
    assert [entry.lines for entry in entries() if not entry.moods <= MOODS] == []


def test_no_line_stands_twice_in_the_bank() -> None:
    counted = Counter(line for entry in entries() for line in set(entry.lines) if SLOT.sub("", line).strip())
    assert [line for line, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("theme", GENERIC)
def test_a_generic_file_names_its_subject_often(theme: str) -> None:
    """Every chorus, and about half of the couplets, so that a listener hears what the song is about."""
    couplets = [entry for entry in of(theme) if entry.kind != "chorus"]
    assert all(entry.slots for entry in of(theme) if entry.kind == "chorus")
    assert 0.4 <= sum(bool(entry.slots) for entry in couplets) / len(couplets) <= 0.75
    slots = {slot for entry in of(theme) for slot in entry.slots}
    assert slots <= {"subject", "word"}, "a generic entry may not depend on a name the request need not give"


def test_the_choruses_for_a_given_title_are_built_on_it() -> None:
    given = of(GIVEN_TITLE)
    assert len(given) >= 6
    assert {entry.kind for entry in given} == {"chorus"}
    assert all(entry.title == "{title}" and entry.slots == {"title"} for entry in given)
    assert MOODS - {mood for entry in given for mood in entry.moods} == set()
