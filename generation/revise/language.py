"""The song in another language: its music stays, its words are written anew."""

from __future__ import annotations

from dataclasses import replace

from generation.changes import Language
from generation.plan import plan
from generation.revise.places import lyric_sections, with_sections
from generation.revise.rebent import rebent
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.score import compose
from generation.score.sentences import language_name
from generation.song import Sheet, SongRequest


def translate(sheet: Sheet, change: Language, studio: Studio) -> Sheet:
    """Have the song sung in another language by voices of the same gender: form, chords, key and tempo stay.

    The lyricist writes for the same theme, and the tune gives way to the new words. Raises ``WishError`` for a language
    without a voice, and where members wrote lines, which nobody here can translate.
    """
    if not sheet.plan.voices:
        raise refusal("instrumental")
    there = sorted({voice.language for voice in studio.singer.voices})
    code = change.language.strip().lower()
    if code not in there:
        raise refusal("language", asked=language_name(code), there=tuple(language_name(one) for one in there))
    if code == sheet.plan.language:
        raise refusal("same-language", asked=language_name(code))
    own = sum(line.author == "member" for section in lyric_sections(sheet).sections for line in section.lines)
    if own:
        raise refusal("own-words", lines=own)
    vocals = sheet.plan.voices[0].gender if len(sheet.plan.voices) == 1 else "duet"
    asked = SongRequest(vocals=vocals, language=code, genre=(sheet.plan.genre,))
    new = replace(sheet.plan, language=code, voices=plan(asked, sheet.plan.seed, studio.singer.voices).voices)
    request = replace(sheet.request, language=code)
    lyrics = studio.lyricist.write(request, replace(new, seed=studio.seed))
    marks = replace(sheet.marks, said=())
    composed = compose(new, lyrics, studio.singer.syllabify, marks)
    sections = tuple(
        replace(old, phrases=fresh.phrases) if one.lines else old
        for one, old, fresh in zip(new.form, sheet.score.sections, composed.sections, strict=True)
    )
    score = replace(with_sections(sheet.score, sections), title=lyrics.title, language=code)
    sheet = replace(sheet, request=request, plan=new, lyrics=lyrics, score=score, marks=marks)
    return rebent(sheet, {at: sections[at] for at, one in enumerate(new.form) if one.lines})
