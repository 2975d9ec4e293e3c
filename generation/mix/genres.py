"""The mixing desk's settings for a genre, read from ``genres.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from generation.mix.compressor import Compression
from generation.mix.eq import Biquad, high_pass, high_shelf, low_shelf, peak

DEFAULT_GENRE = "pop"
NOTHING_DB = -90.0
_FILTERS = {"peak": peak, "low_shelf": low_shelf, "high_shelf": high_shelf}


@dataclass(frozen=True, slots=True)
class DeEss:
    frequency: float
    how: Compression


@dataclass(frozen=True, slots=True)
class Strip:
    """How one part is treated. The fields are explained at the top of ``genres.toml``."""

    level: float
    filters: tuple[Biquad, ...]
    pan: float = 0.0
    width: float = 0.0
    mono: bool = False
    reverb: float = NOTHING_DB
    echo: float = NOTHING_DB
    compress: tuple[Compression, ...] = ()
    de_ess: DeEss | None = None


@dataclass(frozen=True, slots=True)
class Duck:
    depth_db: float
    release_beats: float
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a genre decides about its mix."""

    strips: Mapping[str, Strip]
    front_over_band: float
    chorus_floor: float
    contrast: float
    decay_s: float
    echo_beats: float
    air: float
    duck: Duck | None


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("generation.mix").joinpath("genres.toml").read_text(encoding="utf-8"))


def genres() -> tuple[str, ...]:
    """The genres that have settings of their own."""
    return tuple(_data()["genres"])


@cache
def desk(genre: str) -> Desk:
    """Return the settings for a genre; those of pop for a genre not listed."""
    data = _data()
    own = _settings(data["genres"], genre if genre in data["genres"] else DEFAULT_GENRE)
    strips = {name: _strip(name, row, own) for name, row in data["strips"].items()}
    duck = own.get("duck")
    return Desk(
        strips=strips,
        front_over_band=own["front_over_band"],
        chorus_floor=own["chorus_floor"],
        contrast=own["contrast"],
        decay_s=own["decay_s"],
        echo_beats=own["echo_beats"],
        air=own["air"],
        duck=Duck(duck["depth_db"], duck["release_beats"], tuple(duck["parts"])) if duck else None,
    )


def _settings(rows: Mapping[str, Any], genre: str) -> dict[str, Any]:
    row = rows[genre]
    if "like" not in row:
        return dict(row)
    base = _settings(rows, row["like"])
    for key, value in row.items():
        base[key] = {**base.get(key, {}), **value} if key in {"levels", "pans", "widths"} else value
    return base


def _strip(name: str, row: Mapping[str, Any], own: Mapping[str, Any]) -> Strip:
    reverb = row.get("reverb", NOTHING_DB)
    de_ess = row.get("de_ess")
    return Strip(
        level=own.get("levels", {}).get(name, row["level"]),
        filters=(high_pass(row["high_pass"]), *(_FILTERS[kind](*values) for kind, *values in row.get("eq", ()))),
        pan=own.get("pans", {}).get(name, row.get("pan", 0.0)),
        width=own.get("widths", {}).get(name, row.get("width", 0.0)),
        mono=row.get("mono", False),
        reverb=reverb + own["reverb"] if reverb > NOTHING_DB else NOTHING_DB,
        echo=row.get("echo", NOTHING_DB),
        compress=tuple(Compression(**how) for how in row.get("compress", ())),
        de_ess=DeEss(de_ess["frequency"], Compression(**{k: v for k, v in de_ess.items() if k != "frequency"}))
        if de_ess
        else None,
    )
