"""What a listener expects of a form, as costs: two verses, an early chorus, sections neither stubs nor sermons.

The costs only choose among forms that fill the time; a structure that the member asked for is never judged.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.score.genre import table
from generation.song import SectionKind

_LIKED_S = {"pre-chorus": 10.0, "bridge": 15.0}
_SECTION_S = 20.0
"""Seconds that a sung section likes to last."""
_LONGEST_CHORUS_S = 32.0


@dataclass(frozen=True, slots=True)
class Proportions:
    """How patient the listeners of a family of genres are, in seconds."""

    chorus_by: float
    """The first chorus has begun."""
    longest_verse: float
    """A verse that lasts longer is felt as long."""


def proportions(family: str) -> Proportions:
    """Return the patience of a family of ``forms.toml``."""
    chorus_by, longest_verse = table("forms.toml")["patience"][family]
    return Proportions(float(chorus_by), float(longest_verse))


def of_structure(kinds: Sequence[SectionKind], length_s: float) -> float:
    """Cost of the order of sections in a song of ``length_s`` seconds."""
    verses, choruses = kinds.count("verse"), kinds.count("chorus")
    cost = 4.0 * (length_s > 21 and not verses) + 3.0 * (length_s > 50 and choruses < 2)
    cost += 8.0 * (length_s > 95 and verses < 2)
    # A voice out of nowhere startles; a clip of half a minute has no time for manners.
    cost += 3.0 * (length_s > 40 and kinds[0] != "intro") + 1.0 * (length_s > 60 and kinds[-1] != "outro")
    # After two minutes the ear wants something it hasn't heard.
    return cost + 4.0 * (length_s > 128 and not {"bridge", "instrumental"} & set(kinds))


def of_lines(
    kinds: Sequence[SectionKind], lines: Mapping[str, int], line_s: float, length_s: float, wish: Proportions
) -> float:
    """Cost of the lines (per kind) for lines of ``line_s`` seconds."""
    counts: Counter[str] = Counter(kinds)
    cost = 0.0
    for kind, count in lines.items():
        seconds = count * line_s
        cost += abs(math.log(seconds / _LIKED_S.get(kind, _SECTION_S))) * 1.4 * math.sqrt(counts[kind])
        if kind == "verse":
            cost += (0.0 if count in {4, 8} else 1.0) + 2.5 * (count < 4 and length_s > 60)
            cost += 0.4 * max(0.0, seconds - wish.longest_verse)
        elif kind == "chorus":
            # A chorus is four lines; in half a minute its hook alone will do.
            cost += (0.0 if count == 4 else 0.5 if length_s < 60 else 5.0) + 0.4 * max(0.0, seconds - _LONGEST_CHORUS_S)
    return cost + 0.7 * (lines.get("chorus", 0) > lines.get("verse", 99))


def of_wait(seconds: float, wish: Proportions) -> float:
    """Cost of a first chorus that begins after ``seconds``."""
    return 0.3 * max(0.0, seconds - wish.chorus_by)
