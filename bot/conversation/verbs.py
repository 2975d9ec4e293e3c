"""The one list of verbs: commands, menus, hints, help and docs come from ``verbs.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal


@dataclass(frozen=True, slots=True)
class Verb:
    """Something a member can ask for by name. ``says`` and the others are ``{"en": ..., "zh": ...}``."""

    name: str
    """ASCII, the command on every surface."""
    label: Mapping[str, str]
    """The command's name in menus; the Chinese one is also Discord's localised command name."""
    says: Mapping[str, str]
    """What it does, at most 100 characters."""
    takes: Literal["nothing", "text", "words"]
    """``text`` may be left out, ``words`` may not."""
    hint: Mapping[str, str]
    """What the text is, at most 100 characters; empty for ``nothing``."""
    example: Mapping[str, str]
    """The verb as a plain sentence."""
    song: bool
    """Whether it is about a song that is there already."""
    file: bool
    """Whether a file may come with it."""


@cache
def verbs() -> Mapping[str, Verb]:
    """Return the verbs by name, in the order of menus."""
    rows = tomllib.loads(files("bot.conversation").joinpath("verbs.toml").read_text(encoding="utf-8"))
    return {
        name: Verb(
            name,
            row["label"],
            row["says"],
            row.get("takes", "nothing"),
            row.get("hint", {"en": "", "zh": ""}),
            row["example"],
            row.get("song", False),
            row.get("file", False),
        )
        for name, row in rows.items()
    }
