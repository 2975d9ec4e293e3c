"""What a genre asks of the plan and the tune, read from ``genres/<stem>.toml``; and the genres the band plays."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

PLAYABLE = (
    *("lo-fi", "pop", "synth-pop", "ballad", "folk", "rock", "hip-hop", "r&b", "house", "edm", "ambient"),
    *("cinematic", "jazz", "bossa nova", "lullaby", "children", "guofeng", "city pop", "funk", "country"),
)


@dataclass(frozen=True, slots=True)
class Genre:
    """The habits of one genre, as its composers and lyricists would state them."""

    id: str
    tempo: tuple[float, float]
    """Quarter notes a minute."""
    seconds: tuple[float, float]
    """Length of a song when none is asked."""
    minor: float
    """Chance of a minor key when neither request nor mood decides."""
    metres: tuple[str, ...]
    """Time signatures; one listed twice is twice as likely."""
    swing: float
    swing_unit: float
    family: str
    """The list of forms in ``forms.toml``."""
    energy: tuple[float, float]
    spoken: bool
    pentatonic: bool
    syncopation: float
    """0 keeps the tune on the beat, 1 pushes it off the beat wherever it may."""
    syllable_s: float
    """Comfortable time for one syllable, seconds."""
    leap: float
    """0 walks by step only, 1 leaps freely."""
    contours: tuple[str, ...]
    pickups: tuple[int, ...]
    """Slots (see ``rhythm.Groove``) before the bar line where a line's light first syllables may start; one is drawn a
    song."""
    progressions: Mapping[str, Mapping[str, tuple[str, ...]]]
    """``major``/``minor`` -> section kind, ``open`` or ``closed`` (cadences) -> progressions."""


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return the data file ``name`` of this folder, parsed once."""
    return MappingProxyType(tomllib.loads(files("generation.score").joinpath(name).read_text("utf-8")))


@cache
def genre(name: str) -> Genre:
    """Return the genre with this playable id. Raises ``KeyError`` for any other."""
    if name not in PLAYABLE:
        raise KeyError(name)
    data = table(f"genres/{name.replace('&', '-and-').replace(' ', '-')}.toml")
    tune = data["melody"]
    return Genre(
        id=name,
        tempo=(data["tempo"][0], data["tempo"][1]),
        seconds=(data["seconds"][0], data["seconds"][1]),
        minor=data["minor_share"],
        metres=tuple(data["metres"]),
        swing=data["swing"],
        swing_unit=data["swing_unit"],
        family=data["family"],
        energy=(data["energy"][0], data["energy"][1]),
        spoken=data.get("spoken", False),
        pentatonic=data.get("pentatonic", False),
        syncopation=tune["syncopation"],
        syllable_s=tune["syllable_s"],
        leap=tune["leap"],
        contours=tuple(tune["contours"]),
        pickups=tuple(tune["pickups"]),
        progressions={mode: {kind: tuple(rows) for kind, rows in data[mode].items()} for mode in ("major", "minor")},
    )
