"""The time that each line of a section gets: whole bars, with a breath before the next line."""

from __future__ import annotations

import math
from collections.abc import Sequence

from generation.score.form import line_bars
from generation.score.rhythm import Room


def shares(counts: Sequence[int], bars: int, per_line: int, bar_s: float, syllable_s: float) -> list[float]:
    """Divide a section's bars among its lines, in bars.

    Ordinary lines take ``per_line`` bars. A line whose syllables (``counts``) would be rushed takes more while the
    section has bars to spare; where there are fewer bars than lines need, all lines share them alike.
    """
    if not counts:
        return []
    base = min(float(per_line), bars / len(counts))
    if base >= 1:
        base = math.floor(base)
    given = [base] * len(counts)
    spare = bars - sum(given)
    if base < per_line:
        return given
    for index in sorted(range(len(counts)), key=lambda index: (-counts[index], index)):
        more = line_bars(counts[index], per_line, bar_s, syllable_s) - per_line
        while more > spare:
            more -= 1 if per_line == 1 else per_line
        if more > 0:
            given[index] += more
            spare -= more
    return given


def breath(beat_s: float) -> float:
    """Return the rest before the next line in beats: at least 0.3 of a beat and 0.2 s, on the sixteenth grid."""
    return math.ceil(max(0.3, 0.2 / beat_s) * 4 - 1e-9) / 4


def rooms(
    bars: Sequence[float], onset: float, beats_per_bar: float, compound: bool, pickup: float, beat_s: float
) -> list[Room]:
    """Lay lines of ``bars`` one after the other from ``onset`` (beats)."""
    found = []
    start = onset
    for count in bars:
        end = start + count * beats_per_bar
        latest = end - min(pickup + breath(beat_s), count * beats_per_bar / 2)
        found.append(Room(start, max(0.0, start - pickup), latest, beats_per_bar, compound, count * beats_per_bar))
        start = end
    return found
