"""A song on paper to change, and what a change did to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from generation.changes import Change
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import write_sheet
from generation.revise import revise
from generation.song import Phrase, Sheet, SongRequest
from generation.voices.debug import DebugSinger

LYRICIST, SINGER = VerseLyricist(), DebugSinger()


FORM = ("intro", "verse", "pre-chorus", "chorus", "verse", "bridge", "chorus", "outro")


@cache
def written(seed: int, **slots: Any) -> Sheet:
    usual = {"theme": "rain", "vocals": "female", "structure": FORM, "duration_s": 100.0}
    return write_sheet(SongRequest(**{**usual, **slots}), seed, LYRICIST, SINGER)


def changed(sheet: Sheet, *changes: Change, seed: int = 9) -> Sheet:
    return revise(sheet, changes, LYRICIST, SINGER, seed)


def phrases_of(sheet: Sheet) -> dict[str, Phrase]:
    return {phrase.id: phrase for section in sheet.score.sections for phrase in section.phrases}


def touched(before: Sheet, after: Sheet) -> set[str]:
    """Ids of the phrases that are not the same to the note."""
    old, new = phrases_of(before), phrases_of(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


@pytest.fixture(scope="session")
def song() -> Callable[..., Sheet]:
    """``song(seed=7, **slots of the request)``: an English city pop song about rain unless said otherwise."""
    return lambda seed=7, **slots: written(seed, **slots)


@pytest.fixture(scope="session")
def change() -> Callable[..., Sheet]:
    """``change(sheet, *changes, seed=9)``."""
    return changed


@pytest.fixture(scope="session")
def differing() -> Callable[[Sheet, Sheet], set[str]]:
    return touched
