"""The form of a song whose words the member brings: their sections in order, with music around them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from generation.score.form import FLEXIBLE, RING_S, Block, fill, line_bars
from generation.score.genre import table
from generation.score.sentences import refusal
from generation.song import LyricSection, SectionKind

_HAN = re.compile(r"[\u3400-\u9fff]")
_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_INTRO, _BREAK, _OUTRO = Block("intro", 0, 0), Block("instrumental", 0, 0), Block("outro", 0, 0)
_COMFORTABLE_S, _BRISK_S = 0.26, 0.2
"""Seconds a syllable is given before its line gets more bars; the brisk pace is that of rap, and of too little time."""


def own_form(
    own: Sequence[LyricSection], per_line: int, bar_s: float, asked: float | None, tempo: float, spoken: bool
) -> tuple[tuple[Block, ...], int]:
    """Return the blocks of the form and the bars of an ordinary line.

    ``per_line`` is the line length that suits the tempo; it is kept unless ``asked`` (seconds, None if open) needs
    another. Raises ``WishError`` where the words cannot be sung in the time asked for.
    """
    pace = _BRISK_S if spoken else _COMFORTABLE_S
    if asked is None:
        return _at_ease(_laid(own, per_line, bar_s, pace), bar_s), per_line
    bars = max(1, int((asked - RING_S) / bar_s))
    best: tuple[float, tuple[Block, ...], int] | None = None
    for per in (8, 4, 2, 1):
        for rate in (pace, _BRISK_S):
            taste = 3.0 * abs(math.log2(per / per_line)) + (1.0 if rate < pace else 0.0)
            for draft in _framings(_laid(own, per, bar_s, rate)):
                filled = fill(draft, bars, bar_s)
                if filled and (best is None or filled[0] + taste < best[0]):
                    best = (filled[0] + taste, filled[1], per)
    if best is None:
        need = math.ceil(sum(block.bars for block in _laid(own, 1, bar_s, _BRISK_S)) * bar_s + RING_S)
        raise refusal("words", need=need, tempo=f"{tempo:g}")
    return best[1], best[2]


def _laid(own: Sequence[LyricSection], per_line: int, bar_s: float, syllable_s: float) -> list[Block]:
    """Give every section the bars its lines need; the member's names stay where they tell sections apart."""
    names = [section.name for section in own]
    keep = len(set(names)) == len(names) and all(names)
    laid = []
    for section in own:
        name = section.name if keep else ""
        if not section.lines:
            laid.append(Block("instrumental", 0, 0, name))
            continue
        bars = sum(line_bars(_syllables(line.text), per_line, bar_s, syllable_s) for line in section.lines)
        # Words in an introduction or an ending are sung like a verse.
        kind: SectionKind = "verse" if section.kind in FLEXIBLE else section.kind
        laid.append(Block(kind, len(section.lines), bars, name))
    return laid


def _at_ease(middle: list[Block], bar_s: float) -> tuple[Block, ...]:
    """Put an introduction and an ending around the words; nobody asked for a length."""
    likes = table("forms.toml")["bars"]
    edge = max(1, min(likes["intro"][0], int(likes["intro"][2] / bar_s)))
    breaks = sum(likes["instrumental"][0] for block in middle if block.kind in FLEXIBLE)
    filled = fill([_INTRO, *middle, _OUTRO], sum(block.bars for block in middle) + 2 * edge + breaks, bar_s)
    return filled[1] if filled else tuple(middle)


def _framings(middle: list[Block]) -> tuple[list[Block], ...]:
    """Return the ways to spend spare time: around the words, before the last chorus, and halfway too."""
    last = max((index for index, block in enumerate(middle) if block.kind == "chorus"), default=len(middle) - 1)
    half = (len(middle) + 1) // 2
    return (
        middle,
        [*middle, _OUTRO],
        [_INTRO, *middle, _OUTRO],
        [_INTRO, *middle[:last], _BREAK, *middle[last:], _OUTRO],
        [_INTRO, *middle[:half], _BREAK, *middle[half:], _BREAK, _OUTRO],
    )


def _syllables(text: str) -> int:
    """Estimate a line's syllables before a singer has counted them: Han characters and groups of vowels."""
    return max(1, len(_HAN.findall(text)) + len(_VOWELS.findall(text)))
