"""Bass lines: roots, fifths and octaves under the chords, and a step that leads into the next one."""

from __future__ import annotations

from dataclasses import replace

from generation.band.accents import velocity
from generation.band.parts import PlayedNote
from generation.band.passage import Passage
from generation.band.patterns import STEP, pattern, steps
from generation.song import Chord

_CENTRE = 38
"""D2: roots are taken from the octave around it."""


def bass(passage: Passage, name: str, low: int, high: int) -> list[PlayedNote]:
    """Return one section's line on pattern ``name``, within ``low`` to ``high``; the last chord rings."""
    notes: list[PlayedNote] = []
    length = steps(passage.beats_per_bar)
    shape = pattern("bass", name, passage.metre)
    text = "".join(shape.bars[bar % len(shape.bars)].lanes[0][1] for bar in range(passage.played_bars))
    sounding: Chord | None = None
    for step, token in enumerate(text):
        onset = passage.section.onset + step * STEP
        chord = passage.chord(onset)
        if chord is None:
            return []
        if token == "_" and notes and sounding is chord:
            notes[-1] = replace(notes[-1], duration=onset + STEP - notes[-1].onset)
        elif token != "." and not (token == "_" and sounding is None):
            struck = "r" if token == "_" else token
            strength = velocity(struck, step % length, passage.heat, 110)
            pitch = _pitch(struck, chord, passage.chord_after(chord), low, high)
            notes.append(PlayedNote(onset, STEP * (0.6 if token == "-" else 0.94), pitch, strength))
            sounding = passage.chord_after(chord) if token == "n" else chord
        if token == ".":
            sounding = None
    if passage.ring_until is not None:
        notes.extend(_ending(passage, low, high))
    return notes


def _ending(passage: Passage, low: int, high: int) -> list[PlayedNote]:
    assert passage.ring_until is not None
    chords = [chord for chord in passage.section.chords if chord.onset + chord.duration > passage.last_bar + 1e-6]
    starts = [max(chord.onset, passage.last_bar) for chord in chords]
    ends = [*starts[1:], passage.ring_until]
    return [
        PlayedNote(start, end - start, _root(chord, low, high), velocity("x", 0, passage.heat, 110))
        for chord, start, end in zip(chords, starts, ends, strict=True)
        if end > start
    ]


def _root(chord: Chord, low: int, high: int) -> int:
    return _within(_CENTRE - 5 + (chord.root - (_CENTRE - 5)) % 12, low, high)


def _within(pitch: int, low: int, high: int) -> int:
    while pitch < low:
        pitch += 12
    while pitch > high:
        pitch -= 12
    return pitch


def _pitch(token: str, chord: Chord, after: Chord, low: int, high: int) -> int:
    root = _root(chord, low, high)
    tones = chord.pitches
    match token:
        case "3":
            tone = tones[1] if len(tones) > 1 else chord.root
        case "5":
            tone = tones[2] if len(tones) > 2 else chord.root
        case "7":
            tone = tones[3] if len(tones) > 3 else (tones[2] if len(tones) > 2 else chord.root)
        case "8":
            return _within(root + 12, low, max(high, root + 12))
        case "n":
            return _root(after, low, high)
        case "a":
            return _within(_approach(chord, after, low, high), low, high)
        case _:
            return root
    return _within(root + (tone - chord.root) % 12, low, high)


def _approach(chord: Chord, after: Chord, low: int, high: int) -> int:
    """Lead into the next root by a chord tone a step away if there is one, else from a semitone below."""
    target = _root(after, low, high)
    if after.root == chord.root:
        return target + (chord.pitches[2] - chord.root) % 12 - 12 if len(chord.pitches) > 2 else target
    near = [target + step for step in (-2, 2, -1, 1) if (target + step) % 12 in chord.pitches]
    return near[0] if near else target - 1
