"""The places of a song by name: its lines, its sections, and where a line of the chorus returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from generation.revise.sentences import refusal, section_names
from generation.song import Line, Lyrics, Phrase, Score, ScoreSection, SectionKind, Sheet

RETURNING = frozenset({"chorus", "pre-chorus"})


class Place(NamedTuple):
    """Where one sung line stands. All numbers count from 1."""

    id: str
    """As in the score, ``verse 2/3``; what ``generation.changes`` aim at."""
    text: str
    kind: SectionKind
    ordinal: int
    """Which of its kind the section is: 2 for the second verse."""
    line: int
    """In its section."""
    song_line: int
    """In the whole song, a returning chorus counted each time."""


def phrases(sheet: Sheet) -> tuple[Place, ...]:
    """Return the sung lines of a song in singing order; none for an instrumental."""
    found: list[Place] = []
    seen: Counter[str] = Counter()
    for section in lyric_sections(sheet).sections:
        seen[section.kind] += 1
        for number, line in enumerate(section.lines, start=1):
            name = f"{section.name}/{number}"
            found.append(Place(name, line.text, section.kind, seen[section.kind], number, len(found) + 1))
    return tuple(found)


def lyric_sections(sheet: Sheet) -> Lyrics:
    """Return the lyrics that are sung, their sections named as in the form."""
    if not sheet.plan.voices:
        return replace(sheet.lyrics, sections=())
    sung = [section for section in sheet.plan.form if section.lines]
    by_name = {section.name: section for section in sheet.lyrics.sections}
    if all(section.name in by_name for section in sung):
        return replace(sheet.lyrics, sections=tuple(by_name[section.name] for section in sung))
    pairs = zip(sung, sheet.lyrics.sections, strict=False)
    return replace(sheet.lyrics, sections=tuple(replace(words, name=section.name) for section, words in pairs))


def line_ids(sheet: Sheet, phrase: str) -> tuple[str, ...]:
    """Return the ids of a line and of its returns. Raises ``WishError`` where there is no such line."""
    places = phrases(sheet)
    if not places:
        raise refusal("instrumental")
    asked = next((place for place in places if place.id == phrase.strip().lower()), None)
    if asked is None:
        name = phrase.rpartition("/")[0].strip().lower() or phrase
        lines = [place for place in places if place.id.rpartition("/")[0] == name]
        if not lines:
            raise refusal("section", asked=name, there=section_names(sheet))
        raise refusal("line", asked=phrase, section=name, lines=len(lines))
    if asked.kind not in RETURNING:
        return (asked.id,)
    same = (asked.kind, asked.line, asked.text)
    return tuple(place.id for place in places if (place.kind, place.line, place.text) == same)


def sections_called(sheet: Sheet, name: str) -> tuple[int, ...]:
    """Return the indices of the section of this name, or of all of this kind. Raises ``WishError`` for none."""
    wanted = name.strip().lower()
    form = sheet.plan.form
    found = [at for at, section in enumerate(form) if section.name.lower() == wanted]
    found = found or [at for at, section in enumerate(form) if section.kind == wanted]
    if not found:
        raise refusal("section", asked=name, there=section_names(sheet))
    return tuple(found)


def with_lines(lyrics: Lyrics, lines: Mapping[str, Line]) -> Lyrics:
    """Return the lyrics with some lines exchanged, by phrase id."""
    return replace(
        lyrics,
        sections=tuple(
            replace(
                section,
                lines=tuple(
                    lines.get(f"{section.name}/{number}", line) for number, line in enumerate(section.lines, start=1)
                ),
            )
            for section in lyrics.sections
        ),
    )


def with_phrases(score: Score, changed: Mapping[str, Phrase]) -> Score:
    """Return the score with some phrases exchanged, by id."""
    return with_sections(
        score,
        tuple(
            replace(section, phrases=tuple(changed.get(phrase.id, phrase) for phrase in section.phrases))
            for section in score.sections
        ),
    )


def with_sections(score: Score, sections: tuple[ScoreSection, ...]) -> Score:
    return replace(score, sections=sections)


def place_of(sheet: Sheet, phrase: str) -> tuple[int, int]:
    """Return the index of a phrase's section and its number in it, from 0."""
    name, _, number = phrase.rpartition("/")
    return section_names(sheet).index(name), int(number) - 1
