"""Sections on other chords: the tune gives way only where it must."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generation.revise.places import with_sections
from generation.score.bend import bend
from generation.score.genre import genre
from generation.score.keys import parse_key
from generation.score.lead import LEAD
from generation.score.melody import Tonality
from generation.song import INSTRUMENT, ScoreSection, Sheet


def rebent(sheet: Sheet, changed: Mapping[int, ScoreSection]) -> Sheet:
    """Return the sheet with some sections exchanged, by index, each with its phrases bent to its chords."""
    found = tuple(
        _bent(sheet, changed[at]) if at in changed else section for at, section in enumerate(sheet.score.sections)
    )
    return replace(sheet, score=with_sections(sheet.score, found))


def _bent(sheet: Sheet, section: ScoreSection) -> ScoreSection:
    score = sheet.score
    style = genre(sheet.plan.genre)
    tonality = Tonality(parse_key(sheet.plan.key), style.pentatonic)
    voices = {voice.id: voice for voice in sheet.plan.voices} | {INSTRUMENT: LEAD}
    metre = (score.beats_per_bar, score.time_signature == "6/8", section.onset)
    phrases = []
    for phrase in section.phrases:
        low, high = voices[phrase.voice].low, voices[phrase.voice].high
        if phrase.notes and phrase.voice == INSTRUMENT:
            low = min(low, *(note.midi for note in phrase.notes))
            high = max(high, *(note.midi for note in phrase.notes))
        phrases.append(bend(phrase, section.chords, tonality, (low, high), style.leap, metre))
    return replace(section, phrases=tuple(phrases))
