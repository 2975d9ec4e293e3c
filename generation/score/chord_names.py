"""Chords by name, as members write them: ``Am``, ``F#m7``, ``C/E``, ``Bbsus4``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generation.score.genre import table
from generation.score.harmony import NUMERALS
from generation.score.keys import LETTERS, Key
from generation.song import Chord

_NAME = re.compile(r"([A-Ga-g])([#♯b♭]?)([^/\s]*)(?:/([A-Ga-g])([#♯b♭]?))?")
_BENDS = {"#": 1, "♯": 1, "b": -1, "♭": -1, "": 0}


def named_chord(name: str, key: Key, onset: float, duration: float) -> Chord:
    """Return the chord called ``name`` as it stands in ``key``.

    ``root`` of a chord over another bass (``C/E``) is that bass: the note the bass player plays. Raises
    ``ValueError`` on a name that is none.
    """
    found = _NAME.fullmatch(name.strip())
    if not found:
        raise ValueError(name)
    letter, bend, quality, bass, bass_bend = found.groups()
    qualities = table("chord_names.toml")["qualities"]
    if quality not in qualities:
        raise ValueError(name)
    root = _pitch_class(letter, bend)
    shape = qualities[quality]
    degree = _numeral(root, shape, key) + quality.removeprefix("min").removeprefix("m" if 3 in shape else "\0")
    written = letter.upper() + _sign(bend) + quality + (f"/{bass.upper()}{_sign(bass_bend)}" if bass else "")
    pitches = tuple((root + step) % 12 for step in shape)
    low = _pitch_class(bass, bass_bend) if bass else root
    return Chord(onset, duration, degree, written, low, pitches)


def laid_out(names: Sequence[str], key: Key, onset: float, bars: int, beats_per_bar: float) -> tuple[Chord, ...]:
    """Return a section's chords: the named ones, one a bar, repeated. Raises ``ValueError`` on an unknown name."""
    return tuple(
        named_chord(names[bar % len(names)], key, onset + bar * beats_per_bar, beats_per_bar) for bar in range(bars)
    )


def moved(chord: Chord, semitones: int, old: Key, new: Key) -> Chord:
    """Return a chord of key ``old`` so many semitones higher, spelt as in ``new``; its degree stays."""
    return replace(
        chord,
        name=moved_name(chord.name, semitones, old, new),
        root=(chord.root + semitones) % 12,
        pitches=tuple((pitch + semitones) % 12 for pitch in chord.pitches),
    )


def moved_name(name: str, semitones: int, old: Key, new: Key) -> str:
    """Return a chord's name so many semitones higher, spelt as in ``new``; what is no name is left as it is."""
    found = _NAME.fullmatch(name)
    if not found:
        return name
    letter, bend, quality, bass, bass_bend = found.groups()

    def spelt(one: str, sign: str) -> str:
        step = ("CDEFGAB".index(one.upper()) - "CDEFGAB".index(old.name[0])) % 7
        return new.spell(step, (_pitch_class(one, sign) + semitones) % 12)

    return spelt(letter, bend) + quality + (f"/{spelt(bass, bass_bend)}" if bass else "")


def _pitch_class(letter: str, bend: str) -> int:
    return (LETTERS[letter.upper()] + _BENDS[bend]) % 12


def _sign(bend: str) -> str:
    return {1: "#", -1: "b", 0: ""}[_BENDS[bend]]


def _numeral(root: int, shape: Sequence[int], key: Key) -> str:
    """Return the Roman numeral of a root in ``key``: a note between two degrees is the upper one flattened."""
    above = (root - key.tonic) % 12
    flat = above not in key.scale
    step = key.scale.index(above + 1) if flat and above + 1 in key.scale else 0 if flat else key.scale.index(above)
    numeral = NUMERALS[step] if 3 in shape else NUMERALS[step].upper()
    return ("b" if flat else "") + numeral
