"""What can be changed in a song without rerolling the rest, as data. ``generation.revise`` applies them.

A phrase is named as in the score (``verse 2/3``: third line of verse 2), a section by its name (``verse 2``) or, for
all of a kind, by the kind (``chorus``). A line of a chorus that returns changes wherever it returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cattrs
from cattrs.strategies import configure_tagged_union

from generation.song import TuneNote


@dataclass(frozen=True, slots=True)
class Reword:
    """A member's own words for one line."""

    phrase: str
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Replace:
    """One word or passage for another, in one line or wherever it is sung."""

    old: str
    new: str
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Words written anew by the lyricist: a phrase, a section, or with ``where=""`` all of them."""

    where: str = ""
    theme: str = ""
    mood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Say:
    """Another pronunciation of one word."""

    word: str
    spoken: str
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    title: str


@dataclass(frozen=True, slots=True)
class Key:
    """Another key by name, or the same music so many semitones higher."""

    key: str = ""
    semitones: int = 0


@dataclass(frozen=True, slots=True)
class Tempo:
    """Another tempo: a number of beats a minute, or a factor (1.1 is a tenth faster)."""

    bpm: float | None = None
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Metre:
    time_signature: str


@dataclass(frozen=True, slots=True)
class Instruments:
    """Names as in ``SongRequest.instruments``; in the sections of one name or kind, or with ``section=""`` in all."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One part louder or softer by so many decibels; every note and every other part stays.

    ``part`` is a part of the mix (``vocals``, ``drums``), ``band`` for all but the voices, or an instrument's name.
    """

    part: str
    db: float


@dataclass(frozen=True, slots=True)
class Vocals:
    """``none``, ``female``, ``male`` or ``duet``."""

    vocals: str


@dataclass(frozen=True, slots=True)
class Language:
    """Sung in another language (ISO 639 code), with words of its own about the same."""

    language: str


@dataclass(frozen=True, slots=True)
class Chords:
    """Other chords in a section: those named, one a bar, or with none named a new draw."""

    section: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feel:
    """Another mood or genre, of one section or with ``section=""`` of the whole song; words and form stay.

    ``energy`` is added to the energy of the named sections (0 to 1): livelier or calmer.
    """

    mood: tuple[str, ...] = ()
    genre: str = ""
    section: str = ""
    energy: float = 0.0


@dataclass(frozen=True, slots=True)
class Length:
    """Another length: so many seconds in all, so many more (less, if negative), or sections added at the end."""

    duration_s: float | None = None
    more_s: float = 0.0
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drop:
    """A section left out, by name or by kind."""

    section: str


@dataclass(frozen=True, slots=True)
class Tune:
    """A melody that a member hummed, for the chorus."""

    notes: tuple[TuneNote, ...]


@dataclass(frozen=True, slots=True)
class Retune:
    """One note of the chorus melody so many semitones higher (lower, if negative). ``note`` counts from 1; -1 is the
    last."""

    note: int
    semitones: int


@dataclass(frozen=True, slots=True)
class NewTune:
    """The same words, form, key and tempo with another melody and arrangement."""


Change = (
    Reword
    | Replace
    | Rewrite
    | Say
    | Title
    | Key
    | Tempo
    | Metre
    | Instruments
    | Level
    | Vocals
    | Language
    | Chords
    | Feel
    | Length
    | Drop
    | Tune
    | Retune
    | NewTune
)

_converter = cattrs.Converter(forbid_extra_keys=True)
configure_tagged_union(Change, _converter, tag_name="change")


def changes_to_json(changes: tuple[Change, ...]) -> Any:
    """Return a list of plain JSON objects, each with its kind under ``change``."""
    return _converter.unstructure(changes, tuple[Change, ...])


def changes_from_json(data: Any) -> tuple[Change, ...]:
    """Rebuild what ``changes_to_json`` gave. Raises ``cattrs.BaseValidationError`` on other data."""
    return _converter.structure(data, tuple[Change, ...])
