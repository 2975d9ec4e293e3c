"""Instruments that join and instruments that fall silent, in the whole song or in some of its sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generation.band import arrange, known_instruments
from generation.changes import Instruments
from generation.revise.places import sections_called
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.score.marks import with_players
from generation.song import INSTRUMENT, Marks, Playing, ScoreSection, Sheet


def reinstrument(sheet: Sheet, change: Instruments, _studio: Studio) -> Sheet:
    """Let instruments in or leave them out; what the others play stays to the note."""
    known = known_instruments()
    wanted = tuple(dict.fromkeys(name.strip().lower() for name in change.wanted))
    unwanted = tuple(dict.fromkeys(name.strip().lower() for name in change.unwanted))
    if not wanted and not unwanted:
        raise refusal("no-instruments")
    for name in (*wanted, *unwanted):
        if name not in known:
            raise refusal("instrument", asked=name, there=known)
    unwanted = tuple(name for name in unwanted if name not in wanted)
    if change.section.strip():
        return _in_sections(sheet, change.section, wanted, unwanted)
    return _throughout(sheet, wanted, unwanted)


def _throughout(sheet: Sheet, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> Sheet:
    playing = tuple(dict.fromkeys((*(n for n in sheet.plan.instruments if n not in unwanted), *wanted)))
    silent = tuple(dict.fromkeys((*(n for n in sheet.plan.instruments_excluded if n not in wanted), *unwanted)))
    marks = _without(sheet.marks, (*wanted, *unwanted))
    score = replace(with_players(sheet.score, marks), instruments=playing, instruments_excluded=silent)
    if not arrange(score):
        raise refusal("last-instrument", asked=unwanted)
    return replace(
        sheet,
        request=replace(sheet.request, instruments=playing, instruments_excluded=silent),
        plan=replace(sheet.plan, instruments=playing, instruments_excluded=silent),
        score=score,
        marks=marks,
    )


def _in_sections(sheet: Sheet, section: str, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> Sheet:
    places = sections_called(sheet, section)
    row = Playing(section.strip().lower(), wanted, unwanted)
    marks = replace(sheet.marks, players=(*sheet.marks.players, row))
    score = with_players(sheet.score, marks)
    heard = [note.onset for part in arrange(score) for note in part.notes]
    for at in places:
        one = score.sections[at]
        end = one.onset + one.bars * score.beats_per_bar
        if not _is_sung(one) and not any(one.onset <= onset < end for onset in heard):
            raise refusal("last-instrument", asked=unwanted)
    return replace(sheet, score=score, marks=marks)


def _without(marks: Marks, names: Iterable[str]) -> Marks:
    """What is said of an instrument in the whole song takes the place of what was said of it in sections."""
    gone = set(names)
    rows = [
        Playing(
            row.section, *(tuple(name for name in list_ if name not in gone) for list_ in (row.wanted, row.unwanted))
        )
        for row in marks.players
    ]
    return replace(marks, players=tuple(row for row in rows if row.wanted or row.unwanted))


def _is_sung(section: ScoreSection) -> bool:
    return any(phrase.voice != INSTRUMENT for phrase in section.phrases)
