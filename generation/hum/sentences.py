"""The sentences about hums, from ``sentences.toml``, as errors."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from generation.errors import WishError


def refusal(name: str, **facts: object) -> WishError:
    """Return the error whose sentence is ``name`` with the facts filled in."""
    row = _sentences()[name]
    return WishError(row["en"].format(**facts), row["zh"].format(**facts))


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("generation.hum").joinpath("sentences.toml").read_text(encoding="utf-8"))
