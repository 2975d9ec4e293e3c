"""Rhythms as step strings. One character is a sixteenth; a bar of 4/4 has 16, of 3/4 and 6/8 twelve.

``patterns/*.toml`` hold them by name and metre. A metre without a row of its own is cut or repeated from the nearest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generation.band.sounds import data

STEP = 0.25
"""Beats in a step."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The lanes of one bar: each a name (a drum, or "" for pitched patterns) and a string of steps."""

    lanes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """``bars`` follow one another and repeat. ``ring`` lets plucked notes sound until the chord changes."""

    bars: tuple[Bar, ...]
    ring: bool = False
    staccato: float = 1.0
    """Share of its steps that a note sounds."""
    ends: str = "x"
    """What is struck on the last chord of the song."""


@dataclass(frozen=True, slots=True)
class Fill:
    """The end of a bar: drum lanes of one length."""

    lanes: tuple[tuple[str, str], ...]
    over: bool
    """The rest of the groove goes on."""

    def __len__(self) -> int:
        return len(self.lanes[0][1])


def steps(beats_per_bar: float) -> int:
    return round(beats_per_bar / STEP)


@cache
def _rows(shelf: str) -> Mapping[str, Mapping[str, object]]:
    rows: Mapping[str, Mapping[str, object]] = data(f"patterns/{shelf}.toml")
    return rows


def names(shelf: str) -> tuple[str, ...]:
    """Return the names of the patterns on a shelf: ``drums``, ``fills``, ``chords``, ``bass``."""
    return tuple(_rows(shelf))


@cache
def pattern(shelf: str, name: str, metre: str) -> Pattern:
    """Return a pattern for a metre such as ``"4/4"``. Raises ``KeyError`` if the shelf has no such name."""
    row = _rows(shelf)[name]
    count, unit = (int(word) for word in metre.split("/"))
    length = count * 16 // unit
    bars = _bars(shelf, name, "6/8" if unit == 8 and count % 3 == 0 else "3/4" if length == 12 else "4/4")
    first = _lanes(bars[0])
    return Pattern(
        tuple(_bar(first | _lanes(bar) if isinstance(bar, dict) else _lanes(bar), length) for bar in bars),
        bool(row.get("ring", False)),
        float(str(row.get("staccato", 1.0))),
        str(row.get("ends", "x")),
    )


@cache
def fill(name: str) -> Fill:
    """Return a drum fill. Raises ``KeyError`` if there is no such fill."""
    row = dict(_rows("fills")[name])
    over = bool(row.pop("over", False))
    return Fill(tuple(_lanes(row).items()), over)


def _bars(shelf: str, name: str, family: str) -> list[object]:
    """Return the bars of a metre; a name in their place borrows them from another pattern."""
    row = _rows(shelf)[name]
    bars = row.get(family, row["4/4"])
    return _bars(shelf, bars, family) if isinstance(bars, str) else list(bars)  # type: ignore[call-overload]


def _lanes(bar: object) -> dict[str, str]:
    """Read a bar: a table of drum lanes, or a string whose lanes are parted by ``|``."""
    if isinstance(bar, dict):
        return {str(lane): str(text).replace(" ", "") for lane, text in bar.items()}
    return {str(index): text.replace(" ", "") for index, text in enumerate(str(bar).split("|"))}


def _bar(lanes: dict[str, str], length: int) -> Bar:
    """Fit the lanes to the bar: longer bars repeat the pattern, shorter ones use its start."""
    return Bar(tuple((lane, (text * (length // len(text) + 1))[:length]) for lane, text in lanes.items() if text))
