"""What the lead instrument plays where nobody sings: the song's own tune, quoted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from generation.score.melody import Path, Tonality, cleared, pitches
from generation.score.motif import TuneLine
from generation.score.rhythm import Room
from generation.song import INSTRUMENT, Chord, FormSection, Note, Phrase, Voice

LEAD = Voice(INSTRUMENT, "Lead", "female", "en", 62, 84, "fluidr3")
"""The lead instrument's range, for tunes that no one sings."""


def quote(
    section: FormSection,
    tune: Sequence[TuneLine],
    rooms: Sequence[Room],
    chords: Sequence[Chord],
    tonality: Tonality,
    leap: float,
) -> tuple[Phrase, ...]:
    """Return instrument phrases: the tune's lines over this section's chords, in the lead's octave.

    An introduction and an ending hint at the tune (its first line, once the band is in); a break plays it whole.
    """
    if not tune:
        return ()
    shift = 0
    mean = sum(sum(line.pitches) / len(line.pitches) for line in tune) / len(tune)
    while mean + shift < 68:
        shift += 12
    silent = len(rooms) // 2 if section.kind == "intro" else 0
    played = rooms[silent:1] if section.kind == "outro" else rooms[silent:]
    phrases = []
    for number, room in enumerate(played, start=silent):
        line = tune[(number - silent) % len(tune)]
        notes = _played(line, room, chords, tonality, leap, shift)
        if notes:
            phrases.append(Phrase(f"{section.name}/{number + 1}", "", INSTRUMENT, (), notes))
    return tuple(phrases)


def _played(
    line: TuneLine, room: Room, chords: Sequence[Chord], tonality: Tonality, leap: float, shift: int
) -> tuple[Note, ...]:
    kept = [
        (onset, duration, pitch)
        for onset, duration, pitch in zip(line.onsets, line.durations, line.pitches, strict=True)
        if room.start + onset < room.latest - 0.25
    ]
    if not kept:
        return ()
    starts = [room.start + onset for onset, _, _ in kept]
    lengths = [min(duration, room.latest - start) for (_, duration, _), start in zip(kept, starts, strict=True)]
    targets = [float(pitch + shift) for _, _, pitch in kept]
    moves: list[float | None] = [None, *(float(b - a) for a, b in pairwise(targets))]
    window = (int(min(targets)) - 3, int(max(targets)) + 3)
    metre = (room.beats_per_bar, room.compound, room.start)
    path = Path(starts, lengths, targets, 0.3, moves, [0.0] * len(kept), [0.0] * len(kept), line.ending)
    found = pitches(path, chords, window, tonality, leap, metre, np.zeros((len(kept), 128)))
    return tuple(
        Note(start, cleared(start, length, pitch, chords), pitch, None)
        for start, length, pitch in zip(starts, lengths, found, strict=True)
    )
