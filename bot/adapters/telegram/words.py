"""The adapter's own sentences."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _sentences() -> dict[str, Any]:
    return tomllib.loads(files("bot.adapters.telegram").joinpath("words.toml").read_text(encoding="utf-8"))


def word(key: str, language: str = "en") -> str:
    """Return a sentence of ``words.toml``."""
    return str(_sentences()[key][language])
