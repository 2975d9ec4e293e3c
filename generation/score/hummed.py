"""A melody that a member hummed, as the tune of the chorus: in key and range, in lines, with words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generation.score.harmony import chord
from generation.score.keys import Key
from generation.score.melody import clashes
from generation.score.motif import TuneLine
from generation.score.rhythm import Room, accent
from generation.song import Chord, Note, Syllable, TuneNote, Voice

IN_KEY = 0.8
"""Share of a tune (in beats) that lies on the scale of the song for it to be taken as it is."""
SHORTEST = 0.25
"""Beats; a note is not split further for a syllable more."""
BREATH = 0.125
_TRIADS = {False: ("I", "ii", "iii", "IV", "V", "vi"), True: ("i", "III", "iv", "v", "VI", "VII", "V")}


def monophonic(notes: Sequence[TuneNote]) -> tuple[TuneNote, ...]:
    """Return the notes in order, one at a time: a note ends where the next begins, and what is shorter goes."""
    found: list[TuneNote] = []
    for note in sorted(notes, key=lambda note: note.onset):
        if found and note.onset - found[-1].onset < SHORTEST / 2:
            continue
        if found:
            found[-1] = replace(found[-1], duration=min(found[-1].duration, note.onset - found[-1].onset))
        found.append(note)
    return tuple(note for note in found if note.duration > 0)


def in_range(tune: Sequence[TuneNote], key: Key, voice: Voice) -> tuple[TuneNote, ...]:
    """Return the tune moved into ``key`` (only if it is in another) and by octaves into the voice's range.

    What still lies outside, in a tune wider than the voice, is folded in by an octave.
    """
    shift = (
        0 if _in_key(tune, key, 0) >= IN_KEY else max(range(-5, 7), key=lambda k: _in_key(tune, key, k) - 0.01 * abs(k))
    )
    middle = (voice.low + voice.high) / 2
    mean = sum(note.midi * note.duration for note in tune) / max(1e-9, sum(note.duration for note in tune))

    def strain(octaves: int) -> tuple[int, float]:
        pitches = [note.midi + shift + octaves for note in tune]
        outside = sum(max(0, voice.low - pitch, pitch - voice.high) for pitch in pitches)
        return outside, abs(octaves) if not outside else abs(mean + shift + octaves - middle)

    shift += min(range(-60, 61, 12), key=strain)
    return tuple(replace(note, midi=_folded(note.midi + shift, voice)) for note in tune)


def lines_of(tune: Sequence[TuneNote], rooms: Sequence[Room], models: Sequence[TuneLine]) -> tuple[TuneLine, ...]:
    """Cut a tune into the lines of its section, at its own rests where they are near the bar lines.

    A tune shorter than the section comes again; ``models`` are the lines the composer would have written, whose rhythm
    guides words that a member changes later.
    """
    beats = rooms[0].beats
    pickup = rooms[0].start - rooms[0].earliest
    notes = sorted(tune, key=lambda note: note.onset)
    count = max(1, min(len(rooms), -int(-(notes[-1].onset - pickup + 1e-6) // beats)))
    cuts = [0]
    for boundary in (beats * turn for turn in range(1, count)):
        later = [at for at in range(cuts[-1] + 1, len(notes)) if boundary - pickup <= notes[at].onset]
        near = [at for at in later if notes[at].onset <= boundary + 0.3 * beats] or later[:1]
        if not near:
            break
        cuts.append(
            max(near, key=lambda at: notes[at].onset - notes[at - 1].onset - 0.5 * abs(notes[at].onset - boundary))
        )
    parts = [notes[a:b] for a, b in zip(cuts, [*cuts[1:], len(notes)], strict=True)]
    return tuple(
        _line(parts[turn % len(parts)], beats * (turn % len(parts)), room, models[turn % len(models)])
        for turn, room in enumerate(rooms)
    )


def words_on(syllables: Sequence[Syllable], line: TuneLine, room: Room, transpose: int) -> tuple[Note, ...]:
    """Set words on the notes of a line: an extra syllable divides the longest note, a spare note is a melisma."""
    end = _end(line.onsets, room)
    slots = [
        (room.start + onset, duration, pitch + transpose)
        for onset, duration, pitch in zip(line.onsets, line.durations, line.pitches, strict=True)
        if room.earliest - 1e-6 <= room.start + onset <= end - SHORTEST
    ]
    if not slots:
        # A rest where words must be sung: they stay on the note nearest to it.
        slots = [(room.start, end - room.start, line.pitches[0] + transpose)]
    while len(slots) < len(syllables):
        at = max(range(len(slots)), key=lambda index: (slots[index][1], -index))
        onset, duration, pitch = slots[at]
        if duration < 2 * SHORTEST:
            slots = _evenly(slots, len(syllables), room)
            break
        half = max(SHORTEST, round(duration * 2) / 4)
        slots[at : at + 1] = [(onset, half, pitch), (onset + half, duration - half, pitch)]
    carriers = _carriers(slots, len(syllables), room)
    words = iter(range(len(syllables)))
    return tuple(
        Note(onset, duration, pitch, next(words) if at in carriers else None)
        for at, (onset, duration, pitch) in enumerate(slots)
    )


def chords_under(
    lines: Sequence[TuneLine], rooms: Sequence[Room], chords: Sequence[Chord], key: Key
) -> tuple[Chord, ...]:
    """Return the section's chords, each changed to the triad of the key that fits the tune best where it does not."""
    heard = [
        (room.start + onset, duration, pitch)
        for line, room in zip(lines, rooms, strict=True)
        for onset, duration, pitch in zip(line.onsets, line.durations, line.pitches, strict=True)
    ]
    found = []
    for old in chords:
        choices = [old, *(chord(degree, key, old.onset, old.duration) for degree in _TRIADS[key.minor])]
        found.append(max(choices, key=lambda one: _agreement(one, heard) + 0.5 * (one is old)))
    return tuple(found)


def _in_key(tune: Sequence[TuneNote], key: Key, shift: int) -> float:
    scale = {(key.tonic + step) % 12 for step in key.scale}
    total = sum(note.duration for note in tune)
    return sum(note.duration for note in tune if (note.midi + shift) % 12 in scale) / max(1e-9, total)


def _folded(midi: int, voice: Voice) -> int:
    while midi > voice.high:
        midi -= 12
    while midi < voice.low:
        midi += 12
    return midi


def _line(notes: Sequence[TuneNote], origin: float, room: Room, model: TuneLine) -> TuneLine:
    offsets = [note.onset - origin for note in notes]
    ends = [*offsets[1:], _end(offsets, room) - room.start]
    lengths = [max(SHORTEST, min(note.duration, end - at)) for note, at, end in zip(notes, offsets, ends, strict=True)]
    return replace(model, onsets=tuple(offsets), durations=tuple(lengths), pitches=tuple(note.midi for note in notes))


def _end(offsets: Sequence[float], room: Room) -> float:
    """Return the beat where a hummed line must have ended: it breathes where its singer did, before the next pickup."""
    return room.start + room.beats - BREATH + min(0.0, offsets[0])


def _evenly(slots: Sequence[tuple[float, float, int]], count: int, room: Room) -> list[tuple[float, float, int]]:
    start = slots[0][0]
    each = (_end([0.0], room) - start) / count
    found = []
    for index in range(count):
        at = start + index * each
        pitch = max((slot for slot in slots if slot[0] <= at + 1e-6), key=lambda slot: slot[0])[2]
        found.append((at, each, pitch))
    return found


def _carriers(slots: Sequence[tuple[float, float, int]], count: int, room: Room) -> frozenset[int]:
    """Choose the notes that begin a syllable: the first, and then the longest and strongest."""
    rest = sorted(
        range(1, len(slots)),
        key=lambda at: -(slots[at][1] + accent(slots[at][0] - room.start, room.beats_per_bar, room.compound)),
    )
    return frozenset([0, *rest[: count - 1]])


def _agreement(one: Chord, heard: Sequence[tuple[float, float, int]]) -> float:
    total = 0.0
    for onset, duration, pitch in heard:
        both = min(onset + duration, one.onset + one.duration) - max(onset, one.onset)
        if both > 1e-6:
            total += both * (1.0 if pitch % 12 in one.pitches else -1.5 if clashes(pitch, one) else -0.2)
    return total
