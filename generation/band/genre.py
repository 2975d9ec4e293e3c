"""How a genre sounds: who is in the band and what each plays as the song warms up. Data in ``genres/*.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import cattrs

from generation.band.parts import StemName
from generation.band.sounds import data

FOLDER = Path(__file__).parent / "genres"


@dataclass(frozen=True, slots=True)
class Role:
    """One chair of the band.

    ``plays`` lists (heat, pattern) upwards: the last one whose heat the section reaches is played, below the first
    the chair is silent, and so it is where the pattern is "". Heat is the section's energy within the genre's span.
    """

    stem: StemName
    sounds: tuple[str, ...]
    """First choice first; the others step in where a member does not want the first."""
    plays: tuple[tuple[float, str], ...]
    level: float = 0.0
    """dB relative to the other chairs."""
    register: tuple[int, int] = (48, 67)
    voicing: str = "close"
    voices: int = 4
    lift: float = 2.0
    """Heat from which the top voice is doubled an octave higher."""
    fills: tuple[str, ...] = ()
    duck: float = 0.0
    """dB by which each kick pushes this chair down."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Section kinds that have a pattern of their own, whatever their heat."""

    def pattern(self, kind: str, heat: float) -> str:
        """Return the pattern for a section, "" for none."""
        if kind in self.sections:
            return self.sections[kind]
        return next((name for threshold, name in reversed(self.plays) if heat >= threshold - 1e-6), "")


@dataclass(frozen=True, slots=True)
class Genre:
    id: str
    energy: tuple[float, float]
    """The energies between which songs of this genre move."""
    roles: tuple[Role, ...]
    crash: float = 0.5
    """Heat from which a section opens with a crash cymbal; above 1 for never."""
    pump: float = 0.22
    """Seconds in which ducked parts swing back."""

    def heat(self, energy: float) -> float:
        """Return where an energy sits in this genre, 0 to 1."""
        low, high = self.energy
        return min(1.0, max(0.0, (energy - low) / (high - low)))


_converter = cattrs.Converter(forbid_extra_keys=True)


@cache
def genres() -> Mapping[str, Genre]:
    """Return every genre the band plays, by id."""
    loaded = (_converter.structure(data(f"genres/{path.name}"), Genre) for path in sorted(FOLDER.glob("*.toml")))
    return {genre.id: genre for genre in loaded}


def genre(identity: str) -> Genre:
    """Return one genre. Raises ``KeyError`` for a genre the band does not play."""
    return genres()[identity]
