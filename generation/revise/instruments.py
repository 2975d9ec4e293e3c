"""Instruments that join and instruments that fall silent."""

from __future__ import annotations

from dataclasses import replace

from generation.band import arrange, known_instruments
from generation.changes import Instruments
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.song import Sheet


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
    playing = tuple(dict.fromkeys((*(n for n in sheet.plan.instruments if n not in unwanted), *wanted)))
    silent = tuple(dict.fromkeys((*(n for n in sheet.plan.instruments_excluded if n not in wanted), *unwanted)))
    silent = tuple(name for name in silent if name not in wanted)
    score = replace(sheet.score, instruments=playing, instruments_excluded=silent)
    if not arrange(score):
        raise refusal("last-instrument", asked=unwanted)
    return replace(
        sheet,
        request=replace(sheet.request, instruments=playing, instruments_excluded=silent),
        plan=replace(sheet.plan, instruments=playing, instruments_excluded=silent),
        score=score,
    )
