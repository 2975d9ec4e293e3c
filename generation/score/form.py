"""The form: which sections a song has and how many bars each, so that they fill the time asked for."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, product
from typing import cast

from generation.score.genre import table
from generation.score.proportion import Proportions, of_lines, of_structure, of_wait
from generation.seeds import rng
from generation.song import FormSection, SectionKind

RING_S = 1.5
"""The last chord rings at least this long after the last bar."""
FLEXIBLE = frozenset({"intro", "instrumental", "outro"})
_LINE_CHOICES = {"verse": (4, 8, 2, 6, 12, 16), "chorus": (4, 8, 2, 6, 12), "pre-chorus": (2, 4), "bridge": (4, 2, 8)}


@dataclass(frozen=True, slots=True)
class Block:
    """A section before the spare bars are shared out. ``bars`` is 0 where the section is flexible."""

    kind: SectionKind
    lines: int
    bars: int
    name: str = ""


def bars_per_line(bar_s: float, syllable_s: float, spoken: bool) -> int:
    """Choose 1, 2, 4 or 8 bars a line so that eight syllables, a held end and a breath fit: about 4 to 5.5 s sung."""
    target = 3.4 if spoken else max(4.0, 8 * syllable_s + 1.8)
    return min((1, 2, 4, 8), key=lambda bars: abs(math.log(bars * bar_s / target)))


def line_bars(syllables: int, per_line: int, bar_s: float, syllable_s: float = 0.26) -> int:
    """Return the bars a line needs: ``per_line``, or whole multiples of it where the words would be rushed."""
    need = syllables * syllable_s + 0.5
    return per_line * max(1, math.ceil(need / (per_line * bar_s) - 0.05))


def spelt(text: str) -> tuple[SectionKind, ...]:
    """Read a form such as ``IVCVCO``."""
    kinds = table("forms.toml")["kinds"]
    return tuple(cast(SectionKind, kinds[letter]) for letter in text)


@lru_cache(maxsize=2048)
def _limits(kind: SectionKind, bar_s: float) -> tuple[int, int]:
    """Return the bars a flexible section likes and the most it may have; zeros for a sung section."""
    if kind not in FLEXIBLE:
        return 0, 0
    likes, bars, seconds = table("forms.toml")["bars"][kind]
    most = max(1, min(bars, int(seconds / bar_s)))
    return min(likes, most), most


def fill(blocks: Sequence[Block], bars: int, bar_s: float) -> tuple[float, tuple[Block, ...]] | None:
    """Share the bars that the sung blocks leave among the flexible ones; None if the blocks do not fit.

    Returns the cost (bars away from what each section likes) and the filled blocks. Bars that no flexible section
    can take lengthen the last block, at a high cost.
    """
    spare = bars - sum(block.bars for block in blocks)
    limits = [_limits(block.kind, bar_s) for block in blocks]
    likes, most = [limit[0] for limit in limits], [limit[1] for limit in limits]
    if spare < sum(1 for like in likes if like):
        return None
    given = [1 if like else 0 for like in likes]
    left = spare - sum(given)
    while left:
        open_ = [index for index, cap in enumerate(most) if given[index] < cap]
        if not open_:
            break
        neediest = min(open_, key=lambda index: (given[index] / likes[index], index))
        # Music moves in pairs of bars; an odd one is given only where no pair is left.
        step = min(1 if given[neediest] % 2 else 2, left, most[neediest] - given[neediest])
        given[neediest] += step
        left -= step
    for index in range(len(given) - 1):
        # The odd bar belongs to the ending, where nobody counts.
        if given[index] % 2 and given[index] > 1 and likes[-1] and given[-1] < most[-1]:
            given[index] -= 1
            given[-1] += 1
    cost = sum(abs(got - like) / max(like, 1) for got, like in zip(given, likes, strict=True))
    # A single bar is hardly an introduction or an ending.
    cost += sum(0.3 * (got % 2) + 1.5 * (got == 1 < like) for got, like in zip(given, likes, strict=True)) + 2.5 * left
    filled = [replace(block, bars=block.bars + extra) for block, extra in zip(blocks, given, strict=True)]
    if left:
        filled[-1] = replace(filled[-1], bars=filled[-1].bars + left)
    return cost, tuple(filled)


def fit(
    structures: Sequence[tuple[SectionKind, ...]],
    totals: Sequence[int],
    per_line: int,
    bar_s: float,
    wish: Proportions,
    seed: int,
) -> tuple[Block, ...]:
    """Choose among ``structures`` and line counts the form that fills one of the ``totals`` (bars) most naturally.

    A quiet random preference per structure lets two songs of one length differ. If no structure fits, the shortest
    possible form is returned: one line a section.
    """
    best: tuple[float, tuple[Block, ...]] | None = None
    for kinds in structures:
        liking = float(rng(seed, "form", *kinds).uniform(0.0, 1.2))
        # A form that would leave many bars empty is considered only if the member asked for it.
        elastic = sum(_limits(kind, bar_s)[1] for kind in kinds) + 4 if len(structures) > 1 else max(totals)
        for lines in _line_counts(kinds):
            blocks = [Block(kind, lines.get(kind, 0), lines.get(kind, 0) * per_line) for kind in kinds]
            sung = sum(block.bars for block in blocks)
            for bars in totals:
                if not sung <= bars <= sung + elastic:
                    continue
                length_s = bars * bar_s
                cost = liking + of_structure(kinds, length_s)
                cost += of_lines(kinds, lines, per_line * bar_s, length_s, wish)
                if best is not None and cost >= best[0]:
                    continue
                filled = fill(blocks, bars, bar_s)
                if filled:
                    cost += filled[0] + of_wait(_until_chorus(filled[1]) * bar_s, wish)
                    best = (cost, filled[1]) if best is None or cost < best[0] else best
    if best:
        return best[1]
    return _squeezed(min(structures, key=len), max(totals))


def _until_chorus(blocks: Sequence[Block]) -> int:
    """Return the bars before the first chorus, 0 where there is none."""
    first = next((index for index, block in enumerate(blocks) if block.kind == "chorus"), 0)
    return sum(block.bars for block in blocks[:first])


def _line_counts(kinds: Sequence[SectionKind]) -> Iterator[dict[str, int]]:
    """Yield every choice of line counts for the sung kinds of a structure."""
    sung = [kind for kind in dict.fromkeys(kinds) if kind not in FLEXIBLE]
    for choice in product(*(_LINE_CHOICES[kind] for kind in sung)):
        yield dict(zip(sung, choice, strict=True))


def _squeezed(kinds: Sequence[SectionKind], bars: int) -> tuple[Block, ...]:
    """Give every section at least one bar, the chorus and verses first, where time is too short for the form."""
    shares = [1] * len(kinds)
    order = sorted(range(len(kinds)), key=lambda index: (kinds[index] in FLEXIBLE, index))
    for turn in range(max(0, bars - len(kinds))):
        shares[order[turn % len([k for k in kinds if k not in FLEXIBLE] or kinds)]] += 1
    return tuple(
        Block(kind, 0 if kind in FLEXIBLE else max(1, share // 2), share)
        for kind, share in zip(kinds, shares, strict=True)
    )


def named(blocks: Sequence[Block], energy: tuple[float, float], sung: bool) -> tuple[FormSection, ...]:
    """Number the sections and give each its energy: verses grow, the last chorus is the summit."""
    curve = table("forms.toml")["energy"]
    totals = Counter(block.kind for block in blocks)
    seen: Counter[str] = Counter()
    taken = {block.name for block in blocks}
    low, high = energy
    sections = []
    for block in blocks:
        seen[block.kind] += 1
        name = block.name or next(free for free in _numbered(block.kind, seen[block.kind]) if free not in taken)
        taken.add(name)
        rise = 0.15 * (seen[block.kind] - 1) / max(1, totals[block.kind] - 1)
        share = min(1.0, curve[block.kind] + (rise if totals[block.kind] > 1 else 0.1 * (block.kind == "chorus")))
        level = round(min(1.0, max(0.0, low + (high - low) * share)), 3)
        sections.append(FormSection(name, block.kind, block.bars, block.lines if sung else 0, level))
    return tuple(sections)


def _numbered(kind: str, first: int) -> Iterator[str]:
    return (f"{kind} {number}" for number in count(first))
