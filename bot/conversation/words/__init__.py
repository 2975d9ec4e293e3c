"""Every sentence the bot says, one TOML file a language with the same keys, and the few words it listens for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Return the sentences of ``zh`` or, for any other language, English, by ``table.key``."""
    name = "zh" if language == "zh" else "en"
    return {f"{table}.{key}": text for table, row in _read(name).items() for key, text in row.items()}


def say(key: str, language: str, /, **values: object) -> str:
    """Return one sentence. ``values`` may be anything a member wrote: they are put in as they are."""
    return sentences(language)[key].format(**values)


def listened(table: str) -> Mapping[str, tuple[str, ...]]:
    """Return what members may say, by what it means: ``listened("parts")["midi"]`` is ``("midi", ...)``."""
    return {meaning: tuple(words) for meaning, words in _read("listened")[table].items()}


def help_groups() -> Mapping[str, tuple[str, ...]]:
    """Return the verbs of each heading of help."""
    return {heading: tuple(verbs) for heading, verbs in _read("help").items()}


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
