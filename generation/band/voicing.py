"""Which keys a chord is played on: the closest hand to the chord before, inside the player's register."""

from __future__ import annotations

from itertools import pairwise

from generation.song import Chord

_CLASH = 30.0
"""Cost of two voices a semitone apart: never, unless nothing else fits."""
_STRETCH = 6
"""Semitones by which a hand may leave its register rather than play a bad chord."""
_OUTSIDE = 1.5
"""Cost of each semitone outside the register."""
_MUD = 6.0
"""Cost of a close interval low down, where it growls."""


def voice(
    chord: Chord, style: str, voices: int, register: tuple[int, int], before: tuple[int, ...] = ()
) -> tuple[int, ...]:
    """Return rising MIDI pitches of a chord.

    ``style`` is ``close``, ``open`` (second voice from the top dropped an octave), ``power`` (root, fifth, octave),
    ``shell`` (third and seventh, or third and fifth) or ``rootless`` (no root where there are tones enough).
    The choice has the least movement from ``before``, no semitone between neighbours and no mud below E3.
    """
    low, high = register
    if style == "power":
        fifth = next((p for p in chord.pitches if (p - chord.root) % 12 in (6, 7, 8)), (chord.root + 7) % 12)
        bottom = low + (chord.root - low) % 12
        return (bottom, bottom + (fifth - chord.root) % 12, bottom + 12)
    tones = _tones(chord, style, voices)
    options = _stacks(tones, style, low - _STRETCH, high)
    return min(options, key=lambda option: (_cost(option, before, register), option))


def _tones(chord: Chord, style: str, voices: int) -> list[int]:
    """Choose pitch classes: colour tones first to stay, the fifth and then the root first to go."""
    tones = list(dict.fromkeys(chord.pitches))
    if style == "shell":
        return [tones[1], tones[3] if len(tones) > 3 else tones[-1]] if len(tones) > 1 else tones
    if style == "rootless" and len(tones) > 3:
        tones.remove(chord.root)
    while len(tones) > voices:
        if len(tones) > 3 and len(chord.pitches) > 2 and chord.pitches[2] in tones and len(tones) <= 4:
            tones.remove(chord.pitches[2])
        elif chord.root in tones and len(tones) > 3:
            tones.remove(chord.root)
        else:
            tones.pop()
    return tones


def _stacks(tones: list[int], style: str, low: int, high: int) -> list[tuple[int, ...]]:
    """Return every inversion at every octave of the register, close or opened."""
    stacks = []
    ordered = sorted(tones)
    for turn in range(len(ordered)):
        classes = ordered[turn:] + ordered[:turn]
        for bottom in range(low, high + 1):
            if bottom % 12 != classes[0]:
                continue
            pitches = [bottom]
            for tone in classes[1:]:
                pitches.append(pitches[-1] + ((tone - pitches[-1]) % 12 or 12))
            if style == "open" and len(pitches) > 2:
                dropped = pitches[-2] - 12
                pitches = sorted([*pitches[:-2], pitches[-1], dropped])
            stacks.append(tuple(pitches))
    return stacks


def _cost(option: tuple[int, ...], before: tuple[int, ...], register: tuple[int, int]) -> float:
    centre = sum(option) / len(option)
    cost = 0.25 * abs(centre - sum(register) / 2)
    if len(before) == len(option):
        cost += sum(abs(a - b) for a, b in zip(option, before, strict=True)) / len(option)
    elif before:
        cost += abs(centre - sum(before) / len(before))
    else:
        cost += abs(centre - sum(register) / 2)
    cost += _OUTSIDE * (max(0, register[0] - option[0]) + max(0, option[-1] - register[1]))
    for lower, upper in pairwise(option):
        cost += _CLASH * (upper - lower == 1) + _MUD * (lower < 52 and upper - lower < 3)
    return cost
