"""Reads an order of sections: "verse, chorus, verse", 主歌-副歌, "with a bridge"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.lexicon import Hit
from bot.understanding.message import Message

_BETWEEN = re.compile(
    r"[\s,，、\-–—>→+/|&.\d]*(?:(?:and|then|a|an|the|another|final|last|x|和|再|然后|接|加|到|=)[\s\->→]*){0,3}"
)
_ONE = re.compile(
    r"\b(?:with|include|including|add|has|have|wants?|need)\s+(?:an?|the|another)\s+(?:\w+\s+){0,2}$|(?:有|加|带|要)(?:一?[段个])?$"
)
_WHOLE = re.compile(r"\s+(?:jingle|music|song|theme|for|video)\b|(?:音乐|曲|歌)")
"""An "intro jingle" or an "intro for my show" is the whole piece."""
_COUNT = re.compile(r"\b(?P<count>two|2|three|3)\s+$")
_TIMES = re.compile(r"\s*[x×*]\s?(?P<count>[2-4])\b")
_SINGLE = frozenset({"bridge", "intro", "outro", "pre-chorus"})


def sections(message: Message, hits: Sequence[Hit], *, change: bool) -> tuple[str, ...]:
    """Return the longest run of section names; a single one only where it is asked for ("with a bridge")."""
    runs: list[list[Hit]] = []
    for hit in hits:
        if hit.slot != "section":
            continue
        if runs and _BETWEEN.fullmatch(_without_counts(message.folded[runs[-1][-1].end : hit.start])):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    longest = max(runs, key=len, default=[])
    names = tuple(name for hit in longest for name in _repeated(message.folded, hit))
    if len(longest) >= 2:
        return () if change and len(names) < 3 else names
    for hit in (run[0] for run in runs):
        if _WHOLE.match(message.folded, hit.end):
            continue
        if hit.value in _SINGLE and _ONE.search(message.folded[max(0, hit.start - 40) : hit.start]):
            return (str(hit.value),)
    return ()


def _without_counts(between: str) -> str:
    return re.sub(r"\b(?:two|three|2|3)\b|[x×*]\s?\d", " ", between)


def _repeated(folded: str, hit: Hit) -> list[str]:
    before = _COUNT.search(folded[max(0, hit.start - 8) : hit.start])
    after = _TIMES.match(folded, hit.end)
    stated = before or after
    count = stated["count"] if stated else "1"
    return [str(hit.value)] * {"two": 2, "three": 3}.get(count, int(count) if count.isdigit() else 1)
