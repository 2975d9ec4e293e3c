"""One question or sentence where a change is not clear, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.understanding.words import read_words
from generation.song import Remark


class UnclearTarget(Exception):
    """What was named is not in the song; ``remark`` says so. Caught by ``read_changes``."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.en)
        self.remark = remark


def unclear(key: str, **facts: Any) -> Remark:
    """Return the sentence ``key`` with facts filled in; section names are given as in the score (``verse 2``)."""
    return Remark(_said("en", key, facts), _said("zh", key, facts))


def section_name(kind: str, number: int) -> str:
    """Return the name as in the score; a kind alone where ``number`` is 0 or counts from the end."""
    return f"{kind} {number}" if number > 0 else kind


def _said(language: str, key: str, facts: dict[str, Any]) -> str:
    sentence: str = read_words(f"{language}/changes_unclear")[key]
    filled = dict(facts)
    if "section" in facts:
        filled["section"] = _named(language, facts["section"])
    if "sections" in facts:
        filled["sections"] = _listed(language, facts["sections"])
    return sentence.format(**filled)


def _named(language: str, section: str) -> str:
    if language == "en":
        return section
    kind, _, number = section.partition(" ")
    name: str = read_words("summary")["zh"]["section"].get(kind, "间奏")
    return f"{name}{number}"


def _listed(language: str, sections: Sequence[str]) -> str:
    return ("、" if language == "zh" else ", ").join(_named(language, section) for section in sections)
