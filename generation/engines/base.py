"""What every engine offers: a request with its plan in, a finished track out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from generation.song import Progress, SongRequest, StopAsked, Track


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the conversation may offer with this engine."""

    sings: bool
    languages: tuple[str, ...]
    max_seconds: float
    takes: frozenset[str]
    """Of tempo, key, melody, chords, score, reference."""
    repairs_section: bool
    deterministic: bool
    batch: int


@dataclass(frozen=True, slots=True)
class SongSpec:
    """One song to make."""

    request: SongRequest
    seed: int


class Engine(Protocol):
    id: str
    abilities: Abilities

    def generate(self, specs: Sequence[SongSpec], progress: Progress, stop_asked: StopAsked) -> list[Track]:
        """Make the songs, in order. Raises ``WishError``, ``Cancelled`` or ``StudioFault``."""
        ...
