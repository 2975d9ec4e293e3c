"""A member's message, cleaned, with a folded twin of the same length to match against."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from opencc import OpenCC

LONGEST = 20_000
"""Characters read of one message, own lyrics included. Chat platforms allow about 4,000."""
LONGEST_WISH = 4_096
"""Characters read for slots, own lyrics taken out. It bounds the time of a hostile message."""
TAKEN = "\ufffc"
"""Stands where a title, a quotation or own lyrics were: no pattern matches across it."""
HAN = re.compile(r"[\u3400-\u9fff]")
_SAME = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u3000": " ", "\u00a0": " "}
)
_LATIN_WORD = re.compile(r"[a-z\u00c0-\u024f]+(?:'[a-z]+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Message:
    """``text`` as written; ``folded`` lower-case, half-width and in simplified characters, equally long."""

    text: str
    folded: str

    def without(self, spans: Iterable[tuple[int, int]]) -> Message:
        """Return the message with the characters of ``spans`` taken out of matching; positions stay the same."""
        text, folded = self.text, self.folded
        for start, end in spans:
            hole = TAKEN * (end - start)
            text, folded = text[:start] + hole + text[end:], folded[:start] + hole + folded[end:]
        return replace(self, text=text, folded=folded)

    def start(self, length: int) -> Message:
        """Return the first ``length`` characters."""
        return Message(self.text[:length], self.folded[:length])

    @property
    def language(self) -> str:
        """``zh`` where most words are Han characters, else ``en``."""
        han = len(HAN.findall(self.folded))
        return "zh" if han and han >= len(_LATIN_WORD.findall(self.folded)) else "en"


def read(text: str) -> Message:
    """Clean ``text``: control and direction characters go, line ends become ``\\n``, at most ``LONGEST`` are read."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    kept = kept.replace(TAKEN, "").strip()
    return Message(kept, _fold(kept))


def _fold(text: str) -> str:
    simple = _simplify(text)
    return "".join(_fold_character(c) for c in simple.translate(_SAME))


@cache
def _fold_character(character: str) -> str:
    folded = (unicodedata.normalize("NFKC", character) if character.isalnum() else character).lower()
    return folded if len(folded) == 1 else character


def _simplify(text: str) -> str:
    if not HAN.search(text):
        return text
    simple: str = _converter().convert(text)
    return simple if len(simple) == len(text) else "".join(_simplify_character(c) for c in text)


@cache
def _simplify_character(character: str) -> str:
    simple: str = _converter().convert(character)
    return simple if len(simple) == 1 else character


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
