"""The sentences of the web pages, from ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh")


@cache
def words(language: str) -> Mapping[str, Any]:
    """Return the sentences by key; those for mistakes are under ``errors``. Any other language reads English."""
    rows = tomllib.loads(files("bot.adapters.web").joinpath("words.toml").read_text(encoding="utf-8"))
    return dict(rows[language if language in LANGUAGES else "en"])


def sorry(key: str, **facts: str) -> dict[str, str]:
    """Return the sentence for a mistake in both languages: ``{"en": ..., "zh": ...}``."""
    return {language: words(language)["errors"][key].format(**facts) for language in LANGUAGES}


def preferred(accept_language: str) -> str:
    """Choose a language from an ``Accept-Language`` header (RFC 9110, 12.5.4): the first of ours by weight."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language[:500].split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag.strip().lower()[:2]))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wishes) if tag in LANGUAGES), "en")
