"""A song laid out anew: old sections in their new places, new ones written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generation.revise.places import RETURNING, lyric_sections, with_phrases
from generation.revise.rebent import rebent
from generation.revise.studio import Studio
from generation.revise.writing import fresh_words
from generation.score import compose
from generation.score.genre import genre, table
from generation.score.reset import page_of
from generation.song import (
    Chord,
    FormSection,
    Lyrics,
    LyricSection,
    Note,
    Phrase,
    Score,
    ScoreSection,
    SectionKind,
    Sheet,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A section of the new form; ``old`` is its index in the old one, None where it is new."""

    section: FormSection
    old: int | None = None


def laid(sheet: Sheet, slots: Sequence[Slot], duration_s: float, studio: Studio) -> Sheet:
    """Return the song with the sections of ``slots``.

    Old ones are kept to the note; one with other bars than before (an instrumental one) is composed again. A new one
    stands on the chords and the tune of its kind.
    """
    form = tuple(slot.section for slot in slots)
    plan = replace(sheet.plan, form=form, duration_s=duration_s)
    lyrics = _words(sheet, slots, studio)
    composed = compose(plan, lyrics, studio.singer.syllabify, sheet.marks)
    sections: list[ScoreSection] = []
    for slot, fresh in zip(slots, composed.sections, strict=True):
        source = slot.old if slot.old is not None else _model(sheet, slot.section)
        if source is None or sheet.plan.form[source].bars != slot.section.bars:
            sections.append(fresh)
            continue
        before = sheet.score.sections[source]
        by = fresh.onset - before.onset
        sections.append(
            replace(
                fresh,
                chords=tuple(_later(chord, by) for chord in before.chords),
                phrases=tuple(_phrase(phrase, by, fresh.name) for phrase in before.phrases),
            )
        )
    score = replace(sheet.score, duration_s=duration_s, sections=tuple(sections))
    return _closed(_worded(replace(sheet, plan=plan, lyrics=lyrics, score=score), studio), slots, composed)


def new_section(sheet: Sheet, kind: SectionKind, name: str) -> FormSection:
    """Return a section of a kind as this song has it, else as its genre would have it."""
    like = [section for section in sheet.plan.form if section.kind == kind]
    if like:
        return replace(like[-1], name=name)
    likes = table("forms.toml")
    style = genre(sheet.plan.genre)
    low, high = style.energy
    energy = round(min(1.0, low + (high - low) * likes["energy"][kind]), 3)
    if kind in likes["bars"]:
        return FormSection(name, kind, likes["bars"][kind][0], 0, energy)
    lines = 2 if kind == "pre-chorus" else 4
    bars = lines * sheet.plan.bars_per_line
    return FormSection(name, kind, bars, lines if sheet.plan.voices else 0, energy)


def _model(sheet: Sheet, section: FormSection) -> int | None:
    """Return the old section that a new one is sung like: the last of its kind."""
    same = [at for at, one in enumerate(sheet.plan.form) if one.kind == section.kind and one.lines == section.lines]
    return same[-1] if same else None


def _words(sheet: Sheet, slots: Sequence[Slot], studio: Studio) -> Lyrics:
    """Return the words of the new form: old ones, a chorus that returns, and new ones by the lyricist."""
    old = {section.name: section for section in lyric_sections(sheet).sections}
    chorus = {section.kind: section for section in old.values() if section.kind in RETURNING}
    found: dict[str, LyricSection] = {}
    for slot in slots:
        if slot.section.lines:
            before = sheet.plan.form[slot.old].name if slot.old is not None else ""
            model = old.get(before) or (chorus.get(slot.section.kind) if slot.old is None else None)
            if model is not None:
                found[slot.section.name] = replace(model, name=slot.section.name)
    missing = [slot.section for slot in slots if slot.section.lines and slot.section.name not in found]
    if missing:
        plan = replace(sheet.plan, form=tuple(slot.section for slot in slots))
        found |= fresh_words(replace(sheet, plan=plan), [section.name for section in missing], studio)
    sung = tuple(found[slot.section.name] for slot in slots if slot.section.name in found)
    return replace(sheet.lyrics, sections=sung)


def _worded(sheet: Sheet, studio: Studio) -> Sheet:
    """Put the new sections' own words on the tune they have from their model, and let the first line of a song that
    lost its introduction begin with the song."""
    page = page_of(sheet)
    words = {section.name: section.lines for section in sheet.lyrics.sections}
    changed: dict[str, Phrase] = {}
    for index, section in enumerate(sheet.score.sections):
        for number, phrase in enumerate(section.phrases):
            lines = words.get(section.name, ())
            early = bool(phrase.notes) and phrase.notes[0].onset < 0
            if number >= len(lines) or (lines[number].text == phrase.text and not early):
                continue
            line = lines[number]
            syllables = studio.syllables(sheet, phrase.id, line.text)
            changed[phrase.id] = page.set_line(index, number, line.text, syllables, line.author)
    return replace(sheet, score=with_phrases(sheet.score, changed))


def _closed(sheet: Sheet, slots: Sequence[Slot], composed: Score) -> Sheet:
    """Let a section that has become the last one close the song: its chords come to rest."""
    last = len(slots) - 1
    old, section = slots[last].old, sheet.score.sections[last]
    if old is None or section.kind in {"chorus", "outro"} or composed.sections[last] == section:
        return sheet
    return rebent(sheet, {last: replace(section, chords=composed.sections[last].chords)})


def _later(chord: Chord, by: float) -> Chord:
    return replace(chord, onset=chord.onset + by)


def _phrase(phrase: Phrase, by: float, section: str) -> Phrase:
    def later(notes: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(replace(note, onset=note.onset + by) for note in notes)

    number = phrase.id.rpartition("/")[2]
    return replace(phrase, id=f"{section}/{number}", notes=later(phrase.notes), harmony=later(phrase.harmony))
