"""Thirty wishes as members say them: each does something, and touches nothing it did not name."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generation.band import arrange
from generation.changes import changes_from_json
from generation.song import Sheet

WISHES = tomllib.loads((Path(__file__).parent / "wishes.toml").read_text(encoding="utf-8"))["wish"]


def within(name: str, touches: list[str]) -> bool:
    return any(one == "*" or name == one or name.startswith((f"{one} ", f"{one}/")) for one in touches)


@pytest.mark.parametrize("wish", WISHES, ids=[wish["says"] for wish in WISHES])
def test_a_wish_does_what_it_says_and_no_more(
    wish: dict[str, Any],
    song: Callable[..., Sheet],
    change: Callable[..., Sheet],
    differing: Callable[[Sheet, Sheet], set[str]],
) -> None:
    before = song()
    after = change(before, *changes_from_json([wish["change"]]))
    assert after != before
    assert after.score != before.score
    assert [name for name in differing(before, after) if not within(name, wish["touches"])] == []
    for old, new in zip(before.score.sections, after.score.sections, strict=False):
        assert (old.name, old.chords) == (new.name, new.chords) or within(old.name, wish.get("chords", []))
    assert arrange(after.score)


def test_there_are_thirty() -> None:
    assert len(WISHES) == 30
