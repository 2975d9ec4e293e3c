"""The sentences about wishes, from ``sentences.toml``, as errors and remarks."""

from __future__ import annotations

from generation.errors import WishError
from generation.score.genre import table
from generation.song import Remark


def refusal(name: str, **facts: object) -> WishError:
    """Return the error whose sentence is ``wish.<name>`` with the facts filled in."""
    row = table("sentences.toml")["wish"][name]
    return WishError(row["en"].format(**facts), row["zh"].format(**facts))


def language_name(asked: str) -> Remark:
    """Return what a language is called in English and in Chinese; a code says nothing to a member who reads it."""
    en, zh = table("sentences.toml")["languages"].get(asked.lower(), ("that language", "这种语言"))
    return Remark(en, zh)


def remark(name: str, **facts: object) -> Remark:
    """Return the remark ``remark.<name>`` with the facts filled in."""
    row = table("sentences.toml")["remark"][name]
    return Remark(row["en"].format(**facts), row["zh"].format(**facts))
