"""Drums and percussion: grooves by heat, fills into the next section, a crash where it opens."""

from __future__ import annotations

from functools import cache

from generation.band.accents import velocity
from generation.band.genre import Genre, Role
from generation.band.parts import PlayedNote
from generation.band.passage import Passage
from generation.band.patterns import STEP, Fill, fill, pattern, steps
from generation.band.sounds import data
from generation.seeds import rng

_LENGTH = 0.2
"""Beats a drum is held: kits play their sample out."""


@cache
def keys() -> dict[str, int]:
    return {name: int(key) for name, key in data("patterns/drum_keys.toml").items()}


def drums(passage: Passage, role: Role, genre: Genre, seed: int, always: bool = False) -> list[PlayedNote]:
    """Return the notes of one drum chair in one section; none where it is silent."""
    groove = _groove(role, passage.section.kind, passage.heat, always)
    coming = "" if passage.next_kind is None else _groove(role, passage.next_kind, passage.next_heat, always)
    notes: list[PlayedNote] = []
    length = steps(passage.beats_per_bar)
    for bar in range(passage.played_bars):
        onset = passage.section.onset + bar * passage.beats_per_bar
        lanes = dict(pattern("drums", groove, passage.metre).bars[_turn(groove, passage, bar)].lanes) if groove else {}
        ending = _fill(passage, role, bar, coming, seed) if role.fills else None
        if ending:
            lanes = _with_fill(lanes, ending, length)
        if bar == 0 and groove and role.stem == "drums" and passage.heat >= genre.crash:
            lanes["crash"] = "X" + "." * (length - 1)
            lanes = {lane: "." + text[1:] if lane in ("hat", "ride") else text for lane, text in lanes.items()}
        notes.extend(_strokes(lanes, onset, passage.heat))
    if passage.ring_until is not None and groove and role.stem == "drums":
        notes.extend(
            _strokes(
                {"kick": "x", "crash": "x" if passage.heat >= genre.crash else "o"}, passage.last_bar, passage.heat
            )
        )
    return notes


def _groove(role: Role, kind: str, heat: float, always: bool) -> str:
    return role.pattern(kind, heat) or (role.plays[0][1] if always else "")


def _turn(groove: str, passage: Passage, bar: int) -> int:
    return bar % len(pattern("drums", groove, passage.metre).bars)


def _fill(passage: Passage, role: Role, bar: int, coming: str, seed: int) -> Fill | None:
    """Return the fill that ends this bar: a clear one before a new section, now and then one after eight bars."""
    draw = rng(seed, passage.section.name, "fill", role.stem, bar)
    ends_section = bar == passage.section.bars - 1 and bool(coming)
    ends_eight = bar % 8 == 7 and passage.heat > 0.4 and draw.random() < 0.5
    if not ends_section and not ends_eight:
        return None
    choice = role.fills if ends_section and passage.next_heat >= passage.heat else role.fills[-1:]
    return fill(choice[int(draw.integers(len(choice)))])


def _with_fill(lanes: dict[str, str], ending: Fill, length: int) -> dict[str, str]:
    """Lay a fill over the end of a bar; the drums it does not use make room, unless it is played over the groove."""
    size = min(len(ending), length)
    used = {lane for lane, _ in ending.lanes}
    laid = {
        lane: text if ending.over and lane not in used else text[: length - size] + "." * size
        for lane, text in lanes.items()
    }
    for lane, text in ending.lanes:
        laid[lane] = laid.get(lane, "." * length)[: length - size] + text[-size:]
    return laid


def _strokes(lanes: dict[str, str], onset: float, heat: float) -> list[PlayedNote]:
    return [
        PlayedNote(onset + step * STEP, _LENGTH, keys()[lane], velocity(token, step, heat, 116))
        for lane, text in lanes.items()
        for step, token in enumerate(text)
        if token not in ". _"
    ]
