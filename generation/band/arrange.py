"""The arrangement: a score in, one part for each player out."""

from __future__ import annotations

from dataclasses import replace

from generation.band.bass import bass
from generation.band.cast import Player
from generation.band.chords import chords
from generation.band.drums import drums
from generation.band.genre import Genre, genre
from generation.band.lead import has_melody, melody
from generation.band.parts import DRUM_CHANNEL, Part, PlayedNote
from generation.band.passage import Passage, passages
from generation.band.seating import seating
from generation.band.sounds import Sound, sounds
from generation.band.textures import texture
from generation.song import Score

_ANSWER = 0.55
"""Strength of a lead that answers a singer, relative to one that carries the tune."""
_UNSUNG = ("intro", "instrumental", "outro")
_CHANNELS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13)
"""Channel 9 is the drums'; the last two are left to the melody and the chord sheet of an exported file."""


def arrange(score: Score) -> tuple[Part, ...]:
    """Return what each player of the band plays, in straight beats.

    Only sections, chords, energies, instruments, seed and the phrases written for an instrument are read, so sung
    words and notes can change without changing a note of the band. Players with nothing to play are left out.
    Raises ``KeyError`` for a genre the band does not play.
    """
    house = genre(score.genre)
    sections = passages(score, house)
    parts: list[Part] = []
    for player, seats in seating(score, house):
        sound = sounds()[player.sound]
        notes = [
            note
            for passage, seat in zip(sections, seats, strict=True)
            if seat is not None
            for note in _play(seat, sound, passage, house, score.seed)
        ]
        if notes:
            channel = DRUM_CHANNEL if sound.bank else _CHANNELS[len(parts) % len(_CHANNELS)]
            parts.append(
                Part(
                    name=player.name,
                    stem=player.role.stem,
                    sound=player.sound,
                    program=sound.program,
                    bank=sound.bank,
                    channel=channel,
                    notes=_separate(notes),
                    level_db=player.role.level,
                    duck_db=player.role.duck,
                )
            )
    return tuple(parts)


def _play(player: Player, sound: Sound, passage: Passage, house: Genre, seed: int) -> list[PlayedNote]:
    role = player.role
    if sound.kind == "noise":
        return texture(passage, sound) if passage.heat >= role.plays[0][0] else []
    if sound.bank:
        return drums(passage, role, house, seed, player.always)
    if role.stem == "lead" and player.name == "lead" and has_melody(passage):
        return melody(passage, sound.low, sound.high)
    name = role.pattern(passage.section.kind, passage.heat) or (role.plays[0][1] if player.always else "")
    if not name:
        return []
    if role.stem == "bass":
        return bass(passage, name, sound.low, sound.high)
    notes = [_in_range(note, sound) for note in chords(passage, role, name)]
    return [_beneath(note) for note in notes] if role.stem == "lead" and passage.section.kind not in _UNSUNG else notes


def _beneath(note: PlayedNote) -> PlayedNote:
    """Where the lead only answers a singer it stays beneath the voice."""
    return replace(note, velocity=max(1, round(note.velocity * _ANSWER)))


def _in_range(note: PlayedNote, sound: Sound) -> PlayedNote:
    midi = note.midi
    while midi < sound.low:
        midi += 12
    while midi > sound.high:
        midi -= 12
    return note if midi == note.midi else replace(note, midi=midi)


def _separate(notes: list[PlayedNote]) -> tuple[PlayedNote, ...]:
    """Sort by time; a key struck again ends its note before, and doubled strokes of one key become one."""
    last: dict[int, int] = {}
    out: list[PlayedNote] = []
    for note in sorted(notes, key=lambda note: (note.onset, note.midi, -note.velocity)):
        before = last.get(note.midi)
        if before is not None:
            earlier = out[before]
            if note.onset - earlier.onset < 1e-6:
                continue
            if earlier.onset + earlier.duration > note.onset:
                out[before] = PlayedNote(earlier.onset, note.onset - earlier.onset, earlier.midi, earlier.velocity)
        last[note.midi] = len(out)
        out.append(note)
    return tuple(out)
