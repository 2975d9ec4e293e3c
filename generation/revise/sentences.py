"""What a member reads when a change cannot be made; the sentences are in ``sentences.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from generation.errors import WishError
from generation.song import Remark, Sheet

_NAMED = 6
"""Names that a sentence lists before it stops."""
_LONGEST = 40
"""Characters of a member's own words that a sentence repeats."""


@cache
def _rows() -> Mapping[str, Any]:
    return tomllib.loads(files("generation.revise").joinpath("sentences.toml").read_text(encoding="utf-8"))


def refusal(name: str, **facts: object) -> WishError:
    """Return the error whose sentence is ``name``, with the facts filled in; a sequence becomes a list of names."""
    row = _rows()[name]
    return WishError(*(row[language].format(**_said(facts, language)) for language in ("en", "zh")))


def part_name(name: str) -> Remark:
    """Return what a part of the mix is called; an instrument goes by its own name."""
    return Remark(*_rows()["parts"].get(name, (name, name)))


def section_names(sheet: Sheet) -> tuple[str, ...]:
    return tuple(section.name for section in sheet.plan.form)


def _said(facts: Mapping[str, object], language: str) -> dict[str, str]:
    between = _rows()["list"][language]
    return {name: _text(fact, between, language) for name, fact in facts.items()}


def _text(fact: object, between: str, language: str) -> str:
    if isinstance(fact, Remark):
        return fact.zh if language == "zh" else fact.en
    if isinstance(fact, str):
        return fact if len(fact) <= _LONGEST else fact[:_LONGEST] + "…"
    if isinstance(fact, Sequence):
        return between.join(_text(item, between, language) for item in fact[:_NAMED]) + (
            "…" if len(fact) > _NAMED else ""
        )
    return f"{fact:g}" if isinstance(fact, float) else str(fact)
