"""What the band plays, on paper: one part for each instrument, in straight beats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StemName = Literal["drums", "percussion", "bass", "keys", "guitar", "pad", "strings", "lead", "texture"]
STEMS: tuple[StemName, ...] = ("drums", "percussion", "bass", "keys", "guitar", "pad", "strings", "lead", "texture")
DRUM_BANK = 128
DRUM_CHANNEL = 9


@dataclass(frozen=True, slots=True)
class PlayedNote:
    """``onset`` and ``duration`` in beats from the start of the song, straight; ``velocity`` 1-127."""

    onset: float
    duration: float
    midi: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Part:
    """One player. Several parts may share a stem; ``sound`` names a row of ``sounds.toml``.

    ``program`` and ``bank`` (128 for kits) follow General MIDI, so that an exported file sounds alike elsewhere.
    """

    name: str
    stem: StemName
    sound: str
    program: int
    bank: int
    channel: int
    notes: tuple[PlayedNote, ...]
    level_db: float = 0.0
    duck_db: float = 0.0
    """How far the part gives way under each kick drum; 0 or less."""
