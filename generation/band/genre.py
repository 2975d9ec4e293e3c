"""How a genre sounds: who is in the band and what each plays as the song warms up. Data in ``genres/*.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import cattrs

from generation.band.parts import StemName
from generation.band.sounds import data
from generation.seeds import rng

FOLDER = Path(__file__).parent / "genres"


@dataclass(frozen=True, slots=True)
class Role:
    """One chair of the band.

    ``plays`` lists (heat, pattern) upwards: the last one whose heat the section reaches is played. Below the first,
    and where the pattern is "", the chair is silent; "a / b" leaves the choice to the song's seed. Heat is the
    section's energy within the genre's span.
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
    vary: int = 1
    """How many of the sounds are equally at home; the song's seed picks one."""

    def pattern(self, kind: str, heat: float) -> str:
        """Return the pattern for a section, "" for none."""
        if kind in self.sections:
            return self.sections[kind]
        return next((name for threshold, name in reversed(self.plays) if heat >= threshold - 1e-6), "")

    def settled(self, seed: int, chair: int) -> Role:
        """Return the chair with its open choices made for one song; every choice is drawn on its own."""

        def pick(text: str, place: str) -> str:
            options = text.split(" / ")
            return options[int(rng(seed, "band", chair, place).integers(len(options)))]

        turn = int(rng(seed, "band", chair, "sound").integers(self.vary))
        return replace(
            self,
            sounds=(self.sounds[turn], *self.sounds[:turn], *self.sounds[turn + 1 :]),
            plays=tuple((heat, pick(text, f"{heat}")) for heat, text in self.plays),
            sections={kind: pick(text, kind) for kind, text in self.sections.items()},
        )


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
