"""Chord players: comping, strumming, picking, arpeggios, pads and answering lines, all read from step strings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generation.band.accents import velocity
from generation.band.genre import Role
from generation.band.parts import PlayedNote
from generation.band.passage import Passage
from generation.band.patterns import STEP, Pattern, pattern, steps
from generation.band.voicing import voice
from generation.song import Chord

_STRUCK = 0.96
"""Share of its last step that a held note sounds, so that it can be struck again."""


@dataclass(frozen=True, slots=True)
class Hand:
    """The keys of one chord: ``keys`` rising, and the root and fifth below them."""

    keys: tuple[int, ...]
    root: int
    fifth: int
    lifted: bool

    def press(self, token: str) -> tuple[int, ...]:
        """Return what a character of a pattern means."""
        match token:
            case "x" | "X" | "o" | "n":
                return (*self.keys, self.keys[-1] + 12) if self.lifted else self.keys
            case "u":
                return self.keys[1:] or self.keys
            case "t":
                return self.keys[-1:]
            case "r":
                return (self.root,)
            case "f":
                return (self.fifth,)
            case _:
                octave, index = divmod(int(token), len(self.keys))
                return (self.keys[index] + 12 * octave,)


def chords(passage: Passage, role: Role, name: str) -> list[PlayedNote]:
    """Return what a chord player plays in one section on pattern ``name``; the song's last chord rings."""
    if not passage.section.chords:
        return []
    hands = _hands(passage, role)
    shape = pattern("chords", name, passage.metre)
    notes: list[PlayedNote] = []
    for lane in range(max(len(bar.lanes) for bar in shape.bars)):
        text = "".join(
            bar.lanes[lane][1] if lane < len(bar.lanes) else "." * steps(passage.beats_per_bar)
            for bar in (shape.bars[index % len(shape.bars)] for index in range(passage.played_bars))
        )
        notes.extend(_lane(passage, text, shape, hands))
    if passage.ring_until is not None:
        notes.extend(_ending(passage, hands, shape.ends))
    return notes


def _hands(passage: Passage, role: Role) -> dict[float, Hand]:
    """Voice the chords of the section and the one after it, each near the one before; the first sits in the middle."""
    hands: dict[float, Hand] = {}
    before: tuple[int, ...] = ()
    following = () if passage.next_chord is None else (passage.next_chord,)
    for chord in (*passage.section.chords, *following):
        before = voice(chord, role.voicing, role.voices, role.register, before)
        low = before[0] - 1
        root = low - (low - chord.root) % 12
        tone = chord.pitches[2] if len(chord.pitches) > 2 else chord.root
        fifth = root + (tone - chord.root) % 12
        if root < 36:
            root, fifth = root + 12, fifth + 12
        hands[chord.onset] = Hand(before, root, fifth if fifth <= before[0] else fifth - 12, passage.heat >= role.lift)
    return hands


def _lane(passage: Passage, text: str, shape: Pattern, hands: dict[float, Hand]) -> list[PlayedNote]:
    notes: list[PlayedNote] = []
    held: list[int] = []
    sounding: Chord | None = None
    last = ""
    length = steps(passage.beats_per_bar)
    for step, token in enumerate(text):
        onset = passage.section.onset + step * STEP
        chord = passage.chord(onset)
        assert chord is not None
        if token == ".":
            sounding, held = None, []
        elif token == "_" and sounding is chord:
            for index in held:
                notes[index] = replace(notes[index], duration=onset + STEP * _STRUCK - notes[index].onset)
        elif token != "_" or sounding is not None or not last:
            token = (last or "x") if token == "_" else token
            last = "x" if token == "n" else token
            sounding = passage.chord_after(chord) if token == "n" else chord
            strength = velocity(token, step % length, passage.heat)
            held = []
            for key in hands[sounding.onset].press(token):
                held.append(len(notes))
                notes.append(PlayedNote(onset, STEP * _STRUCK, key, strength))
    if shape.ring:
        return [_rung(note, passage) for note in notes]
    return [replace(note, duration=note.duration * shape.staccato) for note in notes]


def _rung(note: PlayedNote, passage: Passage) -> PlayedNote:
    """A plucked note sounds on until its chord ends, but no longer than a bar."""
    chord = passage.chord(note.onset)
    assert chord is not None
    end = min(chord.onset + chord.duration, note.onset + passage.beats_per_bar)
    return replace(note, duration=max(note.duration, end - note.onset - 0.02))


def _ending(passage: Passage, hands: dict[float, Hand], token: str) -> list[PlayedNote]:
    """The last bar: every chord once, the last one left to ring."""
    assert passage.ring_until is not None
    last = [chord for chord in passage.section.chords if chord.onset + chord.duration > passage.last_bar + 1e-6]
    starts = [max(chord.onset, passage.last_bar) for chord in last]
    ends = [*starts[1:], passage.ring_until]
    return [
        PlayedNote(start, end - start, key, velocity("x", 0, passage.heat))
        for chord, start, end in zip(last, starts, ends, strict=True)
        for key in hands[chord.onset].press(token)
        if end > start
    ]
