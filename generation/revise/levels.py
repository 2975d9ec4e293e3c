"""One part of the mix louder or softer; every note, and every other part, stays."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import NoReturn

from generation.band import arrange
from generation.band.cast import DRUM_STEMS
from generation.band.sounds import sounds
from generation.changes import Level
from generation.mix.balance import FOLLOWS_VOICE
from generation.revise.sentences import part_name, refusal
from generation.revise.studio import Studio
from generation.song import Sheet

BAND = "band"
MOST_DB = 12.0
"""How far a part may be moved from where the mix has it, all wishes together."""


def relevel(sheet: Sheet, change: Level, _studio: Studio) -> Sheet:
    """Move the faders of a part by ``change.db``, up to 12 dB from where the mix has them.

    The song is mastered again, so that it stays as loud as every other; how the other parts stand to each other is
    kept. An instrument that shares its part with others takes them along.
    """
    if not isfinite(change.db) or not change.db:
        raise refusal("no-level")
    parts = _parts(sheet, change.part.strip().lower())
    before = sheet.marks.levels
    after = {name: round(min(MOST_DB, max(-MOST_DB, before.get(name, 0.0) + change.db)), 2) for name in parts}
    if all(after[name] == before.get(name, 0.0) for name in parts):
        raise refusal("loudest" if change.db > 0 else "softest", part=part_name(change.part.strip().lower()))
    gains = {**sheet.marks.gains, "master": None} if sheet.marks.gains else {}
    return replace(sheet, marks=replace(sheet.marks, levels={**before, **after}, gains=gains))


def _parts(sheet: Sheet, asked: str) -> tuple[str, ...]:
    """Return the parts of the mix that are meant."""
    played = arrange(sheet.score)
    there = tuple(dict.fromkeys(part.stem for part in played))
    voices: tuple[str, ...] = ("vocals",) if sheet.plan.voices else ()
    if sheet.plan.voices and any(phrase.harmony for one in sheet.score.sections for phrase in one.phrases):
        voices = FOLLOWS_VOICE
    if asked == BAND:
        return there
    if asked == "drums":
        return tuple(name for name in there if name in DRUM_STEMS) or _missing(asked, (*voices, *there))
    if asked in (*voices, *there):
        return (asked,)
    of_instrument = tuple(dict.fromkeys(part.stem for part in played if asked in sounds()[part.sound].words))
    return of_instrument or _missing(asked, (*voices, *there))


def _missing(asked: str, there: tuple[str, ...]) -> NoReturn:
    raise refusal("part", asked=part_name(asked), there=tuple(part_name(name) for name in there))
