"""Choosing pitches for a line whose rhythm is set: a shortest path over the scale.

Hard rules first (chord tones on strong beats, nothing a semitone from a sounding chord tone where it would be
heard), then the tune's own target, then small intervals, and for Mandarin the motion of the tones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from generation.score.keys import MAJOR_PENTATONIC, MINOR_PENTATONIC, Key
from generation.score.prosody import tone_costs
from generation.score.rhythm import strong
from generation.song import Chord

FORBIDDEN = 1e3
BEND = {"ornament": 3.0, "skeleton": 2.4}
"""Cost of a note that moves against its word's tone: a passing note bends readily, a strong or long one less so, which
keeps the motif recognisable when it returns with other words."""


@dataclass(frozen=True, slots=True)
class Tonality:
    """The notes a tune may use."""

    key: Key
    pentatonic: bool

    def pitch_classes(self, chord: Chord) -> frozenset[int]:
        """Return the scale over one chord: the key's, bent to the chord's own notes where they differ."""
        steps = self.key.scale
        if self.pentatonic:
            steps = MINOR_PENTATONIC if self.key.minor else MAJOR_PENTATONIC
        scale = {(self.key.tonic + step) % 12 for step in steps}
        if self.pentatonic:
            return frozenset(scale)
        foreign = set(chord.pitches) - scale
        bent = {pitch for pitch in scale if not any((pitch - note) % 12 in {1, 11} for note in foreign)}
        return frozenset(bent | set(chord.pitches))


@dataclass(frozen=True, slots=True)
class Path:
    """What a line's notes aim at. All sequences have one entry a note."""

    onsets: Sequence[float]
    durations: Sequence[float]
    targets: Sequence[float]
    """MIDI pitches, fractions allowed."""
    pull: float
    """Cost of missing the target by a semitone."""
    intervals: Sequence[float | None]
    """The motif's interval into each note in semitones, where it has one."""
    tones: Sequence[float]
    """Mandarin pull into each note, see ``prosody.tone_pull``; 0 is free."""
    bends: Sequence[float]
    """How readily the tune gives way to each of those pulls; see ``BEND``."""
    ending: str
    """``closed`` rests on the tonic, ``open`` avoids it."""


def clashes(pitch: int, chord: Chord) -> bool:
    """Say whether a pitch is a semitone (or its octaves) from any note of the chord."""
    return any((pitch - note) % 12 in {1, 11} for note in chord.pitches)


def sounding(chords: Sequence[Chord], onset: float, duration: float) -> list[Chord]:
    """Return the chords that sound during a note; before the first chord, the first."""
    found = [c for c in chords if c.onset < onset + duration - 1e-6 and c.onset + c.duration > onset + 1e-6]
    return found or [chords[0] if onset < chords[0].onset else chords[-1]]


def cleared(onset: float, duration: float, pitch: int, chords: Sequence[Chord]) -> float:
    """Shorten a held note at the chord change where it would start to rub."""
    if duration < 1.0:
        return duration
    for chord in sounding(chords, onset, duration):
        if chord.onset > onset + 0.2 and clashes(pitch, chord):
            return chord.onset - onset
    return duration


def pitches(
    path: Path,
    chords: Sequence[Chord],
    window: tuple[int, int],
    tonality: Tonality,
    leap: float,
    metre: tuple[float, bool, float],
    noise: np.ndarray,
) -> list[int]:
    """Return a MIDI pitch for each note, inside ``window``; no pitch three times running if it can be helped.

    ``metre`` is (beats in a bar, compound, the beat of a bar line). ``noise`` has at least as many rows as notes and
    128 columns: small random likings that make this line its own.
    """
    low, high = window
    costs, strays = _note_costs(path, chords, np.arange(low, high + 1), tonality, metre)
    costs += noise[: len(costs), low : high + 1]
    moves = _move_costs(path, strays, leap)
    line = _shortest(costs, moves)
    for _ in range(3):
        dull = [i for i in range(1, len(line) - 1) if line[i - 1] == line[i] == line[i + 1]]
        if not dull:
            break
        for index in dull:
            costs[index, line[index]] += 2.0
        line = _shortest(costs, moves)
    return [low + place for place in line]


def _note_costs(
    path: Path, chords: Sequence[Chord], range_: np.ndarray, tonality: Tonality, metre: tuple[float, bool, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the cost of each pitch for each note, and 1 where a pitch is foreign to the chord: [notes, pitches]."""
    bar, compound, origin = metre
    classes = range_ % 12
    tonic = classes == tonality.key.tonic
    costs = path.pull * np.abs(range_[None, :] - np.asarray(path.targets, dtype=float)[:, None])
    strays = np.zeros_like(costs)
    for index, (onset, duration) in enumerate(zip(path.onsets, path.durations, strict=True)):
        final = index + 1 == len(costs)
        heard = sounding(chords, onset, duration)
        # A note pushed ahead of the change may already belong to the chord it is held over.
        over = max(heard, key=lambda c: min(c.onset + c.duration, onset + duration) - max(c.onset, onset))
        on_beat = strong(onset - origin, bar, compound)
        firm = on_beat or duration >= 1.0 or final
        scale, tones, rub = _chord_table(heard[0], tonality)
        allowed = scale & _chord_table(over, tonality)[0]
        allowed = allowed if allowed.any() else scale
        tones = tones if on_beat else _chord_table(over, tonality)[1]
        for chord in heard[1:]:
            rub = rub + 0.5 * _chord_table(chord, tonality)[2]
        strays[index] = ~tones[classes]
        costs[index] += np.where(allowed, 0.0, FORBIDDEN)[classes]
        costs[index] += rub[classes] * (40.0 if firm else 0.4)
        # A beat-long note off the strong beats may be a sixth or a ninth, as long as it doesn't rub.
        costs[index] += strays[index] * (5.0 if on_beat or final or duration >= 2.0 else 1.2 if firm else 0.2)
        if final:
            costs[index] += np.where(tonic, 0.0, 3.5) if path.ending == "closed" else np.where(tonic, 0.7, 0.0)
    return costs, strays


@lru_cache(maxsize=2048)
def _chord_table(chord: Chord, tonality: Tonality) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for each of the twelve pitch classes: in the scale, in the chord, 1.0 where it rubs against the chord."""
    scale = tonality.pitch_classes(chord)
    return (
        np.array([pitch in scale for pitch in range(12)]),
        np.array([pitch in chord.pitches for pitch in range(12)]),
        np.array([float(clashes(pitch, chord)) for pitch in range(12)]),
    )


def _move_costs(path: Path, strays: np.ndarray, leap: float) -> list[np.ndarray]:
    """Return the cost of every motion into each note but the first: arrays [from pitch, to pitch]."""
    count = strays.shape[1]
    steps = np.arange(count)[None, :] - np.arange(count)[:, None]
    moving = _interval_costs(steps, leap)
    # A passing note is left and met by step.
    loose = (np.abs(steps) > 2).astype(float)
    found = []
    for index in range(1, len(strays)):
        cost = moving + loose * (1.2 * strays[index - 1][:, None] + 0.6 * strays[index][None, :])
        wanted, tone = path.intervals[index], path.tones[index]
        if wanted is not None:
            # Where words have tones, the tune's gesture gives way to them.
            cost += (0.35 if tone else 0.5) * np.minimum(np.abs(steps - wanted), 6)
        found.append(cost + path.bends[index] * tone_costs(tone, steps))
    return found


def _shortest(costs: np.ndarray, moves: Sequence[np.ndarray]) -> list[int]:
    """Return the column of each row on the cheapest path (Viterbi)."""
    total = costs[0]
    back = []
    for cost, move in zip(costs[1:], moves, strict=True):
        reached = total[:, None] + move
        back.append(np.argmin(reached, axis=0))
        total = reached.min(axis=0) + cost
    line = [int(np.argmin(total))]
    for row in reversed(back):
        line.append(int(row[line[-1]]))
    return line[::-1]


def _interval_costs(steps: np.ndarray, leap: float) -> np.ndarray:
    """Steps are free, thirds nearly so, fourths and fifths a gesture, a seventh never, an octave only upward."""
    size = np.abs(steps)
    table = np.array([0.85, 0.1, 0.0, 0.16, 0.2, 0.42, 4.0, 0.7, 4.0, 4.5, 8.0, 20.0, 5.0])
    scale = 1.6 - leap
    cost = np.where(size <= 12, table[np.minimum(size, 12)], FORBIDDEN)
    cost = np.where((size > 7) & (steps < 0), cost + 6.0, cost)
    return np.where(size > 2, cost * scale, cost)
