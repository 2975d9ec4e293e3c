"""Another tempo, another metre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

from generation.changes import Metre, Tempo
from generation.plan import FASTEST, LONGEST_S, METRES, SLOWEST, beats_per_bar
from generation.revise import sentences
from generation.revise.studio import Studio
from generation.score import compose
from generation.score.form import RING_S, bars_per_line
from generation.score.genre import genre
from generation.score.sentences import refusal
from generation.song import FormSection, Sheet


def retime(sheet: Sheet, change: Tempo, _studio: Studio) -> Sheet:
    """Play the song slower or faster; its bars stay, so its length follows."""
    asked = float(change.bpm if change.bpm is not None else _whole(sheet.plan.tempo_bpm, change.factor))
    if not isfinite(asked) or not SLOWEST <= asked <= FASTEST:
        raise refusal("tempo", low=int(SLOWEST), high=int(FASTEST), asked=f"{asked:.4g}")
    return at_tempo(replace(sheet, request=replace(sheet.request, tempo_bpm=round(asked, 2))), round(asked, 2))


def _whole(bpm: float, factor: float) -> float:
    """Return the tempo a musician would name, and never the old one where a change was asked for."""
    asked = bpm * factor
    if not isfinite(asked) or factor == 1.0:
        return asked
    nearest = round(asked)
    return float(nearest if nearest != bpm else nearest + (1 if factor > 1.0 else -1))


def at_tempo(sheet: Sheet, bpm: float) -> Sheet:
    """Return the sheet at another tempo. Raises ``WishError`` if it would last too long."""
    duration = lasting(sheet, sheet.plan.form, bpm, sheet.plan.time_signature)
    return replace(
        sheet,
        plan=replace(sheet.plan, tempo_bpm=bpm, duration_s=duration),
        score=replace(sheet.score, tempo_bpm=bpm, duration_s=duration),
    )


def remetre(sheet: Sheet, change: Metre, studio: Studio) -> Sheet:
    """Set the song in another metre: words, form and harmony stay, tune and rhythm are written for it."""
    asked = change.time_signature.replace(" ", "")
    if asked not in METRES:
        raise refusal("metre", asked=change.time_signature[:12])
    if asked == sheet.plan.time_signature:
        return sheet
    old = sheet.plan
    style = genre(old.genre)
    bar_s = beats_per_bar(asked) * 60.0 / old.tempo_bpm
    per_line = bars_per_line(bar_s, style.syllable_s, old.spoken)
    form = tuple(
        replace(section, bars=max(1, section.lines, round(section.bars * per_line / old.bars_per_line)))
        for section in old.form
    )
    new = replace(
        old,
        time_signature=asked,
        form=form,
        bars_per_line=per_line,
        swing=0.5 if asked == "6/8" else old.swing,
        duration_s=lasting(sheet, form, old.tempo_bpm, asked),
    )
    request = replace(sheet.request, time_signature=asked)
    score = compose(new, sheet.lyrics, studio.singer.syllabify, sheet.marks)
    return replace(sheet, request=request, plan=new, score=score)


def lasting(sheet: Sheet, form: Sequence[FormSection], bpm: float, metre: str) -> float:
    """Return the length in seconds of the song with another form, tempo or metre: as much rings after its last bar as
    before. Raises ``WishError`` if that is too long for a song."""
    old = sheet.plan
    ring = old.duration_s - _bars_s(old.form, old.tempo_bpm, old.time_signature)
    duration = round(_bars_s(form, bpm, metre) + max(RING_S, ring), 3)
    if duration > LONGEST_S:
        raise sentences.refusal("longest", seconds=round(duration), most=int(LONGEST_S))
    return duration


def _bars_s(form: Sequence[FormSection], bpm: float, metre: str) -> float:
    return sum(section.bars for section in form) * beats_per_bar(metre) * 60.0 / bpm
