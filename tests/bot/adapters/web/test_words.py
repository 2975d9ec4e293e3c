"""The sentences and small forms of the pages."""

from __future__ import annotations

from string import Formatter
from typing import Any

import pytest

from bot.adapters.web.rates import Rate
from bot.adapters.web.sessions import clean_name
from bot.adapters.web.talking import command
from bot.adapters.web.words import preferred, words


def flat(rows: Any, path: str = "") -> dict[str, str]:
    if isinstance(rows, str):
        return {path: rows}
    return {key: text for name, row in rows.items() for key, text in flat(row, f"{path}.{name}").items()}


def test_both_languages_say_everything() -> None:
    en, zh = flat(words("en")), flat(words("zh"))
    assert en.keys() == zh.keys()
    for key, text in en.items():
        assert text.strip()
        assert zh[key].strip()
        assert {f for _, f, _, _ in Formatter().parse(text)} == {f for _, f, _, _ in Formatter().parse(zh[key])}, key


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("de,en;q=0.7,zh;q=0.8", "zh"), ("fr", "en"), ("", "en"),
        ("en-GB", "en"), ("*;q=x,zh", "zh"), (",;q=,;;", "en"),
    ],
)  # fmt: skip
def test_the_browser_says_the_language(header: str, language: str) -> None:
    assert preferred(header) == language


def test_a_sentence_can_be_called_by_its_name_in_a_template() -> None:
    """Jinja reads ``w.copy`` as the method of the mapping: no key may be called like one."""
    assert not [key for key in words("en") if hasattr(dict, key)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/song a song", ("song", "a song")), ("/SONG\na", ("song", "a")), ("/写歌 大海", ("song", "大海")),
        ("/help", ("help", "")), ("/start", ("help", "")), ("/etc/passwd", (None, "/etc/passwd")),
        ("/nothing x", (None, "/nothing x")), ("a /song", (None, "a /song")), ("/", (None, "/")),
    ],
)  # fmt: skip
def test_a_slash_names_a_verb(text: str, told: tuple[str | None, str]) -> None:
    assert command(text) == told


def test_a_name_is_one_short_line() -> None:
    assert clean_name("  A\x00n\nna \u202e " + "x" * 500).startswith("A n na x")
    assert len(clean_name("x" * 500)) == 64


def test_knocks_are_counted_by_name_and_forgiven_in_time() -> None:
    now = 0.0
    rate = Rate(burst=2, per_s=1, clock=lambda: now)
    assert [rate.takes("a") for _ in range(3)] == [True, True, False]
    assert rate.takes("b")
    now = 1.0
    assert rate.takes("a")
    assert not rate.takes("a")
