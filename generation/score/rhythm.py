"""Setting a line in time: which slot of the bar carries which syllable.

A shortest path over (syllable, slot) weighs metrical accent against word stress, the groove that the lines of a
section share, and a comfortable time for every syllable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

SHORTEST_S = 0.16
COMFORT_S = 0.22
BREATH_S = 0.3
NEVER = 1e4


@dataclass(frozen=True, slots=True)
class Room:
    """The time of one line, in beats; ``earliest`` may lie before the bar line (a pickup)."""

    start: float
    """The bar line that the line belongs to."""
    earliest: float
    latest: float
    """Where the last note must have ended, breath included."""
    beats_per_bar: float
    compound: bool
    """6/8: the bar has two beats of three eighths."""
    beats: float
    """From the bar line to the next line's."""


@dataclass(frozen=True, slots=True)
class Groove:
    """The rhythm that lines of one shape share: half a line that opens and half a line that closes it."""

    slot: float
    """Beats of one sign of the patterns: a sixteenth of the line (a twelfth in threes)."""
    body: str
    ending: str
    syncopation: float
    spare: tuple[int, ...] = ()
    """Signs of the line, none of them an onset, that take a syllable more before any other does: lines with one
    syllable too many are then all sung alike."""

    def onsets(self, beats: float) -> list[float]:
        """Return the pattern's onsets in a line of ``beats``; in a longer line the body comes again."""
        half = len(self.body)
        count = round(beats / self.slot)
        signs = (self.body * (count // half + 1))[: max(0, count - half)] + self.ending
        return [place * self.slot for place, sign in enumerate(signs) if sign == "x"]


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly a line goes, in seconds."""

    syllable: float
    hold: float
    """Room for the last note."""
    longest: float
    """The last note is not held longer."""


def accent(beat: float, beats_per_bar: float, compound: bool) -> float:
    """Metrical strength of a position in the bar, 0..1 (Lerdahl & Jackendoff's grid, flattened)."""
    place = beat % beats_per_bar
    if place < 1e-6 or beats_per_bar - place < 1e-6:
        return 1.0
    if compound:
        return 0.8 if abs(place - 1.5) < 1e-6 else 0.35 if abs(place * 2 % 1) < 1e-6 else 0.0
    if abs(place % 1) < 1e-6:
        return 0.8 if beats_per_bar == 4 and abs(place - 2) < 1e-6 else 0.5
    return 0.25 if abs(place * 2 % 1) < 1e-6 else 0.0


def slot_beats(line_beats: float, beats_per_bar: float, compound: bool) -> float:
    """Return the beats of one slot: a sixteenth of an ordinary line, or a twelfth where the bar counts in threes."""
    return line_beats / (12 if compound or beats_per_bar == 3 else 16)


def strong(beat: float, beats_per_bar: float, compound: bool) -> bool:
    """The first beat, and the middle of a 4/4 or 6/8 bar."""
    return accent(beat, beats_per_bar, compound) >= 0.8


def onsets(
    weights: Sequence[float],
    stretches: Sequence[float],
    room: Room,
    groove: Groove,
    pace: Pace,
    seconds: Callable[[float], float],
    rhyme: tuple[int, float] | None = None,
) -> list[float]:
    """Return an onset (beats) for each syllable, increasing, inside the room.

    ``weights`` and ``stretches`` are those of ``prosody``. ``rhyme`` pins one syllable to an offset where possible;
    otherwise the last syllable seeks the pattern's last onset. The grid is the groove's slots; if the words do not
    fit comfortably, halves and quarters of them; and at last the room is divided evenly.
    """
    found: tuple[float, list[float]] | None = None
    for division in (1, 2, 4):
        unit = groove.slot / division
        slot_s = (seconds(room.start + groove.slot * 2) - seconds(room.start)) / 2 / division
        if division > 1 and slot_s < SHORTEST_S * 0.97 and found:
            break
        path = _path(weights, stretches, room, groove, pace, seconds, unit, rhyme)
        if path and (found is None or path[0] + 1.5 < found[0]):
            found = path
    if found and found[0] < NEVER:
        return found[1]
    span = room.latest - room.earliest
    return [room.earliest + span * index / (len(weights) + 0.5) for index in range(len(weights))]


def _path(
    weights: Sequence[float],
    stretches: Sequence[float],
    room: Room,
    groove: Groove,
    pace: Pace,
    seconds: Callable[[float], float],
    unit: float,
    rhyme: tuple[int, float] | None,
) -> tuple[float, list[float]] | None:
    """Return the cheapest way through the slots and its cost, None where there are fewer slots than syllables."""
    count = len(weights)
    first = int(np.ceil((room.earliest - room.start) / unit - 1e-9))
    last_slot = int(np.ceil((room.latest - room.start) / unit - 0.5 - 1e-9))
    offset = np.arange(first, last_slot) * unit
    if len(offset) < count:
        return None
    times = np.array([seconds(room.start + beat) for beat in offset])
    pattern = groove.onsets(room.beats)
    end = pattern[-1] if rhyme is None else rhyme[1]
    pinned = count - 1 if rhyme is None else rhyme[0]
    felt = _felt(offset, room, groove)
    liking = _near(offset, pattern) + 0.8 * _near(offset, [place * groove.slot for place in groove.spare])
    between = np.abs((offset / groove.slot) % 1) > 1e-6
    cost_of_place = 3.0 * (1.0 - liking) + np.where(between, 0.5 - 0.4 * groove.syncopation, 0.0)
    gaps = times[None, :] - times[:, None]
    safe = np.where(gaps > 0, gaps, 1.0)
    limit = SHORTEST_S * 0.97
    hurry = np.where(safe < limit, 20.0 + 60.0 * (limit - safe) / limit, 0.0)
    hurry += 8.0 * np.clip(COMFORT_S - safe, 0, None) / COMFORT_S
    early = offset < -1e-6
    # Notes before the bar line stay short: they belong to the chord that follows.
    dragging = early[:, None] & ((offset[None, :] - offset[:, None]) >= 1.0)
    hurry = np.where(gaps > 0, hurry + np.where(dragging, 6.0, 0.0), NEVER)

    def local(index: int) -> np.ndarray:
        miss = weights[index] - felt
        cost = np.where(miss > 0, 1.5 * miss**2, 1.1 * miss**2) + cost_of_place + np.where(early, weights[index], 0.0)
        if index == pinned:
            cost = cost + (0.5 if rhyme is None else 2.5) * np.minimum(np.abs(offset - end) / groove.slot, 4.0)
        return np.asarray(cost)

    total = local(0) + np.where(early, 0.1, 0.3 * np.abs(offset - pattern[0]) / groove.slot)
    back = np.zeros((count, len(offset)), dtype=int)
    for index in range(1, count):
        target = pace.syllable * (0.85 + 0.3 * weights[index - 1]) * stretches[index - 1]
        ratio = np.log(safe / target)
        moved = total[:, None] + hurry + np.where(ratio > 0, 1.2, 0.8) * ratio**2
        if stretches[index - 1] == 1.0:
            moved = moved + np.where(safe > 2.0 * target, 2.0, 0.0)
        back[index] = np.argmin(moved, axis=0)
        total = moved[back[index], np.arange(len(offset))] + local(index)
    left = np.maximum(seconds(room.latest) - times, 1e-3)
    total = total + np.where(left < pace.hold, 3.5 * np.log(left / pace.hold) ** 2, 0.0)
    total = total + np.where(left < SHORTEST_S, 40.0, 0.0)
    last = int(np.argmin(total))
    chosen = [last]
    for index in range(count - 1, 0, -1):
        chosen.append(int(back[index][chosen[-1]]))
    return float(total[last]), [room.start + float(offset[slot]) for slot in reversed(chosen)]


def _near(offset: np.ndarray, beats: Sequence[float]) -> np.ndarray:
    """Return 1.0 for every offset that is one of ``beats``."""
    return np.array([float(any(abs(beat - other) < 1e-6 for other in beats)) for beat in offset])


def _felt(offset: np.ndarray, room: Room, groove: Groove) -> np.ndarray:
    """Accent of each slot as the line feels it: half a line is one broad bar, whatever the tempo's notation.

    A push just before a strong beat counts as strong: that is what syncopation is.
    """
    broad = groove.slot * len(groove.body)
    scale = room.beats_per_bar / broad
    accents = np.array([accent(beat * scale, room.beats_per_bar, room.compound) for beat in offset])
    ahead = np.array([accent((beat + groove.slot) * scale, room.beats_per_bar, room.compound) for beat in offset])
    felt: np.ndarray = np.maximum(accents, np.where(ahead >= 0.8, 0.75 * min(1.0, 1.3 * groove.syncopation), 0.0))
    return felt


def durations(
    starts: Sequence[float],
    stretches: Sequence[float],
    room: Room,
    pace: Pace,
    seconds: Callable[[float], float],
) -> list[float]:
    """Return each note's length in beats: held to the next, with a short rest where words leave a long gap."""
    lengths = []
    for index, start in enumerate(starts):
        final = index + 1 == len(starts)
        length = (room.latest if final else starts[index + 1]) - start
        beat_s = seconds(room.start + 1) - seconds(room.start)
        if final:
            length = min(length, max(0.5, round(pace.longest / beat_s * 2) / 2))
        elif stretches[index] > 1.0 and length * beat_s > 1.1:
            length = max(0.5, round((length - 0.5) * 4) / 4) if length > 1 else length
        if start < room.start - 1e-6 and length >= 1.0:
            length = 0.75  # a pickup sounds over the chord before, of which the line knows nothing
        lengths.append(length)
    return lengths
