"""Spoken time laid out on sung time: vowels open on their notes and hold, consonants keep their length before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from generation.voices.segments import Segment
from generation.voices.world import STEP_S, Frames

_LEGATO_S = 0.08
"""A shorter rest than this between two notes is sung through."""
_CONSONANTS = 0.5
"""At most this part of the time from vowel to vowel goes to consonants."""
_EDGE_S = 0.05
_GLIDE_S = 0.14
_HISS_S = 0.05
_CODA_S = 0.24
_RELEASE_S = 0.06
"""How long a sound takes to fall silent before a rest."""


@dataclass(frozen=True, slots=True)
class Held:
    """A sung syllable: the seconds from its first note's onset to its last note's end, and its pitches.

    ``turns`` are (seconds, MIDI pitch) of each note, the first at ``start``.
    """

    start: float
    end: float
    turns: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of sung time [start, end) read from spoken time [source_start, source_end)."""

    start: float
    end: float
    source_start: float
    source_end: float
    vowel: bool = False


def _hold(start: float, end: float, segment: Segment) -> list[Stretch]:
    """Stretch a vowel: its opening and close at their own speed, the middle as slow as it takes."""
    a, b = segment.vowel, segment.release
    spoken, sung = b - a, end - start
    if sung <= spoken * 1.2:
        return [Stretch(start, end, a, b, True)]
    head = min(_EDGE_S, 0.3 * spoken) + min(segment.medial, 0.3 * spoken)
    tail = min(_EDGE_S, 0.3 * spoken)
    if segment.glides:
        source_tail = 0.4 * spoken
        tail = min(max(_GLIDE_S, source_tail), 0.4 * sung)
    else:
        source_tail = tail
    return [
        Stretch(start, start + head, a, a + head, True),
        Stretch(start + head, end - tail, a + head, b - source_tail, True),
        Stretch(end - tail, end, b - source_tail, b, True),
    ]


def lay_out(segments: Sequence[Segment], held: Sequence[Held]) -> list[Stretch]:
    """Return the pieces of a sung line in order; what no piece covers is silence. Times may begin below zero."""
    pieces: list[Stretch] = []
    first = segments[0]
    lead = (first.vowel - first.start) + (_HISS_S if first.hisses else 0.0)
    if first.vowel > first.start:
        pieces.append(Stretch(held[0].start - lead, held[0].start, first.start, first.vowel))
    for at, (segment, note) in enumerate(zip(segments, held, strict=True)):
        following = at + 1 < len(segments)
        coda = min(segment.end - segment.release, _CODA_S)
        if not following:
            hold_end = max(note.start + 0.4 * (note.end - note.start), note.end - coda)
            pieces += _hold(note.start, hold_end, segment)
            pieces.append(Stretch(hold_end, hold_end + coda, segment.release, segment.release + coda))
            break
        after, next_note = segments[at + 1], held[at + 1]
        onset = after.vowel - after.start
        room = next_note.start - note.start
        rest = next_note.start - note.end > max(_LEGATO_S, onset)
        if rest:
            hold_end = max(note.start + 0.4 * (note.end - note.start), note.end - coda)
            coda = min(coda, max(0.0, next_note.start - onset - hold_end))
            pieces += _hold(note.start, hold_end, segment)
            pieces.append(Stretch(hold_end, hold_end + coda, segment.release, segment.release + coda))
            begin = max(hold_end + coda, next_note.start - onset)
        else:
            squeeze = min(1.0, _CONSONANTS * room / max(1e-6, coda + onset))
            begin = next_note.start - onset * squeeze
            hold_end = begin - coda * squeeze
            pieces += _hold(note.start, hold_end, segment)
            pieces.append(Stretch(hold_end, begin, segment.release, segment.release + coda))
        pieces.append(Stretch(begin, next_note.start, after.start, after.vowel))
    return [piece for piece in pieces if piece.end - piece.start > 1e-4]


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """For every 5 ms of a sung line, where in the speech it is read."""

    start: float
    """Seconds, relative to the line's first note, of the first frame."""
    source: Frames
    """Frame number (fractional) of the speech."""
    sounding: Frames
    """1 where a piece covers the frame, 0 in rests, falling between them."""
    vowel: Frames
    """1 inside held vowels, else 0."""


def trace(pieces: Sequence[Stretch], margin: float = 0.05) -> Path:
    """Turn pieces into frames, with ``margin`` seconds of silence on both sides."""
    start = pieces[0].start - margin
    times = start + np.arange(round((pieces[-1].end + margin - start) / STEP_S) + 1) * STEP_S
    source, sounding, vowel = (np.zeros(len(times)) for _ in range(3))
    for piece in pieces:
        inside = (times >= piece.start - 1e-9) & (times < piece.end - 1e-9)
        pace = (piece.source_end - piece.source_start) / (piece.end - piece.start)
        source[inside] = (piece.source_start + (times[inside] - piece.start) * pace) / STEP_S
        sounding[inside] = 1.0
        vowel[inside] = float(piece.vowel)
    for before, after in pairwise(np.flatnonzero(sounding > 0)):
        if after - before > 1:  # through a rest the spectrum stays where it was; only the level falls
            half = (before + after) // 2
            source[before + 1 : half + 1] = source[before]
            source[half + 1 : after] = source[after]
    sung = np.flatnonzero(sounding > 0)
    fall = round(_RELEASE_S / STEP_S)
    for last in [int(at) for at in sung if at + 1 == len(times) or sounding[at + 1] == 0]:
        size = min(fall, last + 1)
        sounding[last + 1 - size : last + 1] *= np.cos(np.linspace(0.0, np.pi / 2, size))
    source[: sung[0]], source[sung[-1] + 1 :] = source[sung[0]], source[sung[-1]]
    return Path(start, source, sounding, vowel)
