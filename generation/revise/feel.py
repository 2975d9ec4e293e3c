"""Another feel: a mood, a genre, livelier or calmer; words and form stay."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from generation.changes import Feel
from generation.revise.colour import coloured, leaning
from generation.revise.pace import at_tempo, lasting
from generation.revise.places import sections_called
from generation.revise.rebent import rebent
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.score import compose
from generation.score.genre import PLAYABLE, genre
from generation.score.keys import parse_key
from generation.song import Sheet

LEAST_STEP = 0.02
"""A section's energy that moves by less has not moved."""


@cache
def moods() -> Mapping[str, Mapping[str, Any]]:
    """Return what each mood does (``feel.toml``)."""
    return tomllib.loads(files("generation.revise").joinpath("feel.toml").read_text(encoding="utf-8"))


def refeel(sheet: Sheet, change: Feel, studio: Studio) -> Sheet:
    """Change genre, mood and energy, in this order, of one section or of the whole song.

    A mood moves the energy, colours the chords and, where it leans to the other mode, takes them from the relative key;
    over the whole song it moves the tempo too, unless the member has named one.
    """
    if not (change.genre or change.mood or change.energy):
        raise refusal("nothing-asked")
    unknown = next((mood for mood in change.mood if mood not in moods()), None)
    if unknown is not None:
        raise refusal("mood", asked=unknown, there=tuple(moods()))
    whole = not change.section.strip()
    places = tuple(range(len(sheet.plan.form))) if whole else sections_called(sheet, change.section)
    if change.genre:
        if not whole:
            raise refusal("genre-of-section")
        sheet = _in_genre(sheet, change.genre, studio)
    for mood in change.mood:
        sheet = _in_mood(sheet, moods()[mood], places, whole)
    if change.mood and whole:
        sheet = replace(
            sheet,
            request=replace(sheet.request, mood=change.mood),
            plan=replace(sheet.plan, moods=change.mood),
            score=replace(sheet.score, moods=change.mood),
        )
    if change.energy:
        livelier = _with_energy(sheet, places, change.energy)
        if livelier is sheet:
            raise refusal(
                f"full-{'lively' if change.energy > 0 else 'calm'}", section=change.section or sheet.lyrics.title
            )
        sheet = livelier
    return sheet


def _in_mood(sheet: Sheet, row: Mapping[str, Any], places: tuple[int, ...], whole: bool) -> Sheet:
    key = parse_key(sheet.plan.key)
    sections = {at: sheet.score.sections[at] for at in places}
    if "mode" in row and row["mode"] != key.mode:
        sections = {at: leaning(sheet, section, row["mode"]) for at, section in sections.items()}
    sections = {at: coloured(section, row, key) for at, section in sections.items()}
    sheet = rebent(sheet, sections)
    if whole and "tempo" in row and sheet.request.tempo_bpm is None:
        low, high = genre(sheet.plan.genre).tempo
        slowest, fastest = min(low, sheet.plan.tempo_bpm), max(high, sheet.plan.tempo_bpm)
        sheet = at_tempo(sheet, round(min(fastest, max(slowest, sheet.plan.tempo_bpm * row["tempo"])), 1))
    return _with_energy(sheet, places, row.get("energy", 0.0))


def _with_energy(sheet: Sheet, places: tuple[int, ...], more: float) -> Sheet:
    """Return the sheet with livelier or calmer sections; the very same sheet where none could move."""
    levels = {at: round(min(1.0, max(0.0, sheet.plan.form[at].energy + more)), 3) for at in places}
    if all(abs(level - sheet.plan.form[at].energy) < LEAST_STEP for at, level in levels.items()):
        return sheet
    form = tuple(replace(one, energy=levels.get(at, one.energy)) for at, one in enumerate(sheet.plan.form))
    sections = tuple(replace(one, energy=levels.get(at, one.energy)) for at, one in enumerate(sheet.score.sections))
    return replace(sheet, plan=replace(sheet.plan, form=form), score=replace(sheet.score, sections=sections))


def _in_genre(sheet: Sheet, name: str, studio: Studio) -> Sheet:
    """Have the band play another genre: arrangement, chords and tune are written for it; words, form and key stay.

    The tempo goes to the nearest that the genre is played at, unless the member has named one.
    """
    if name not in PLAYABLE:
        raise refusal("genre", asked=name, there=PLAYABLE)
    old, style = genre(sheet.plan.genre), genre(name)
    low, high = style.tempo
    bpm = sheet.plan.tempo_bpm if sheet.request.tempo_bpm is not None else min(high, max(low, sheet.plan.tempo_bpm))
    reach = max(1e-6, old.energy[1] - old.energy[0])
    scale = (style.energy[1] - style.energy[0]) / reach

    def level(energy: float) -> float:
        return round(min(1.0, max(0.0, style.energy[0] + (energy - old.energy[0]) * scale)), 3)

    form = tuple(replace(section, energy=level(section.energy)) for section in sheet.plan.form)
    plan = replace(
        sheet.plan,
        genre=style.id,
        tempo_bpm=bpm,
        duration_s=lasting(sheet, sheet.plan.form, bpm, sheet.plan.time_signature),
        form=form,
        spoken=style.spoken and bool(sheet.plan.voices),
        swing=0.5 if sheet.plan.time_signature == "6/8" else style.swing,
        swing_unit=style.swing_unit,
    )
    score = compose(plan, sheet.lyrics, studio.singer.syllabify, sheet.marks)
    return replace(sheet, request=replace(sheet.request, genre=(name,)), plan=plan, score=score)
