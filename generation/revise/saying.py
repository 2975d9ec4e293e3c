"""Another pronunciation of a word."""

from __future__ import annotations

from dataclasses import replace

from generation.changes import Say
from generation.revise.places import line_ids, phrases, place_of, with_phrases
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.score.reset import page_of
from generation.song import Phrase, Said, Sheet, Syllable
from generation.voices.pronunciation_said import readable, says


def say(sheet: Sheet, change: Say, studio: Studio) -> Sheet:
    """Have a word said otherwise in one line or in all; its notes stay where its syllables are as many as before."""
    ids = line_ids(sheet, change.phrase) if change.phrase else tuple(place.id for place in phrases(sheet))
    if not ids:
        raise refusal("instrumental")
    word = change.word.strip()
    of = {phrase.id: phrase for section in sheet.score.sections for phrase in section.phrases}
    singing = [name for name in ids if says(of[name].syllables, word)]
    if not singing:
        raise refusal("no-word", word=word)
    if not readable(word, change.spoken):
        raise refusal("unsayable", spoken=change.spoken)
    row = Said(word, change.spoken.strip(), ids[0] if change.phrase else "")
    kept = tuple(said for said in sheet.marks.said if (said.word, said.phrase) != (row.word, row.phrase))
    sheet = replace(sheet, marks=replace(sheet.marks, said=(*kept, row)))
    page = page_of(sheet)
    changed = {}
    for name in singing:
        syllables = studio.syllables(sheet, name, of[name].text)
        index, number = place_of(sheet, name)
        changed[name] = (
            replace(of[name], syllables=syllables)
            if _as_many(of[name], syllables)
            else page.set_line(index, number, of[name].text, syllables, of[name].author)
        )
    return replace(sheet, score=with_phrases(sheet.score, changed))


def _as_many(phrase: Phrase, syllables: tuple[Syllable, ...]) -> bool:
    return len(phrase.syllables) == len(syllables)
