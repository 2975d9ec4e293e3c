"""Words anew by the lyricist, none of which the song has already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from generation.changes import Rewrite
from generation.lyrics.metre import syllables
from generation.lyrics.rhyme import rhymes
from generation.revise.feel import moods
from generation.revise.places import RETURNING, line_ids, phrases, sections_called
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.revise.words import with_words
from generation.seeds import rng
from generation.song import Line, Lyrics, LyricSection, Sheet

_DRAFTS = 8
"""How many times the lyricist is asked before a line is given up."""


def rewrite(sheet: Sheet, change: Rewrite, studio: Studio) -> Sheet:
    """Have a line, a section, all of a kind or all words written anew; what is not named is sung as before."""
    if not phrases(sheet):
        raise refusal("instrumental")
    unknown = next((mood for mood in change.mood if mood not in moods()), None)
    if unknown is not None:
        raise refusal("mood", asked=unknown, there=tuple(moods()))
    request = sheet.request
    if change.theme.strip():
        request = replace(request, theme=change.theme.strip(), text=change.theme.strip())
    request = replace(request, mood=change.mood or request.mood)
    named = _named(sheet, change.where)
    drafts = _drafts(replace(sheet, request=request), studio)
    old = {place.id: place for place in phrases(sheet)}
    sung = {_plain(place.text) for place in old.values()}
    # Where every line goes, an old one is rather avoided than forbidden: a long rap would run out of words.
    taken, tired = (sung, set[str]()) if change.where.strip() else (set[str](), sung)
    lines: dict[str, Line] = {}
    of_text: dict[tuple[str, int, str], Line] = {}
    for name in named:
        place = old[name]
        section = name.rpartition("/")[0]
        returning = (place.kind, place.line, place.text)
        if place.kind not in RETURNING or returning not in of_text:
            before = [lines.get(f"{section}/{at}") or Line(old[f"{section}/{at}"].text, "machine")
                      for at in range(1, place.line)]  # fmt: skip
            length = None if change.where == "" else syllables(place.text, sheet.plan.language)
            at = (section, place.kind, place.line - 1)
            line = _line(drafts, at, before, taken, sheet.plan.language, length, tired)
            of_text[returning] = line
            taken.add(_plain(line.text))
        lines[name] = of_text[returning]
    if change.where.strip() == "" and not sheet.request.title:
        sheet = replace(sheet, lyrics=replace(sheet.lyrics, title=drafts[0].title))
        sheet = replace(sheet, score=replace(sheet.score, title=drafts[0].title))
    kept = request if change.where.strip() == "" else sheet.request
    # The member's own words are no longer what is sung: a variation must not bring them back.
    return with_words(replace(sheet, request=replace(kept, lyrics=None)), lines, studio)


def fresh_words(sheet: Sheet, names: Sequence[str], studio: Studio) -> Mapping[str, LyricSection]:
    """Return words for the named sections of ``sheet.plan.form``, without a line that the song has already."""
    drafts = _drafts(sheet, studio)
    taken = {_plain(line.text) for section in sheet.lyrics.sections for line in section.lines}
    found: dict[str, LyricSection] = {}
    for name in names:
        section = next(one for one in sheet.plan.form if one.name == name)
        lines: list[Line] = []
        for number in range(section.lines):
            lines.append(_line(drafts, (name, section.kind, number), lines, taken, sheet.plan.language))
            taken.add(_plain(lines[-1].text))
        found[name] = LyricSection(name, section.kind, tuple(lines))
    return found


def _named(sheet: Sheet, where: str) -> tuple[str, ...]:
    """Return the ids of the lines to write: one with its returns, those of sections, or all."""
    if "/" in where:
        return line_ids(sheet, where)
    ids = [place.id for place in phrases(sheet)]
    if not where.strip():
        return tuple(ids)
    names = {sheet.plan.form[at].name for at in sections_called(sheet, where)}
    found = [name for name in ids if name.rpartition("/")[0] in names]
    if not found:
        raise refusal("section", asked=where, there=tuple(dict.fromkeys(name.rpartition("/")[0] for name in ids)))
    return tuple(dict.fromkeys(other for name in found for other in line_ids(sheet, name)))


def _drafts(sheet: Sheet, studio: Studio) -> list[Lyrics]:
    """Ask the lyricist for the whole song several times over, without the member's own words."""
    request = replace(sheet.request, lyrics=None)
    draws = rng(studio.seed, "rewrite").integers(1, 2**31, _DRAFTS)
    return [studio.lyricist.write(request, replace(sheet.plan, seed=int(seed))) for seed in draws]


def _line(
    drafts: Sequence[Lyrics],
    place: tuple[str, str, int],
    before: Sequence[Line],
    taken: set[str],
    language: str,
    length: int | None = None,
    tired: AbstractSet[str] = frozenset(),
) -> Line:
    """Return a line for ``place`` (section, its kind, number from 0) that is not ``taken``, of the first draft that has
    one here.

    One that rhymes with the line before or the one before that, is about ``length`` syllables long and not ``tired``
    is preferred.
    """
    name, kind, number = place
    for kinds in ({kind}, {section.kind for draft in drafts for section in draft.sections}):
        best: tuple[float, Line] | None = None
        for turn, draft in enumerate(drafts):
            for section in draft.sections:
                if section.kind not in kinds:
                    continue
                for at, line in enumerate(section.lines):
                    if _plain(line.text) in taken:
                        continue
                    cost = 2.0 * turn + 3.0 * (section.name != name) + 2.0 * (at != number)
                    if number % 2 and before:
                        cost += 4.0 * (not any(rhymes(line.text, other.text, language) for other in before[-2:]))
                    cost += 6.0 * (_plain(line.text) in tired)
                    if length is not None:
                        cost += 0.7 * abs(syllables(line.text, language) - length)
                    if best is None or cost < best[0]:
                        best = (cost, replace(line, author="machine", by=""))
        if best is not None:
            return best[1]
    raise refusal("no-lines")


def _plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())
