"""Choosing pitches for a line whose rhythm is set: a shortest path over the scale.

Hard rules first (chord tones on strong beats, nothing a semitone from a sounding chord tone where it would be
heard), then the tune's own target, then small intervals, and for Mandarin the motion of the tones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from generation.score.keys import MAJOR_PENTATONIC, MINOR_PENTATONIC, Key
from generation.score.prosody import tone_costs
from generation.score.rhythm import strong
from generation.song import Chord

FORBIDDEN = 1e3


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
    ending: str
    """``closed`` rests on the tonic, ``open`` avoids it."""


def clashes(pitch: int, chord: Chord) -> bool:
    """Say whether a pitch is a semitone (or its octaves) from any note of the chord."""
    return any((pitch - note) % 12 in {1, 11} for note in chord.pitches)


def sounding(chords: Sequence[Chord], onset: float, duration: float) -> list[Chord]:
    """Return the chords that sound during a note; before the first chord, the first."""
    found = [c for c in chords if c.onset < onset + duration - 1e-6 and c.onset + c.duration > onset + 1e-6]
    return found or [chords[0] if onset < chords[0].onset else chords[-1]]


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
    liking = noise.copy()
    line = _shortest(path, chords, window, tonality, leap, metre, liking)
    for _ in range(3):
        dull = [i for i in range(1, len(line) - 1) if line[i - 1] == line[i] == line[i + 1]]
        if not dull:
            break
        for index in dull:
            liking[index, line[index]] += 2.0
        line = _shortest(path, chords, window, tonality, leap, metre, liking)
    return line


def _shortest(
    path: Path,
    chords: Sequence[Chord],
    window: tuple[int, int],
    tonality: Tonality,
    leap: float,
    metre: tuple[float, bool, float],
    noise: np.ndarray,
) -> list[int]:
    low, high = window
    range_ = np.arange(low, high + 1)
    steps = range_[None, :] - range_[:, None]
    moving = _interval_costs(steps, leap)
    bar, compound, origin = metre
    count = len(path.onsets)
    total = np.zeros(len(range_))
    back = np.zeros((count, len(range_)), dtype=int)
    stray = np.zeros(len(range_))
    for index in range(count):
        onset, duration = path.onsets[index], path.durations[index]
        heard = sounding(chords, onset, duration)
        main = heard[0]
        # A note pushed ahead of the change may already belong to the chord it is held over.
        over = max(heard, key=lambda c: min(c.onset + c.duration, onset + duration) - max(c.onset, onset))
        firm = strong(onset - origin, bar, compound) or duration >= 1.0 or index + 1 == count
        allowed = tonality.pitch_classes(main) & tonality.pitch_classes(over) or tonality.pitch_classes(main)
        in_scale = np.array([int(p) % 12 in allowed for p in range_])
        pushed = over is not main and not strong(onset - origin, bar, compound)
        in_chord = np.array([int(p) % 12 in (over if pushed else main).pitches for p in range_])
        rub = np.array([20.0 * clashes(int(p), main) + sum(20.0 * clashes(int(p), c) for c in heard) for p in range_])
        cost = path.pull * np.abs(range_ - path.targets[index]) + noise[index, range_]
        cost = cost + np.where(in_scale, 0.0, FORBIDDEN)
        cost = cost + rub * (1.0 if firm else 0.01)
        cost = cost + np.where(in_chord, 0.0, 5.0 if firm else 0.2)
        if index + 1 == count:
            tonic = (range_ - tonality.key.tonic) % 12 == 0
            cost = cost + (np.where(tonic, 0.0, 3.5) if path.ending == "closed" else np.where(tonic, 0.7, 0.0))
        if index == 0:
            total = cost
        else:
            # A passing note is left and met by step.
            loose = np.where(np.abs(steps) > 2, 1.0, 0.0)
            moved = total[:, None] + moving + loose * (1.2 * stray[:, None] + 0.6 * (~in_chord)[None, :])
            wanted = path.intervals[index]
            if wanted is not None:
                # Where words have tones, the tune's gesture gives way to them.
                moved = moved + (0.12 if path.tones[index] else 0.35) * np.minimum(np.abs(steps - wanted), 6)
            moved = moved + 1.9 * tone_costs(path.tones[index], steps)
            back[index] = np.argmin(moved, axis=0)
            total = moved[back[index], np.arange(len(range_))] + cost
        stray = (~in_chord).astype(float)
    line = [int(np.argmin(total))]
    for index in range(count - 1, 0, -1):
        line.append(int(back[index][line[-1]]))
    return [int(range_[place]) for place in reversed(line)]


def _interval_costs(steps: np.ndarray, leap: float) -> np.ndarray:
    """Steps are free, thirds nearly so, fourths and fifths a gesture, a seventh never, an octave only upward."""
    size = np.abs(steps)
    table = np.array([0.85, 0.1, 0.0, 0.16, 0.2, 0.42, 4.0, 0.7, 4.0, 4.5, 8.0, 20.0, 5.0])
    scale = 1.6 - leap
    cost = np.where(size <= 12, table[np.minimum(size, 12)], FORBIDDEN)
    cost = np.where((size > 7) & (steps < 0), cost + 6.0, cost)
    return np.where(size > 2, cost * scale, cost)
