"""What every singer offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from generation.song import AlignedSyllable, Audio, Score, StopAsked, Syllable, Voice


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """A sung song. Both parts are mono float32, as long as the song, 44 100 Hz."""

    lead: Audio
    backing: Audio
    """Doubles and harmonies of the chorus; silent where there are none."""
    alignment: tuple[AlignedSyllable, ...]
    """Of the lead, in singing order."""


class Singer(Protocol):
    languages: tuple[str, ...]
    voices: Sequence[Voice]

    def syllabify(self, text: str, language: str) -> tuple[Syllable, ...]:
        """Split a line into the syllables this singer will sing: the one owner of syllable counts."""
        ...

    def sing(self, score: Score, progress: Callable[[float], None], stop_asked: StopAsked) -> Performance:
        """Sing every phrase of the score that names one of this singer's voices.

        A phrase sung before with the same words, notes and voice is reused. Raises ``Cancelled`` within one phrase
        of ``stop_asked`` turning true, ``MissingPart`` if the voice model is missing or altered.
        """
        ...
