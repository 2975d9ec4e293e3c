"""The parts of a post about a song: its buttons, its card, its folded words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from bot.conversation import names
from bot.conversation.reply import Button, Folded, Reply
from bot.conversation.told import opened, told
from bot.conversation.words import say
from generation.changes import changes_from_json
from generation.song import Sheet
from storage.songs import Song

BUTTON_ROW = 3
LONGEST_CHANGE = 40
LONGEST_LINE = 240
"""What changed, who wrote, what the band remarks: one line of a card holds no more."""
ASKING = frozenset({"change", "line"})
"""Buttons that ask for words."""
PARTS = ("stems", "karaoke", "midi", "lrc", "sheet", "passport")
_OF_STATUS: Mapping[str, tuple[str, ...]] = {
    "written": ("sing", "change", "again"),
    "waiting": ("cancel",),
    "singing": ("cancel",),
    "made": ("again", "change", "extend", "stems", "licence", "forget"),
    "failed": ("retry", "again", "forget"),
    "cancelled": ("sing", "change", "forget"),
    "deleted": (),
}

Rows = tuple[tuple[Button, ...], ...]


def button(key: str, verb: str, language: str, song: str = "", argument: str = "", **values: object) -> Button:
    """Return a button with the label ``button.KEY``, at most ``names.LONGEST_LABEL`` characters."""
    label = names.shortened(say(f"button.{key}", language, **values), names.LONGEST_LABEL)
    asks = say(f"button.{key}_asks", language) if key in ASKING else ""
    return Button(label, verb, song, argument, asks)


def rows(buttons: Iterable[Button], width: int = BUTTON_ROW) -> Rows:
    all_buttons = tuple(buttons)
    return tuple(all_buttons[at : at + width] for at in range(0, len(all_buttons), width))


def song_buttons(song: Song, language: str) -> Rows:
    """Return what can be done with a song in its state."""
    verbs = {"retry": "sing"}
    return rows(button(key, verbs.get(key, key), language, song.id) for key in _OF_STATUS[song.status])


def choice(songs: Iterable[Song], verb: str, language: str) -> Rows:
    """Return one button a song, a row each, at most five, that asks for ``verb`` of it."""
    listed = tuple(songs)
    labels = (names.shortened(apart(song, listed, language), names.LONGEST_LABEL) for song in listed[:5])
    return rows((Button(label, verb, song.id) for label, song in zip(labels, listed, strict=False)), 1)


def stops(songs: Iterable[Song], language: str) -> Rows:
    """Return one button a song to stop it, a row each, at most five."""
    listed = tuple(songs)
    labels = (apart(song, listed, language) for song in listed[:5])
    return rows(
        (
            button("cancel_song", "cancel", language, song.id, title=label)
            for label, song in zip(labels, listed, strict=False)
        ),
        1,
    )


def called(song: Song, language: str) -> str:
    """Return the title, and of a version what it changed: ``Snow (10 % slower)``."""
    title = names.title(song, language)
    if not song.parent:
        return title
    return say("name.version", language, title=title, change=names.shortened(_changed(song, language), LONGEST_CHANGE))


def apart(song: Song, among: Iterable[Song], language: str) -> str:
    """Return what tells a song from its namesakes: what a version changed, what any other is about."""
    title = names.title(song, language)
    namesakes = [other for other in among if other.id != song.id and names.title(other, language) == title]
    if song.parent and namesakes:
        return opened(_changed(song, language))
    if all(other.parent for other in namesakes):
        return title
    theme = names.clean(song.request.theme or "")
    return say("name.about", language, title=title, theme=theme) if theme else title


def song_lines(song: Song, language: str, *, whole: bool) -> list[str]:
    """Return title, facts, what changed and remarks; with ``whole`` also form and chords."""
    lines = [say("card.title", language, title=names.title(song, language))]
    if song.sheet is None:
        return lines
    lines.append(names.facts(song.sheet, language))
    if song.parent and song.changes:
        changes = names.shortened(_changed(song, language), LONGEST_LINE)
        lines.append(say("card.child", language, changes=changes))
    writers = dict.fromkeys(line.by for part in song.sheet.lyrics.sections for line in part.lines if line.by)
    if writers:
        written_by = names.shortened(say("name.and", language).join(writers), LONGEST_LINE)
        lines.append(say("card.words", language, names=written_by))
    if whole:
        lines += ["", *_form(song.sheet, language)]
    said = dict.fromkeys(names.remark(each, language) for each in (*song.sheet.plan.remarks, *song.remarks))
    return lines + (["", *(names.shortened(remark, LONGEST_LINE) for remark in said)] if said else [])


def lyrics(song: Song, language: str) -> tuple[Folded, ...]:
    """Return the words under one heading, empty for an instrumental or a song not yet on paper."""
    if song.sheet is None or not song.sheet.lyrics.sections:
        return ()
    blocks = (
        "\n".join([f"[{opened(names.section(part.name, language))}]", *(line.text for line in part.lines)])
        for part in song.sheet.lyrics.sections
    )
    return (Folded(say("lyrics.fold", language), "\n\n".join(blocks)),)


def licence(song: Song, language: str) -> tuple[Folded, ...]:
    return (Folded(say("licence.fold", language), names.remark(song.note, language)),) if song.note else ()


def short_note(song: Song, language: str) -> str:
    """Return the line of the note that says what the song may be used for."""
    if song.note is None:
        return ""
    lines = names.remark(song.note, language).split("\n")
    starts = tuple(text.split("{")[0] for text in _uses(language).values())
    return next((line for line in lines if line.startswith(starts)), lines[0])


def commercial_use(song: Song) -> Literal["yes", "conditional", "unknown", "no"]:
    """Return the answer the song's note gives, from the beginnings of its own sentences; ``unknown`` without one."""
    note = song.note.en if song.note else ""
    for answer in ("yes", "conditional", "unknown", "no"):
        if _uses("en")[answer].split("{")[0] in note:
            return answer
    return "unknown"


def card(song: Song, language: str, head: str = "", *, whole: bool = True) -> Reply:
    """Return a post about a song as it is now, with its buttons."""
    text = "\n".join(([head] if head else []) + song_lines(song, language, whole=whole))
    return Reply(text, lyrics(song, language), song_buttons(song, language), song=song.id, language=language)


@cache
def _uses(language: str) -> Mapping[str, str]:
    text = files("generation.passport").joinpath("words", f"{language}.toml").read_text("utf-8")
    words: Mapping[str, Any] = tomllib.loads(text)
    return dict(words["use"])


def _form(sheet: Sheet, language: str) -> list[str]:
    """The sections in order, and the chords of each kind once, written out bar by bar."""
    kinds = [names.section(part.kind, language) for part in sheet.score.sections]
    lines = [say("card.form", language, form=" – ".join(kinds))]
    if sheet.marks.tune:
        lines.append(say("card.tune", language, notes=names.notes(sheet.marks.tune)))
    seen: set[tuple[str, ...]] = set()
    for part in sheet.score.sections:
        chords = tuple(chord.name for chord in part.chords)
        if part.phrases and part.kind not in {"intro", "outro", "instrumental"} and chords not in seen:
            seen.add(chords)
            where = names.section(part.kind, language)
            lines.append(say("card.chords", language, section=where, chords=" ".join(_once(chords))))
    return lines


def _once(chords: tuple[str, ...]) -> tuple[str, ...]:
    """Four chords said twice are said once."""
    half = len(chords) // 2
    return chords[:half] if half > 1 and len(chords) % 2 == 0 and chords[:half] == chords[half:] else chords


def _changed(song: Song, language: str) -> str:
    return told(changes_from_json(list(song.changes)), language) or say("name.another_take", language)
