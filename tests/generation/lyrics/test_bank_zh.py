"""The Mandarin verse bank: every entry keeps the form a lyricist relies on."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypinyin import Style, lazy_pinyin

import generation.lyrics

BANK = Path(generation.lyrics.__file__).parent / "bank" / "zh"
MOODS = frozenset(
    "happy sad calm energetic romantic nostalgic dark hopeful angry dreamy funny epic lonely tense".split()
)
GENERIC = ("about-person", "about-animal", "about-place", "about-thing", "about-event", "about-feeling", "about-anything")
NOMINAL_LENGTH = {"{place}": 2, "{person}": 2, "{subject}": 6, "{word}": 2, "{title}": 4}
SLOT = re.compile(r"\{[a-z]+\}")
PLAIN_LINE = re.compile(r"[\u4e00-\u9fff]+( [\u4e00-\u9fff]+)*")
LEAST = {"verse": 5, "pre-chorus": 1, "bridge": 1, "chorus": 2}
LEAST_GENERIC = {"verse": 8, "pre-chorus": 2, "bridge": 2, "chorus": 3}
RHYME_CLASSES = {
    "发花": "a ia ua",
    "梭坡": "o e uo",
    "乜斜": "ie üe ê",
    "姑苏": "u",
    "一七": "i ü er",
    "怀来": "ai uai",
    "灰堆": "ei uei",
    "遥条": "ao iao",
    "油求": "ou iou",
    "言前": "an ian uan üan",
    "人辰": "en in uen ün",
    "江阳": "ang iang uang",
    "中东": "eng ing ueng ong iong",
}
CLASS_OF = {final: name for name, finals in RHYME_CLASSES.items() for final in finals.split()}


@dataclass(frozen=True, slots=True)
class Entry:
    theme: str
    kind: str
    lines: tuple[str, ...]
    title: str
    moods: tuple[str, ...]


@cache
def bank() -> dict[str, dict[str, Any]]:
    """Every file of the bank by its stem."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(BANK.glob("*.toml"))}


def entries() -> list[Entry]:
    return [
        Entry(theme, kind, tuple(entry["lines"]), entry.get("title", ""), tuple(entry.get("moods", ())))
        for theme, data in bank().items()
        for kind in LEAST
        for entry in data.get(kind, ())
    ]


def length(line: str) -> int:
    """Sung syllables of a line, a slot counted at the length of a typical filling."""
    return len(SLOT.sub("", line).replace(" ", "")) + sum(NOMINAL_LENGTH[slot] for slot in SLOT.findall(line))


def ending(line: str) -> str:
    """What a line rhymes with: its last character, or its last slot."""
    slot = re.search(r"\{[a-z]+\}$", line)
    return slot.group() if slot else line[-1]


def rhyme_class(line: str) -> str:
    """The rhyme class (十三辙) of the last syllable as read in its line; a slot is a class of its own."""
    if ending(line).startswith("{"):
        return ending(line)
    final = lazy_pinyin(SLOT.sub("，", line), style=Style.FINALS, v_to_u=True)[-1]
    return CLASS_OF[final]


def rhymes(first: str, second: str) -> bool:
    if ending(first).startswith("{"):
        return ending(first) == ending(second)
    return ending(first) != ending(second) and rhyme_class(first) == rhyme_class(second)


def chorus_rhymes(lines: tuple[str, ...]) -> bool:
    """AABB, or the second line with the fourth (ABAB, XAXA)."""
    one, two, three, four = lines
    return rhymes(two, four) or (rhymes(one, two) and rhymes(three, four))


def spread_allowed(lines: tuple[str, ...]) -> int:
    """A filling may be shorter or longer than its nominal length, so lines with a slot may differ by one more."""
    return (2 if len(lines) == 4 else 1) + any("{" in line for line in lines)


def test_the_bank_is_large_enough() -> None:
    couplets = sum(2 if entry.kind == "chorus" else 1 for entry in entries())
    prepared = [theme for theme in bank() if not theme.startswith(("about-", "given-"))]
    assert couplets >= 350
    assert len(prepared) >= 30
    assert set(GENERIC) | {"given-title"} <= set(bank())


@pytest.mark.parametrize("theme", sorted(bank()))
def test_a_file_says_what_it_is_for(theme: str) -> None:
    data = bank()[theme]
    assert set(data) <= {"theme", "words_en", "words_zh", "moods", *LEAST}
    assert data["theme"] == theme
    assert data["moods"]
    assert set(data["moods"]) <= MOODS
    assert all(word == word.lower().strip() and word.isascii() for word in data["words_en"])
    assert all(PLAIN_LINE.fullmatch(word) for word in data["words_zh"])
    if theme not in ("about-anything", "given-title"):
        assert data["words_en"]
        assert data["words_zh"]


@pytest.mark.parametrize("language", ["words_en", "words_zh"])
def test_a_word_leads_to_one_theme(language: str) -> None:
    counted = Counter(word for data in bank().values() for word in data[language])
    assert [word for word, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("theme", sorted(bank()))
def test_a_theme_fills_a_whole_song(theme: str) -> None:
    counted = Counter(entry.kind for entry in entries() if entry.theme == theme)
    if theme == "given-title":
        assert counted["chorus"] >= 6
        return
    least = LEAST_GENERIC if theme in GENERIC else LEAST
    assert all(counted[kind] >= number for kind, number in least.items()), counted


@pytest.mark.parametrize("theme", sorted(set(bank()) - {*GENERIC, "given-title"}))
def test_a_prepared_theme_needs_no_slot(theme: str) -> None:
    plain = Counter(entry.kind for entry in entries() if entry.theme == theme and "{" not in "".join(entry.lines))
    assert plain["verse"] >= 4
    assert all(plain[kind] >= 1 for kind in ("pre-chorus", "bridge", "chorus"))


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
    odd = []
    for entry in entries():
        assert len(entry.lines) == (4 if entry.kind == "chorus" else 2)
        lengths = [length(line) for line in entry.lines]
        if max(lengths) - min(lengths) > spread_allowed(entry.lines):
            odd.append((entry.theme, entry.lines, lengths))
    assert odd == []


def test_every_couplet_and_chorus_rhymes() -> None:
    odd = [
        (entry.theme, entry.lines, [rhyme_class(line) for line in entry.lines])
        for entry in entries()
        if not (chorus_rhymes(entry.lines) if entry.kind == "chorus" else rhymes(*entry.lines))
    ]
    assert odd == []


def test_a_chorus_sings_its_title() -> None:
    choruses = [entry for entry in entries() if entry.kind == "chorus"]
    assert [(entry.theme, entry.title) for entry in choruses if not entry.title] == []
    assert [
        (entry.theme, entry.title) for entry in choruses if not any(entry.title in line for line in entry.lines)
    ] == []
    counted = Counter(entry.title for entry in choruses if not entry.title.startswith("{"))
    assert [title for title, count in counted.items() if count > 1] == []


def test_moods_of_an_entry_are_among_those_of_its_file() -> None:
    assert [(e.theme, e.lines) for e in entries() if not set(e.moods) <= set(bank()[e.theme]["moods"])] == []


def test_no_line_stands_twice_in_the_bank() -> None:
    counted = Counter(line for entry in entries() for line in set(entry.lines) if SLOT.sub("", line).strip())
    assert [line for line, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("theme", GENERIC)
def test_a_generic_file_names_its_subject_often(theme: str) -> None:
    """Every chorus, and about half of the couplets, so that a listener hears what the song is about."""
    mine = [entry for entry in entries() if entry.theme == theme]
    named = [entry for entry in mine if any(slot in line for line in entry.lines for slot in ("{subject}", "{word}"))]
    couplets = [entry for entry in mine if entry.kind != "chorus"]
    assert all(entry in named for entry in mine if entry.kind == "chorus")
    assert 0.4 <= sum(entry in named for entry in couplets) / len(couplets) <= 0.75
    slots = {slot for entry in mine for line in entry.lines for slot in SLOT.findall(line)}
    assert slots <= {"{subject}", "{word}"}, "a generic entry may not depend on a name the request need not give"


def test_every_chorus_for_a_given_title_is_built_on_it() -> None:
    choruses = [entry for entry in entries() if entry.theme == "given-title"]
    assert all(any("{title}" in line for line in entry.lines) and entry.title == "{title}" for entry in choruses)
