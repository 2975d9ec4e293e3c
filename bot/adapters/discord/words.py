"""The sentences and names of ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from discord import Locale

CHINESE = (Locale.chinese, Locale.taiwan_chinese)


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return ``{key: {"en": ..., "zh": ...}}``."""
    return tomllib.loads(files("bot.adapters.discord").joinpath("words.toml").read_text(encoding="utf-8"))


def say(key: str, language: str | None, **values: str) -> str:
    """Return one sentence; English for any language but ``zh``."""
    return words()[key]["zh" if language == "zh" else "en"].format(**values)


def language_of(locale: Locale) -> str | None:
    """Return ``en`` or ``zh``, or None for an app in another language."""
    if locale in CHINESE:
        return "zh"
    return "en" if locale in (Locale.american_english, Locale.british_english) else None
