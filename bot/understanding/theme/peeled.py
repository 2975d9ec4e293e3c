"""Peels the words of asking off a Chinese phrase: 请帮我写一首 | 毕业 | 的."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.understanding.words import read_words


def peeled(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return what is left of ``folded[start:end]``; the place is empty where all of it asks."""
    asking = read_words("zh/asking")
    while start < end and not _at_front(folded, start, end, asking["named"]):
        length = _at_front(folded, start, end, _longest_first("opening"))
        if not length:
            break
        start += length
    while start < end and not folded.endswith(tuple(asking["kept"]), start, end):
        word = next((word for word in _longest_first("closing") if folded.endswith(word, start, end)), "")
        if not word:
            break
        end -= len(word)
    return start, end


def _at_front(folded: str, start: int, end: int, words: Sequence[str]) -> int:
    return next((len(word) for word in words if folded.startswith(word, start, end)), 0)


@cache
def _longest_first(key: str) -> tuple[str, ...]:
    return tuple(sorted(read_words("zh/asking")[key], key=len, reverse=True))
