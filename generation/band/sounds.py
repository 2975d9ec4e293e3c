"""The instruments on the shelf: what each sound is made from and where it sits. Data in ``sounds.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import cattrs

SoundKind = Literal["sample", "patch", "modal", "kit", "noise"]


@dataclass(frozen=True, slots=True)
class Sound:
    """One instrument as it is heard.

    ``sample`` is a preset of the soundfont; the other kinds are rows of the synth data of the same name.
    """

    kind: SoundKind
    program: int
    bank: int = 0
    synth: str = ""
    """Row of the synth data (kinds other than ``sample``)."""
    words: tuple[str, ...] = ()
    """The instruments of a request that this sound counts as."""
    gain_db: float = 0.0
    """Brings every sound to the same loudness for the same notes; measured once."""
    low: int = 0
    high: int = 127
    """Playable range; notes outside are moved by octaves."""
    tuning: float = 0.0
    """Cents by which a sample is corrected."""
    pan: float = 0.0
    """-1 left to 1 right."""
    width: float = 0.0
    """0 mono to 1: how much decorrelated side signal is added. The sum to mono never changes."""
    takes: int = 1
    """2 plays the part twice with different hands, left and right."""
    strum_ms: float = 0.0
    """Time between the strings of one strum."""
    human_ms: float = 6.0
    """Standard deviation of the player's timing."""
    early_ms: float = 0.0
    """A sound that swells is started this much before its beat, so that it is heard on it."""
    vibrato: float = 0.0
    """Depth in semitones on notes that last."""
    swell: bool = False
    """Notes grow and fade as under a bow or breath."""
    drive: float = 0.0
    """Gain into a tanh waveshaper; 0 is clean."""
    highpass: float = 0.0
    lowpass: float = 0.0
    """Corner frequencies in Hz; 0 leaves the sound open."""
    wow: float = 0.0
    """Depth in ms of a slow tape-like pitch drift."""
    chorus: float = 0.0
    """Depth in ms of a stereo chorus."""
    tremolo: float = 0.0
    """Depth 0-1 of a slow left-right tremolo."""
    echo: float = 0.0
    """Level 0-1 of a dotted-eighth echo."""
    trims: Mapping[str, float] = field(default_factory=dict)
    """dB by drum: sets hats, cymbals and small percussion behind kick and snare, as a desk would."""
    moment: Literal["", "throughout", "before lifts", "at lifts"] = ""
    """When a texture is heard."""


@dataclass(frozen=True, slots=True)
class Word:
    """How an instrument that a member names joins the band."""

    sound: str
    stem: str
    plays: str
    """Pattern it plays where the genre has no such player."""
    register: tuple[int, int] = (48, 67)
    voicing: str = "close"
    voices: int = 4
    melodic: bool = False
    """It takes the melody when the lead is free."""
    en: str = ""
    zh: str = ""
    """The remark where the sound is only a relative of the instrument; empty where it is the instrument."""


def data(name: str) -> Mapping[str, Any]:
    """Return a TOML file that lies beside this module."""
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


_converter = cattrs.Converter(forbid_extra_keys=True)


@cache
def sounds() -> Mapping[str, Sound]:
    return {name: _converter.structure(row, Sound) for name, row in data("sounds.toml").items()}


@cache
def words() -> Mapping[str, Word]:
    return {name: _converter.structure(row, Word) for name, row in data("words.toml").items()}
