"""Chords of another colour: a mood's additions to plain triads, and progressions of the relative key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generation.score.chord_names import named_chord
from generation.score.genre import genre
from generation.score.harmony import chord, chord_bars, section_chords
from generation.score.keys import Key, parse_key
from generation.score.transpose import key_above
from generation.song import Chord, FormSection, ScoreSection, Sheet

_PLAIN = re.compile(r"([b#]?)(?:vii|vi|v|iv|iii|ii|i)", re.IGNORECASE)
RELATIVE = {"major": 3, "minor": -3}
"""Semitones to the relative key of this mode."""


def coloured(section: ScoreSection, row: Mapping[str, Any], key: Key) -> ScoreSection:
    """Return a section whose plain triads carry what a mood (a row of ``feel.toml``) adds to them."""
    return replace(section, chords=tuple(_coloured(one, row, key) for one in section.chords))


def leaning(sheet: Sheet, section: ScoreSection, mode: str) -> ScoreSection:
    """Return a section on the progression of the relative key of ``mode``: the same scale, another home."""
    home = parse_key(sheet.plan.key)
    other = parse_key(f"{key_above(home, RELATIVE[mode]).name.split()[0]} {mode}")
    plan = sheet.plan
    index = next(at for at, one in enumerate(plan.form) if one.name == section.name)
    following: FormSection | None = plan.form[index + 1] if index + 1 < len(plan.form) else None
    bar = sheet.score.beats_per_bar
    measure = chord_bars(plan.bars_per_line, bar, plan.spoken)
    drawn = section_chords(
        plan.form[index], following, section.onset, bar, measure, genre(plan.genre), other, plan.seed
    )
    return replace(section, chords=tuple(named_chord(one.name, home, one.onset, one.duration) for one in drawn))


def _coloured(one: Chord, row: Mapping[str, Any], key: Key) -> Chord:
    found = _PLAIN.fullmatch(one.degree)
    if not found or "/" in one.name:
        return one
    minor = one.degree.lstrip("b#").islower()
    dominant = not minor and (one.root - key.tonic) % 12 == 7
    adds = row.get("dominant" if dominant else "minor" if minor else "major", "")
    # A major seventh or a ninth outside the key would be another key, not another colour.
    degree = one.degree + adds
    try:
        found_chord = chord(degree, key, one.onset, one.duration)
    except ValueError:
        return one
    scale = {(key.tonic + step) % 12 for step in key.scale}
    added = set(found_chord.pitches) - set(one.pitches)
    return found_chord if added <= scale and found_chord.root == one.root else one
