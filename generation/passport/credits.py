"""Who wrote the words, by name, where several members write one song together."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from generation.song import Line, Remark, Sheet


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files("generation.passport").joinpath("credits.toml").read_text(encoding="utf-8"))


def credits_of(sheet: Sheet) -> dict[str, int]:
    """Return name -> lines written, most first; a line that returns counts once. Empty where no line has a name.

    The machine's lines go by the house's name; lines of a member without a name are nobody's credit.
    """
    written = {(section.kind, line.text): line for section in sheet.lyrics.sections for line in section.lines}
    lines = written.values()
    if not sheet.plan.voices or not any(line.by for line in lines):
        return {}
    return dict(Counter(name for line in lines if (name := _name(line))).most_common())


def credit_line(credits_: Mapping[str, int]) -> tuple[Remark, ...]:
    """Return the sentence that names everybody who wrote; none where one wrote alone."""
    if len(credits_) < 2:
        return ()
    return (Remark(_sentence(credits_, "en"), _sentence(credits_, "zh")),)


def _name(line: Line) -> str:
    return line.by or (str(_words()["house"]) if line.author == "machine" else "")


def _sentence(credits_: Mapping[str, int], language: str) -> str:
    words = _words()[language]
    most = _words()["most"]
    names = [
        words["name"].format(name=name, count=count, lines=words["lines"][count > 1])
        for name, count in list(credits_.items())[:most]
    ]
    if len(credits_) > most:
        names.append(words["more"].format(count=len(credits_) - most))
    return str(words["line"].format(names=words["list"].join(names)))
