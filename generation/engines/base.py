"""What every engine offers: a sheet in, a finished track out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from generation.song import Progress, Sheet, StopAsked, Track


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


class Engine(Protocol):
    id: str
    abilities: Abilities

    def generate(self, sheets: Sequence[Sheet], progress: Progress, stop_asked: StopAsked) -> list[Track]:
        """Make the songs, in order. Raises ``Cancelled`` or ``StudioFault``."""
        ...


def voices_of(sheet: Sheet) -> tuple[str, ...]:
    """Return the licence rows of the voices that sing a sheet."""
    return tuple(dict.fromkeys(voice.component for voice in sheet.plan.voices))


def words_of(sheet: Sheet, machine: str) -> tuple[str, ...]:
    """Return the licence rows of the words a sheet sings: the lyricist's row ``machine``, the member's, or both."""
    if not sheet.plan.voices:
        return ()
    rows = {"machine": machine, "member": "user-lyrics"}
    return tuple(sorted({rows[line.author] for section in sheet.lyrics.sections for line in section.lines}))
