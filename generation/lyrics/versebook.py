"""The verse bank: couplets and choruses by theme, one TOML file a theme, in a folder a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from generation.errors import MissingPart
from generation.lyrics.lexicon import table

PACKAGED = Path(__file__).parent / "bank"
KINDS = ("verse", "pre-chorus", "bridge", "chorus")
GIVEN_TITLE = "given-title"
ANY_SONG = "any-song"
"""Turns into the chorus and out of it that suit every theme, and verses for moods that few themes have."""
_SLOT = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class Entry:
    """A couplet, or a whole chorus of four lines, with the slots it needs."""

    theme: str
    kind: str
    lines: tuple[str, ...]
    moods: frozenset[str]
    title: str = ""
    """The hook, for a chorus; may be a slot."""

    @cached_property
    def slots(self) -> frozenset[str]:
        return frozenset(_SLOT.findall("\n".join((*self.lines, self.title))))


@dataclass(frozen=True, slots=True)
class Theme:
    """What one file of the bank holds."""

    id: str
    words: Mapping[str, tuple[str, ...]]
    """The words of a request that name the theme, by the language of the request."""
    leads: Mapping[str, tuple[str, ...]]
    """Turns of phrase that lead here without naming it."""
    entries: tuple[Entry, ...]

    @property
    def generic(self) -> bool:
        """Whether the file serves themes that nobody prepared."""
        return self.id.startswith("about-") or self.id in (GIVEN_TITLE, ANY_SONG)


def _theme(path: Path) -> Theme:
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    moods = data.get("moods", [])
    entries = tuple(
        Entry(path.stem, kind, tuple(row["lines"]), frozenset(row.get("moods", moods)), row.get("title", ""))
        for kind in KINDS
        for row in data.get(kind, [])
    )
    leads = table("leads")
    return Theme(
        path.stem,
        {language: tuple(data.get(f"words_{language}", ())) for language in ("en", "zh")},
        {language: tuple(leads[language].get(path.stem, ())) for language in ("en", "zh")},
        entries,
    )


@cache
def read_bank(folder: Path, language: str) -> Mapping[str, Theme]:
    """Return the themes of a language by id. Raises ``MissingPart`` where the folder holds none."""
    themes = {path.stem: _theme(path) for path in sorted((folder / language).glob("*.toml"))}
    if not themes:
        raise MissingPart(f"The verse bank for '{language}' is missing.", f"缺少“{language}”的词库。")
    return themes
