"""Keys: reading "F# minor", spelling pitch classes, the scale a tune may use."""

from __future__ import annotations

import re
from dataclasses import dataclass

LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
PLAIN = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
MAJOR_PENTATONIC = (0, 2, 4, 7, 9)
MINOR_PENTATONIC = (0, 3, 5, 7, 10)
_KEY = re.compile(r"([A-Ga-g])\s*([#♯]|b|♭|-?sharp|-?flat)?\s*[- ]?\s*(major|minor|maj|min|m|M|大调|小调)?$")
_MINOR_WORDS = ("minor", "min", "m", "小调")


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (pitch class 0-11) with its mode; ``name`` is spelt like ``Bb major``."""

    tonic: int
    minor: bool
    name: str

    @property
    def scale(self) -> tuple[int, ...]:
        """Semitones above the tonic of the seven degrees (natural minor in minor)."""
        return MINOR if self.minor else MAJOR

    @property
    def mode(self) -> str:
        return "minor" if self.minor else "major"

    def spell(self, degree: int, pitch_class: int) -> str:
        """Name a pitch class as scale degree 0-6 of this key: the third of F# minor is A, the flat seventh of C is Bb.

        Where that would take a double accidental, the plain name of the pitch is given.
        """
        letter = "CDEFGAB"[("CDEFGAB".index(self.name[0]) + degree) % 7]
        bent = (pitch_class - LETTERS[letter] + 6) % 12 - 6
        if abs(bent) > 1:
            return PLAIN[pitch_class % 12]
        return letter + {-1: "b", 0: "", 1: "#"}[bent]


def parse_key(text: str) -> Key:
    """Read ``A minor``, ``F# major``, ``Bbm``, ``c sharp minor``. Raises ``ValueError`` on anything else."""
    found = _KEY.match(text.strip())
    if not found:
        raise ValueError(text)
    letter, accidental, mode = found.groups()
    step = {"#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1}[accidental.lstrip("-")] if accidental else 0
    minor = mode in _MINOR_WORDS
    sign = {1: "#", -1: "b", 0: ""}[step]
    return Key((LETTERS[letter.upper()] + step) % 12, minor, f"{letter.upper()}{sign} {'minor' if minor else 'major'}")
