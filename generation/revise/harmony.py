"""Other chords in a section: those a member names, or another draw."""

from __future__ import annotations

from dataclasses import replace

from generation.changes import Chords
from generation.revise.places import sections_called
from generation.revise.rebent import rebent
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.score.chord_names import laid_out, named_chord
from generation.score.frame import frame_of
from generation.score.keys import parse_key
from generation.score.marks import draw_of
from generation.song import Chord, Draw, GivenChords, ScoreSection, Sheet

_TRIES = 12
_MOST_NAMES = 64


def rechord(sheet: Sheet, change: Chords, studio: Studio) -> Sheet:
    """Put other chords under one section, or under all of a kind; its tune gives way only where it must."""
    places = sections_called(sheet, change.section)
    name = change.section.strip().lower()
    if change.names:
        return _named(sheet, places, name, change.names[:_MOST_NAMES])
    return _redrawn(sheet, places, name, studio.seed)


def _named(sheet: Sheet, places: tuple[int, ...], name: str, names: tuple[str, ...]) -> Sheet:
    key = parse_key(sheet.plan.key)
    written = []
    for asked in names:
        try:
            written.append(named_chord(asked, key, 0.0, 1.0).name)
        except ValueError:
            raise refusal("chords", asked=asked) from None
    marks = replace(sheet.marks, chords=(*_others(sheet, places, name), GivenChords(name, tuple(written))))
    bar = sheet.score.beats_per_bar
    changed = {
        at: replace(section, chords=laid_out(written, key, section.onset, section.bars, bar))
        for at, section in _of(sheet, places).items()
    }
    return rebent(replace(sheet, marks=marks), changed)


def _redrawn(sheet: Sheet, places: tuple[int, ...], name: str, seed: int) -> Sheet:
    first = draw_of(sheet.marks, "chords", sheet.plan.form[places[0]])
    part = f"chords {name}"
    draws = tuple(draw for draw in sheet.marks.draws if draw.part != part)
    for turn in range(1, _TRIES + 1):
        # The seed decides where the search begins, so two members who ask twice get two answers.
        number = first + 1 + (seed + turn) % (2 * _TRIES)
        marks = replace(sheet.marks, chords=_others(sheet, places, name), draws=(*draws, Draw(part, number)))
        chords = frame_of(sheet.plan, sheet.lyrics.title, marks).chords
        if any(_names(chords[at]) != _names(sheet.score.sections[at].chords) for at in places):
            changed = {at: replace(section, chords=chords[at]) for at, section in _of(sheet, places).items()}
            return rebent(replace(sheet, marks=marks), changed)
    raise refusal("no-other-chords", section=name)


def _others(sheet: Sheet, places: tuple[int, ...], name: str) -> tuple[GivenChords, ...]:
    """Return the chords given for other sections."""
    over = {name, *(sheet.plan.form[at].name for at in places)}
    return tuple(row for row in sheet.marks.chords if row.section not in over)


def _of(sheet: Sheet, places: tuple[int, ...]) -> dict[int, ScoreSection]:
    return {at: sheet.score.sections[at] for at in places}


def _names(chords: tuple[Chord, ...]) -> tuple[str, ...]:
    return tuple(chord.name for chord in chords)
