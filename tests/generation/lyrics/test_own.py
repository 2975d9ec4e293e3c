"""A member's own lyrics become sections, every line kept to the letter."""

from __future__ import annotations

import pytest

from generation.lyrics.own import given_for, sections_of
from generation.song import LyricSection

TAGGED = """[Verse 1]
I walk the line at night,
  and nobody's  there!

[Chorus]
Oh oh oh (hey)
We sing it twice

[Verse 2]
Morning: it came too soon

[Chorus]
"""


def shape(sections: tuple[LyricSection, ...]) -> list[tuple[str, list[str]]]:
    return [(section.name, [line.text for line in section.lines]) for section in sections]


def test_tags_open_sections_and_a_bare_chorus_tag_calls_the_chorus() -> None:
    assert shape(sections_of(TAGGED)) == [
        ("verse 1", ["I walk the line at night,", "and nobody's  there!"]),
        ("chorus 1", ["Oh oh oh (hey)", "We sing it twice"]),
        ("verse 2", ["Morning: it came too soon"]),
        ("chorus 2", ["Oh oh oh (hey)", "We sing it twice"]),
    ]


def test_every_given_line_belongs_to_the_member() -> None:
    assert {line.author for section in sections_of(TAGGED) for line in section.lines} == {"member"}


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("[Verse]", "verse"),
        ("[Verse 2: Anna]", "verse"),
        ("(Chorus x2)", "chorus"),
        ("Verse 1:", "verse"),
        ("**Bridge**", "bridge"),
        ("[Pre-Chorus]", "pre-chorus"),
        ("CHORUS", "chorus"),
        ("[Hook]", "chorus"),
        ("[Outro - softly]", "outro"),
        ("副歌：", "chorus"),
        ("(副歌)", "chorus"),
        ("【主歌一】", "verse"),
        ("第二段主歌：", "verse"),
        ("主歌2", "verse"),
        ("导歌:", "pre-chorus"),
        ("［桥段］", "bridge"),
    ],
)
def test_tags_as_people_write_them(tag: str, kind: str) -> None:
    found = sections_of(f"{tag}\nla la la\n")
    assert [section.kind for section in found] == [kind]
    assert found[0].lines[0].text == "la la la"


def test_words_behind_a_tag_are_sung() -> None:
    assert shape(sections_of("主歌：风吹过茶园\n副歌：回家吧")) == [
        ("verse 1", ["风吹过茶园"]),
        ("chorus 1", ["回家吧"]),
    ]


def test_words_behind_a_square_tag_are_sung_and_a_round_one_may_be_words() -> None:
    assert shape(sections_of("[Verse 1] I walk alone\nat night")) == [("verse 1", ["I walk alone", "at night"])]
    assert shape(sections_of("(Hook) me up\nto the moon")) == [("verse 1", ["(Hook) me up", "to the moon"])]


def test_lyrics_in_one_run_are_cut_at_slashes() -> None:
    assert shape(sections_of("one line / two line // hey hey / ho ho")) == [
        ("verse 1", ["one line", "two line"]),
        ("verse 2", ["hey hey", "ho ho"]),
    ]


def test_a_long_run_is_cut_behind_its_punctuation() -> None:
    text = "风吹过外婆的茶园，我把思念写成了信，一封又一封，寄给昨天。"
    assert "".join(line.text for section in sections_of(text) for line in section.lines) == text
    assert [len(section.lines) for section in sections_of(text)] == [4]


def test_blank_lines_separate_and_a_block_that_returns_is_the_chorus() -> None:
    text = "one line\ntwo line\n\nhey hey\nho ho\n\nthree line\nfour line\n\nhey hey\nho ho"
    assert [section.name for section in sections_of(text)] == ["verse 1", "chorus 1", "verse 2", "chorus 2"]


def test_a_line_that_only_looks_like_a_tag_is_sung() -> None:
    text = "Dear mother: I am fine\nBreak\n(oh yeah)\nThe bridge\nLift"
    assert [line.text for section in sections_of(text) for line in section.lines] == text.split("\n")


def test_title_and_credits_are_not_sung() -> None:
    text = "歌名：外婆的茶园\n作词：小明\n\n[主歌]\n风吹过山岗"
    assert shape(sections_of(text)) == [("verse 1", ["风吹过山岗"])]


def test_a_long_block_without_tags_is_cut_into_stanzas_and_loses_nothing() -> None:
    lines = [f"line number {at}" for at in range(14)]
    sections = sections_of("\n".join(lines))
    assert [line.text for section in sections for line in section.lines] == lines
    assert all(3 <= len(section.lines) <= 6 for section in sections)


def test_names_are_unique() -> None:
    names = [section.name for section in sections_of(TAGGED * 3)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("text", ["", "  \n\n ", "[Verse]\n[Chorus]\n"])
def test_no_words_give_no_sections(text: str) -> None:
    assert sections_of(text) == ()


def test_a_returning_chorus_takes_the_last_one_given() -> None:
    own = sections_of("[Verse]\na\n[Chorus]\nb")
    assert given_for("chorus 3", "chorus", own)[0].text == "b"
    assert given_for("verse 2", "verse", own) == ()


def test_a_section_of_the_form_goes_by_its_name() -> None:
    own = sections_of("[Intro]\nhm\n[Verse]\na")
    assert given_for("intro 1", "verse", own)[0].text == "hm"
