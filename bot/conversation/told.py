"""Says in one line what was changed in a song."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import names
from bot.conversation.words import say
from generation.changes import (
    Change,
    Chords,
    Drop,
    Feel,
    Instruments,
    Key,
    Language,
    Length,
    Level,
    Metre,
    NewTune,
    Replace,
    Retune,
    Reword,
    Rewrite,
    Say,
    Tempo,
    Title,
    Tune,
    Vocals,
)


def told(changes: tuple[Change, ...], language: str) -> str:
    """Return "line 2 of verse 1: “…”; key: A minor" in ``en`` or ``zh``, without a full stop; ``""`` for no change."""
    afresh = Rewrite() in changes and NewTune() in changes
    parts = [say("told.afresh", language)] if afresh else []
    parts += [
        part
        for change in changes
        if not (afresh and change in (Rewrite(), NewTune()))
        for part in _parts(change, language)
    ]
    return say("told.list", language).join(parts)


def opened(text: str) -> str:
    """Return ``text`` beginning as a sentence does."""
    return text[:1].upper() + text[1:]


def _parts(change: Change, language: str) -> Iterator[str]:
    match change:
        case Tempo() | Key() | Metre() | Length():
            yield from _measured(change, language)
        case Reword(phrase, text):
            yield say("told.reword", language, where=names.place(phrase, language), text=text)
        case Replace(old, new, phrase):
            which = "told.replace_in" if phrase else "told.replace"
            yield say(which, language, where=names.place(phrase, language), old=old, new=new)
        case Rewrite(where, theme):
            which = "told.rewrite_about" if theme else "told.rewrite"
            yield say(which, language, where=names.place(where, language), theme=theme)
        case Say(word, spoken, phrase):
            which = "told.say_in" if phrase else "told.say"
            yield say(which, language, where=names.place(phrase, language), word=word, spoken=spoken)
        case Title(title):
            yield say("told.title", language, title=title)
        case Instruments(wanted, unwanted, section):
            for which, listed in (("told.with", wanted), ("told.without", unwanted)):
                if listed:
                    what = say(which, language, names=names.terms("instruments", listed, language))
                    where = names.place(section, language)
                    yield say("told.only_in", language, where=where, what=what) if section else what
        case Level(part, db):
            yield say("told.louder" if db > 0 else "told.softer", language, part=names.part(part, language))
        case Language(code):
            yield say("told.language", language, language=names.tongue(code, language))
        case Vocals(vocals):
            yield say(f"told.vocals_{vocals}", language)
        case Chords(where, chords):
            which = "told.chords" if chords else "told.chords_new"
            yield say(which, language, where=names.place(where, language), names=" ".join(chords))
        case Feel():
            yield say("told.feel", language, where=names.place(change.section, language), how=_feel(change, language))
        case Drop(where):
            yield say("told.drop", language, where=names.place(where, language))
        case Tune():
            yield say("told.tune", language)
        case Retune(note, semitones):
            whose = "note" if note > 0 else "last_note" if note == -1 else "last_nth"
            yield say(f"told.{whose}_{'higher' if semitones > 0 else 'lower'}", language, note=abs(note))
        case NewTune():
            yield say("told.new_tune", language)


def _measured(change: Tempo | Key | Metre | Length, language: str) -> Iterator[str]:
    match change:
        case Tempo(bpm, factor) if bpm is None:
            percent = round(abs(factor - 1) * 100)
            yield say("told.faster" if factor > 1 else "told.slower", language, percent=percent)
        case Tempo(bpm):
            yield say("told.tempo", language, bpm=names.number(bpm or 0.0))
        case Key(key, semitones) if not key:
            which = ("higher" if semitones > 0 else "lower") + ("_one" if abs(semitones) == 1 else "")
            yield say(f"told.{which}", language, count=abs(semitones))
        case Key(key):
            yield say("told.key", language, key=names.key(key, language))
        case Metre(metre):
            yield say("told.metre", language, metre=metre)
        case Length(duration, more, sections):
            if duration is not None:
                yield say("told.length", language, length=names.clock(duration))
            if more:
                yield say(f"told.{'longer' if more > 0 else 'shorter'}", language, length=names.clock(abs(more)))
            if sections:
                yield say("told.more", language, sections=names.terms("section", sections, language))


def _feel(change: Feel, language: str) -> str:
    words = [names.term("mood", mood, language) for mood in change.mood]
    words += [names.term("genre", change.genre, language)] if change.genre else []
    if not words:
        words = [say("told.livelier" if change.energy >= 0 else "told.calmer", language)]
    return say("name.and", language).join(words)
