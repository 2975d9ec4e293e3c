"""Other words: a line or a word by the member, lines anew by the lyricist, another title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from generation.changes import Replace, Reword, Title
from generation.revise.places import line_ids, lyric_sections, phrases, place_of, with_lines, with_phrases
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.score.reset import page_of
from generation.song import Line, Sheet

LONGEST_TITLE = 80
_HAN = re.compile(r"[\u3400-\u9fff]")


def reword(sheet: Sheet, change: Reword, studio: Studio) -> Sheet:
    """Give a line, wherever it returns, the member's own words."""
    line = Line(" ".join(change.text.split()), "member", change.by)
    return with_words(sheet, dict.fromkeys(line_ids(sheet, change.phrase), line), studio)


def replace_words(sheet: Sheet, change: Replace, studio: Studio) -> Sheet:
    """Put one word or passage for another, in one line or in all that sing it."""
    if not sheet.plan.voices:
        raise refusal("instrumental")
    ids = line_ids(sheet, change.phrase) if change.phrase else tuple(place.id for place in phrases(sheet))
    wanted = _passage(change.old)
    lines = {}
    for place, old in zip(phrases(sheet), _lines(sheet), strict=True):
        text, count = wanted.subn(lambda found: _cased(change.new.strip(), found[0]), old.text)
        if place.id in ids and count and change.old.strip():
            lines[place.id] = replace(old, text=" ".join(text.split()), author="member")
    if not lines:
        raise refusal("no-word", word=change.old)
    return with_words(sheet, lines, studio)


def retitle(sheet: Sheet, change: Title, _studio: Studio) -> Sheet:
    """Give the song another title; what is sung stays."""
    title = " ".join(change.title.split()).strip(' "“”《》「」')
    if not re.search(r"\w", title) or len(title) > LONGEST_TITLE:
        raise refusal("title", most=LONGEST_TITLE)
    return replace(
        sheet,
        request=replace(sheet.request, title=title),
        lyrics=replace(sheet.lyrics, title=title),
        score=replace(sheet.score, title=title),
    )


def with_words(sheet: Sheet, lines: Mapping[str, Line], studio: Studio) -> Sheet:
    """Return the sheet with these lines, by phrase id; every other phrase stays to the note.

    Raises ``WishError`` for a line without anything to sing, or too long for its place.
    """
    page = page_of(sheet)
    changed = {}
    for name, line in lines.items():
        index, number = place_of(sheet, name)
        syllables = studio.syllables(sheet, name, line.text)
        most = page.most_syllables(index, number)
        if not syllables:
            raise refusal("nothing-sung", text=line.text)
        if len(syllables) > most:
            raise refusal("too-long", most=most, have=len(syllables))
        changed[name] = page.set_line(index, number, line.text, syllables, line.author)
    lyrics = with_lines(lyric_sections(sheet), lines)
    return replace(sheet, lyrics=lyrics, score=with_phrases(sheet.score, changed))


def _lines(sheet: Sheet) -> list[Line]:
    return [line for section in lyric_sections(sheet).sections for line in section.lines]


def _passage(old: str) -> re.Pattern[str]:
    """Match whole words, whatever their capitals and spaces; Chinese has no gaps between words."""
    pattern = r"\s+".join(re.escape(part) for part in old.split())
    pattern = re.sub(r"['’]", "['’]", pattern)
    return re.compile(pattern if _HAN.search(old) else rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)


def _cased(new: str, found: str) -> str:
    return new[:1].upper() + new[1:] if found[:1].isupper() else new
