"""The word lists: one TOML file a slot and language, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_words(name: str) -> Mapping[str, Any]:
    """Return one list by its path here without the ending, e.g. ``en/genre``."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))


@cache
def frame(language: str, name: str) -> re.Pattern[str]:
    """Return one compiled expression of ``frames.toml``."""
    return re.compile(read_words(f"{language}/frames")[name])
