"""The settings of a finished mix, as plain JSON, so that a repaired song can be mixed with the very same."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import cattrs

from generation.mix.balance import Balance
from generation.mix.master import MasterGain

SCHEMA = 1
_converter = cattrs.Converter(forbid_extra_keys=True)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything about a mix that was measured on its audio rather than read from the score."""

    genre: str
    balance: Balance
    levels: Mapping[str, tuple[float, ...]]
    """For each part, what its compressors and its de-esser count from, in dB."""
    master: MasterGain | None
    """None: to be struck again on the same parts."""
    schema: int = SCHEMA


def to_gains(settings: Settings) -> dict[str, Any]:
    """Return the settings as plain JSON."""
    plain: dict[str, Any] = json.loads(json.dumps(_converter.unstructure(settings)))
    return plain


def from_gains(gains: Mapping[str, Any], genre: str, sections: int) -> Settings | None:
    """Return the settings of an earlier mix of a song of this genre with so many sections, else None.

    What is no record of ours is None too; the song is then mixed anew.
    """
    try:
        settings = _converter.structure(dict(gains), Settings) if gains else None
    except (cattrs.BaseValidationError, TypeError, ValueError):
        return None
    if settings is None or settings.schema != SCHEMA or settings.genre != genre:
        return None
    balance = settings.balance
    return settings if len(balance.front_ride) == len(balance.song_ride) == sections else None


def serves(settings: Settings, parts: Collection[str]) -> bool:
    """Whether the song's parts can stand on these settings: the lead is still there, and no voice has come or gone."""
    before = settings.balance
    return ("vocals" in parts) == ("vocals" in before.faders) and (before.front is None or before.front in parts)
