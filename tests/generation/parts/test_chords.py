"""The chord sheet: chords above the words they begin under."""

from __future__ import annotations

from dataclasses import replace

from generation.parts import chord_sheet
from generation.song import Chord, Note, Phrase, ScoreSection, Sheet, Syllable
from generation.voices.pronunciation import syllabify


def chord(onset: float, name: str) -> Chord:
    return Chord(onset, 2.0, "I", name, 0, (0, 4, 7))


def line(text: str, syllables: tuple[Syllable, ...], onset: float) -> Phrase:
    notes = tuple(Note(onset + place, 1.0, 60, place) for place in range(len(syllables)))
    return Phrase(f"verse 1/{onset:g}", text, "af_heart", syllables, notes)


def with_sections(sheet: Sheet, *sections: ScoreSection) -> str:
    changed = replace(sheet, score=replace(sheet.score, sections=sections))
    return chord_sheet(changed).split("\n\n", 1)[1]


def test_a_chord_stands_above_the_syllable_it_begins_under(sheet: Sheet) -> None:
    text = "Take my hand tonight"
    verse = ScoreSection(
        "verse 1",
        "verse",
        0.0,
        2,
        0.5,
        (chord(0, "C"), chord(2, "Am"), chord(4, "F")),
        (line(text, syllabify(text, "en"), 0.0),),
    )
    assert with_sections(sheet, verse) == "[Verse]\nC       Am     F\nTake my hand tonight\n"


def test_a_chinese_character_is_two_columns_wide(sheet: Sheet) -> None:
    text = "雨落在上海"
    verse = ScoreSection(
        "verse 1", "verse", 0.0, 2, 0.5, (chord(0, "C"), chord(3, "G")), (line(text, syllabify(text, "zh"), 0.0),)
    )
    assert with_sections(sheet, verse) == "[Verse]\nC     G\n雨落在上海\n"


def test_a_section_without_words_is_bars(sheet: Sheet) -> None:
    intro = ScoreSection("intro", "intro", 0.0, 4, 0.3, (chord(0, "C"), chord(2, "G"), chord(8, "Am")), ())
    assert with_sections(sheet, intro) == "[Intro]\n| C G | % | Am | % |\n"


def test_every_line_and_chord_of_a_song_is_there(sheet: Sheet) -> None:
    text = chord_sheet(sheet)
    assert text.startswith(f"{sheet.lyrics.title}\n{sheet.score.key} · ")
    for section in sheet.lyrics.sections:
        assert all(sung.text in text for sung in section.lines)
    for part in sheet.score.sections:
        assert all(written.name in text for written in part.chords)


def test_it_is_short_enough_for_a_message(sheet: Sheet) -> None:
    assert len(chord_sheet(sheet)) < 2000
