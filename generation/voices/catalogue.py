"""The eight voices and what is known of each: ``voices.toml`` and the style vectors in ``vectors/``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generation.song import Voice

COMPONENT = "kokoro-82m"
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Character:
    """A voice with what only its singer needs to know."""

    voice: Voice
    speaking: float
    """MIDI pitch of its ordinary speech."""


@cache
def characters() -> tuple[Character, ...]:
    """Return the voices in the order they are offered."""
    data = tomllib.loads((Path(__file__).parent / "voices.toml").read_text("utf-8"))
    return tuple(
        Character(
            Voice(
                id=row["id"],
                label=row["label"],
                gender=row["gender"],
                language=row["language"],
                low=row["low"],
                high=row["high"],
                component=COMPONENT,
            ),
            row["speaking"],
        )
        for row in data["voice"]
    )


def voices() -> tuple[Voice, ...]:
    """Return the voices as the rest of the studio knows them."""
    return tuple(character.voice for character in characters())


@cache
def character(voice: str) -> Character | None:
    """Return a voice by its id, None if it is not one of ours."""
    return next((one for one in characters() if one.voice.id == voice), None)
