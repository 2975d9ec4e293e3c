"""From a pitch contour to notes: where one ends and the next begins, and what pitch was meant.

The cheapest path through held pitches, after M. Mauch et al., "Computer-aided melody note transcription using the
Tony software" (TENOR 2015): a change of note costs as much whatever its size, so that glides and vibrato stay inside a
note.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generation.hum.pitch import HOP_S, Contour, Floats

STEP = 0.25
"""Semitones between the pitches a note may be held at."""
FARTHEST = 2.0
SILENT_BUT_SUNG, SUNG_BUT_SILENT = 1.2, 0.5
"""Costs a frame, as semitones away from the note."""
NEW_NOTE = 7.0
DIP_DB = 4.5
"""A dip between two strokes of one pitch."""
VIBRATO = 1.0
"""Semitones; further off lie glides."""
SHORTEST_S, PASSING_S = 0.08, 0.13
"""Of any note; and of one that lies between its neighbours in pitch, or is struck again on the pitch before."""
SAME = 0.45
"""Neighbours closer than this, in semitones, without a dip between them are one note."""
VIBRATO_S = 0.18
"""About a period of vibrato, which runs at 5 to 7 Hz."""


@dataclass(frozen=True, slots=True)
class HummedNote:
    """One note as it was sung."""

    onset_s: float
    duration_s: float
    midi: float
    """The pitch meant: the middle of the vibrato, glides left out."""
    wander: float
    """How far the pitch moves inside the note, vibrato left out, in semitones: little when sung."""


def notes(heard: Contour) -> tuple[HummedNote, ...]:
    """Return the notes of a contour in order."""
    spans = [
        part
        for span in _merged(_held(heard), heard)
        for part in _parted(span, heard)
        if (part[1] - part[0]) * HOP_S >= SHORTEST_S
    ]
    return tuple(_note(start, end, heard) for start, end in spans)


def _held(heard: Contour) -> list[tuple[int, int]]:
    """Return the first frame and the end of every stretch held at one pitch."""
    sung = ~np.isnan(heard.midi)
    if not sung.any():
        return []
    grid = np.arange(np.nanmin(heard.midi) - 1, np.nanmax(heard.midi) + 1 + STEP, STEP)
    away = np.minimum(np.abs(heard.midi[:, None] - grid), FARTHEST)
    cost = np.column_stack([np.where(sung[:, None], away, SUNG_BUT_SILENT), np.where(sung, SILENT_BUT_SUNG, 0.0)])
    came = np.zeros(cost.shape, np.int64)
    stay = np.arange(cost.shape[1])
    total = cost[0]
    for frame in range(1, len(cost)):
        best = int(total.argmin())
        change = total[best] + NEW_NOTE < total
        came[frame] = np.where(change, best, stay)
        total = np.where(change, total[best] + NEW_NOTE, total) + cost[frame]
    state = int(total.argmin())
    states = np.zeros(len(cost), np.int64)
    for frame in range(len(cost) - 1, -1, -1):
        states[frame] = state
        state = int(came[frame, state])
    edges = np.flatnonzero(np.diff(states)) + 1
    bounds = [0, *edges.tolist(), len(states)]
    return [(a, b) for a, b in pairwise(bounds) if states[a] < len(grid)]


def _merged(spans: list[tuple[int, int]], heard: Contour) -> list[tuple[int, int]]:
    """Join a scrap of a glide, and a pitch that only drifted, to the note beside it."""
    merged: list[tuple[int, int]] = []
    for place, span in enumerate(spans):
        if merged and merged[-1][1] == span[0]:
            before, following = merged[-1], spans[place + 1] if place + 1 < len(spans) else None
            pitch, last = _pitch(*span, heard), _pitch(*before, heard)
            scrap = min(before[1] - before[0], span[1] - span[0]) * HOP_S < SHORTEST_S
            if following and following[0] == span[1] and (span[1] - span[0]) * HOP_S < PASSING_S:
                scrap = scrap or last < pitch < _pitch(*following, heard) or last > pitch > _pitch(*following, heard)
            if scrap or abs(pitch - last) < SAME:
                merged[-1] = (before[0], span[1])
                continue
        merged.append(span)
    return merged


def _parted(span: tuple[int, int], heard: Contour) -> Iterator[tuple[int, int]]:
    """Split a pitch that was struck again, where the sound dips, and take the silence off its ends."""
    from scipy.signal import find_peaks  # as in pitch.contour

    start, end = span
    apart = round(PASSING_S / HOP_S)
    strokes = _strokes(heard.level_db[start:end], heard.midi[start:end])
    dips = [
        dip
        for dip in find_peaks(-strokes, prominence=DIP_DB, distance=apart)[0]
        if round(SHORTEST_S / HOP_S) <= dip <= end - start - apart
    ]
    bounds = [start, *(start + int(dip) for dip in dips), end]
    for a, b in pairwise(bounds):
        sung = np.flatnonzero(~np.isnan(heard.midi[a:b]))
        if len(sung):
            yield a + int(sung[0]), a + int(sung[-1]) + 1


def _strokes(level_db: Floats, midi: Floats) -> Floats:
    """Return the level without what follows the pitch: a vibrato swings through the formants of the vowel."""
    from scipy.ndimage import uniform_filter1d

    off = midi - np.nanmedian(midi)
    near = np.abs(off) < VIBRATO
    swing = np.where(near, off, 0.0)
    if near.sum() > SHORTEST_S / HOP_S:
        level_db = level_db - np.polyval([*np.polyfit(swing[near], level_db[near], 2)[:2], 0.0], swing)
    return np.asarray(uniform_filter1d(np.where(np.isnan(midi), level_db - DIP_DB, level_db), 3, mode="nearest"))


def _middle(start: int, end: int, heard: Contour) -> NDArray[np.float64]:
    """The sung frames of a note without its approach and its release."""
    length = end - start
    part = heard.midi[start + round(0.25 * length) : max(end - round(0.12 * length), start + 1)]
    part = part[~np.isnan(part)]
    return part if len(part) else heard.midi[start:end][~np.isnan(heard.midi[start:end])]


def _pitch(start: int, end: int, heard: Contour) -> float:
    middle = _middle(start, end, heard)
    return float(np.median(middle)) if len(middle) else float("inf")


def _note(start: int, end: int, heard: Contour) -> HummedNote:
    from scipy.ndimage import uniform_filter1d

    middle = _middle(start, end, heard)
    smooth: Floats = uniform_filter1d(middle, max(1, round(VIBRATO_S / HOP_S)), mode="nearest")
    wander = float(np.percentile(smooth, 95) - np.percentile(smooth, 5))
    return HummedNote(start * HOP_S, (end - start) * HOP_S, float(np.median(middle)), wander)
