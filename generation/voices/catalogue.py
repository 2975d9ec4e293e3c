"""The eight voices: ``voices.toml``, with their style vectors in ``vectors/``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from generation.song import Voice

COMPONENT = "kokoro-82m"
LANGUAGES = ("en", "zh")


@cache
def voices() -> tuple[Voice, ...]:
    """Return the voices in the order they are offered."""
    data = tomllib.loads((Path(__file__).parent / "voices.toml").read_text("utf-8"))
    return tuple(
        Voice(
            id=row["id"],
            label=row["label"],
            gender=row["gender"],
            language=row["language"],
            low=row["low"],
            high=row["high"],
            component=COMPONENT,
        )
        for row in data["voice"]
    )


def sings(voice: str) -> bool:
    """Whether a phrase's voice is one of these."""
    return any(voice == one.id for one in voices())
