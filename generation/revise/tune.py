"""The chorus melody by hand: hummed, or one note of it moved; and a new tune for the whole song."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generation.changes import NewTune, Retune, Tune
from generation.revise.places import with_phrases, with_sections
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.score import compose
from generation.score.harmonise import harmonise
from generation.score.hummed import monophonic
from generation.score.marks import hook_kind
from generation.score.reset import page_of
from generation.song import Phrase, ScoreSection, Sheet, TuneNote

LEAST_NOTES = 2
MOST_NOTES = 256


def retell(sheet: Sheet, change: Tune, studio: Studio) -> Sheet:
    """Make a hummed melody the tune of the chorus, with chords that carry it; the other sections stay."""
    if sheet.plan.spoken:
        raise refusal("spoken")
    notes = monophonic([note for note in change.notes[:MOST_NOTES] if note.duration > 0 and 0 <= note.midi <= 127])
    if len(notes) < LEAST_NOTES:
        raise refusal("tune", least=LEAST_NOTES)
    return _with_tune(sheet, notes, studio)


def retune(sheet: Sheet, change: Retune, studio: Studio) -> Sheet:
    """Move one note of the chorus melody; a tune nobody hummed is first taken down as the composer wrote it."""
    if sheet.plan.spoken:
        raise refusal("spoken")
    written = _written(sheet)
    tune = sheet.marks.tune or written
    place = change.note - 1 if change.note > 0 else len(tune) + change.note
    if change.note == 0 or not 0 <= place < len(tune):
        raise refusal("note", asked=change.note, count=len(tune))
    moved = tuple(
        replace(note, midi=note.midi + change.semitones) if at == place else note for at, note in enumerate(tune)
    )
    as_sung = [note.midi for note in tune] == [note.midi for note in written]
    low, high = _reach(sheet, place) if as_sung else (-tune[place].midi, 127 - tune[place].midi)
    if not low <= change.semitones <= high:
        raise refusal("note-range", low=low, high=high)
    if as_sung:
        return _with_note(sheet, moved, place, change.semitones)
    return _with_tune(sheet, moved, studio)


def new_tune(sheet: Sheet, _change: NewTune, studio: Studio) -> Sheet:
    """Draw melody and arrangement anew; words, form, key and tempo stay, and so do chords that a member named."""
    plan = replace(sheet.plan, seed=studio.seed)
    marks = replace(sheet.marks, tune=())
    score = compose(plan, sheet.lyrics, studio.singer.syllabify, marks)
    return replace(sheet, plan=plan, score=score, marks=marks)


def _with_tune(sheet: Sheet, tune: tuple[TuneNote, ...], studio: Studio) -> Sheet:
    marks = replace(sheet.marks, tune=tune)
    composed = compose(sheet.plan, sheet.lyrics, studio.singer.syllabify, marks)
    kind = hook_kind(sheet.plan.form)
    sections = tuple(
        replace(old, chords=new.chords, phrases=new.phrases) if old.kind == kind else old
        for old, new in zip(sheet.score.sections, composed.sections, strict=True)
    )
    return replace(sheet, marks=marks, score=with_sections(sheet.score, sections))


def _hooks(sheet: Sheet) -> list[ScoreSection]:
    kind = hook_kind(sheet.plan.form)
    return [section for section in sheet.score.sections if section.kind == kind]


def _written(sheet: Sheet) -> tuple[TuneNote, ...]:
    """Take down the chorus melody; beats count from its bar line, so a pickup lies below zero."""
    first = _hooks(sheet)[0]
    return tuple(
        TuneNote(note.onset - first.onset, note.duration, note.midi)
        for phrase in first.phrases
        for note in phrase.notes
    )


def _with_note(sheet: Sheet, tune: tuple[TuneNote, ...], place: int, semitones: int) -> Sheet:
    """Move one written note wherever the chorus returns with it; its harmony follows."""
    first = _hooks(sheet)[0]
    number, at = _note_place(first.phrases, place)
    page = page_of(sheet)
    voices = {voice.id: voice for voice in sheet.plan.voices}
    changed = {}
    for section in _hooks(sheet):
        if number >= len(section.phrases) or at >= len(section.phrases[number].notes):
            continue
        phrase = section.phrases[number]
        notes = tuple(
            replace(note, midi=note.midi + semitones) if index == at else note
            for index, note in enumerate(phrase.notes)
        )
        harmony = phrase.harmony
        if harmony and phrase.voice in voices:
            voice = voices[phrase.voice]
            part = harmonise(notes, section.chords, page.frame.tonality, voice.low, voice.high)
            harmony = tuple(
                new if index == at else old for index, (old, new) in enumerate(zip(harmony, part, strict=True))
            )
        changed[phrase.id] = replace(phrase, notes=notes, harmony=harmony)
    return replace(sheet, marks=replace(sheet.marks, tune=tune), score=with_phrases(sheet.score, changed))


def _note_place(phrases: Sequence[Phrase], place: int) -> tuple[int, int]:
    """Return the phrase and the note in it that the tune's note ``place`` (from 0) is."""
    for number, phrase in enumerate(phrases):
        if place < len(phrase.notes):
            return number, place
        place -= len(phrase.notes)
    raise IndexError(place)


def _reach(sheet: Sheet, place: int) -> tuple[int, int]:
    """Return how far down and up a note may go in the voice that sings it."""
    phrases = _hooks(sheet)[0].phrases
    number, at = _note_place(phrases, place)
    voice = next((one for one in sheet.plan.voices if one.id == phrases[number].voice), None)
    low, high = (voice.low, voice.high) if voice else (48, 96)
    midi = phrases[number].notes[at].midi
    return min(0, low - midi), max(0, high - midi)
