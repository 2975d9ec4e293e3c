"""A hummed melody as notes on paper: in a key, in a tempo, in bars."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from generation.hum.grid import UNITS, read
from generation.hum.hear import Hummed
from generation.hum.key import in_key
from generation.hum.notes import HummedNote
from generation.hum.sentences import refusal
from generation.score.keys import Key, parse_key
from generation.song import TuneNote

FEWEST_BARS, MOST_BARS = 2, 8
JOINED = 0.55
"""A note that sounds for this part of the way to the next one is written as held."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A tune in beats from its first bar line; a pickup stands at the end of the first bar."""

    key: str
    tempo_bpm: float
    notes: tuple[TuneNote, ...]
    bars: int
    """2 to 8."""


def fit(hummed: Hummed, key: str | None, tempo_bpm: float | None, time_signature: str) -> Fitted:
    """Write a hum down. What the member left open, key and tempo, is heard from the hum: 70 to 150 beats a minute.

    A key that is given moves the whole tune there; a tempo that is given is kept, and the beats are heard near it. What
    goes beyond eight bars is left out. Raises ``WishError`` for an unknown key.
    """
    found, pitches = in_key(hummed.notes, _key(key))
    count, unit = (int(number) for number in time_signature.split("/"))
    per_bar = count * 4 / unit
    onsets = [note.onset_s for note in hummed.notes]
    reading = read(onsets, hummed.notes[-1].duration_s, tempo_bpm, per_bar, time_signature == "6/8")
    last = math.floor(MOST_BARS * per_bar * UNITS)
    lengths = _lengths(hummed.notes, reading.units, 60.0 / reading.tempo_bpm / UNITS)
    notes = tuple(
        TuneNote(start / UNITS, min(length, last - start) / UNITS, pitch)
        for start, length, pitch in zip(reading.units, lengths, pitches, strict=True)
        if start < last
    )
    bars = math.ceil(round((notes[-1].onset + notes[-1].duration) / per_bar, 3))
    return Fitted(found.name, tempo_bpm or float(round(reading.tempo_bpm)), notes, max(FEWEST_BARS, bars))


def _key(asked: str | None) -> Key | None:
    try:
        return parse_key(asked) if asked else None
    except ValueError:
        raise refusal("key", asked=str(asked)[:40]) from None


def _lengths(sung: Sequence[HummedNote], units: Sequence[int], unit_s: float) -> list[int]:
    """Return the written lengths in sixteenths: held to the next note where hardly a breath lies between."""
    lengths: list[int] = []
    for note, start, following in zip(sung, units, [*units[1:], None], strict=True):
        sounding = max(1, round(note.duration_s / unit_s))
        if following is None:
            lengths.append(max(2, round(sounding / 2) * 2))
        elif sounding >= JOINED * (following - start):
            lengths.append(following - start)
        else:
            lengths.append(sounding)
    return lengths
