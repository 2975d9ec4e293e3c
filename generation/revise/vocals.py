"""Another voice for the same tune, two of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generation.changes import Vocals
from generation.plan import plan
from generation.revise.key import at_height
from generation.revise.places import with_sections
from generation.revise.rebent import rebent
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.score import compose
from generation.score.composition import singer_of
from generation.score.frame import SUNG
from generation.score.keys import parse_key
from generation.score.lead import LEAD
from generation.score.transpose import key_above, outside, raised
from generation.song import INSTRUMENT, Phrase, ScoreSection, Sheet, SongRequest, Voice

KINDS = ("female", "male", "duet", "none")


def revoice(sheet: Sheet, change: Vocals, studio: Studio) -> Sheet:
    """Have the song sung by another voice, by two, or played. Tune and words stay; the tune moves by octaves, and where
    that is not enough the whole song to the nearest key that suits the voice."""
    if change.vocals not in KINDS:
        raise refusal("vocals", asked=change.vocals)
    request = replace(sheet.request, vocals=change.vocals)
    if change.vocals == "none":
        return _played(replace(sheet, request=request))
    asked = SongRequest(vocals=change.vocals, language=sheet.plan.language, genre=(sheet.plan.genre,))
    voices = plan(asked, sheet.plan.seed, studio.singer.voices).voices
    if not sheet.plan.voices:
        return _sung(replace(sheet, request=request), voices, studio)
    score = with_sections(sheet.score, tuple(_given_to(sheet, at, voices) for at in range(len(sheet.plan.form))))
    sheet = replace(sheet, request=request, plan=replace(sheet.plan, voices=voices), score=score)
    return _in_reach(sheet, voices)


def _given_to(sheet: Sheet, index: int, voices: Sequence[Voice]) -> ScoreSection:
    """Return a section with every line given to its singer, an octave higher or lower where that lies better."""
    section = sheet.score.sections[index]
    ordinal = sum(one.kind == section.kind for one in sheet.plan.form[:index])
    old = {voice.id: voice for voice in sheet.plan.voices}
    phrases = []
    for number, phrase in enumerate(section.phrases):
        if phrase.voice != INSTRUMENT:
            voice = singer_of(voices, section.kind, ordinal, number)
            before = old[phrase.voice]
            apart = 12 * round((voice.low + voice.high - before.low - before.high) / 24)
            phrase = replace(raised(phrase, apart), voice=voice.id)
        phrases.append(phrase)
    return replace(section, phrases=tuple(phrases))


def _in_reach(sheet: Sheet, voices: Sequence[Voice]) -> Sheet:
    sung = [phrase for section in sheet.score.sections for phrase in section.phrases]

    def strain(semitones: int) -> int:
        left = sum(outside([p for p in sung if p.voice == voice.id], semitones, voice) for voice in voices)
        # A few notes bent into range are less of a change than another key.
        return left + 4 * abs(semitones)

    best = min(range(-5, 7), key=strain)
    key = parse_key(sheet.plan.key)
    # Even at the best height a note may lie outside; moving by nothing still bends it in.
    return at_height(sheet, best, key_above(key, best) if best else key)


def _played(sheet: Sheet) -> Sheet:
    """Return the song without words, its tune on the lead instrument."""
    sections = tuple(
        replace(section, phrases=tuple(_on_lead(phrase) for phrase in section.phrases if phrase.notes))
        for section in sheet.score.sections
    )
    form = tuple(replace(section, lines=0) for section in sheet.plan.form)
    return replace(
        sheet,
        plan=replace(sheet.plan, voices=(), form=form, spoken=False),
        lyrics=replace(sheet.lyrics, sections=()),
        score=with_sections(sheet.score, sections),
    )


def _on_lead(phrase: Phrase) -> Phrase:
    if phrase.voice == INSTRUMENT:
        return phrase
    notes = [replace(note, syllable=None) for note in phrase.notes]
    shift = 0
    while sum(note.midi for note in notes) / len(notes) + shift < (LEAD.low + LEAD.high) / 2 - 5:
        shift += 12
    return raised(Phrase(phrase.id, "", INSTRUMENT, (), tuple(notes)), shift)


def _sung(sheet: Sheet, voices: tuple[Voice, ...], studio: Studio) -> Sheet:
    """Return an instrumental with words: the lyricist writes them, and the sung sections are composed for them."""
    per_line = sheet.plan.bars_per_line
    form = tuple(
        replace(section, lines=max(1, section.bars // per_line) if section.kind in SUNG else 0)
        for section in sheet.plan.form
    )
    new = replace(sheet.plan, voices=voices, form=form)
    lyrics = studio.lyricist.write(sheet.request, replace(new, seed=studio.seed))
    lyrics = replace(lyrics, title=sheet.lyrics.title)
    composed = compose(new, lyrics, studio.singer.syllabify, sheet.marks)
    sections = tuple(
        replace(old, phrases=fresh.phrases) if one.lines else old
        for one, old, fresh in zip(form, sheet.score.sections, composed.sections, strict=True)
    )
    sheet = replace(sheet, plan=new, lyrics=lyrics, score=with_sections(sheet.score, sections))
    return rebent(sheet, {at: sections[at] for at, one in enumerate(form) if one.lines})
