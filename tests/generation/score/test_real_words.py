"""The same promises kept with words from the verse bank, whose lines are never quite as long as the tune."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import mean, median

import pytest

from generation.score.measures import (
    likeness,
    reuse,
    rubs,
    shared_run,
    step_share,
    sung,
    tone_agreement,
    written,
)
from generation.score.prosody import title_syllables, weights
from generation.song import Note, Phrase, ScoreSection, Sheet


def of_language(sheets: Sequence[Sheet], language: str) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.plan.language == language]


def sections(sheet: Sheet, kind: str) -> list[ScoreSection]:
    return [section for section in sheet.score.sections if section.kind == kind]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_motifs_return_and_half_the_motion_is_by_step(sheets: Sequence[Sheet], language: str) -> None:
    melodies = [written(sheet.score) for sheet in of_language(sheets, language)]
    again = [reuse(melody) for melody in melodies]
    assert 0.2 <= median(again) <= 0.45
    assert sum(0.15 <= share <= 0.5 for share in again) >= 0.7 * len(again)
    assert 0.4 <= median(map(step_share, melodies)) <= 0.65


def test_no_two_songs_are_alike(sheets: Sequence[Sheet]) -> None:
    pairs = list(combinations([written(sheet.score) for sheet in sheets], 2))
    alike = [likeness(one, other) for one, other in pairs]
    assert mean(alike) < 0.02
    assert max(alike) < 0.1
    assert max(shared_run(one, other) for one, other in pairs[::3]) <= 10


def test_nothing_rubs(sheets: Sequence[Sheet]) -> None:
    assert [rub for sheet in sheets for rub in rubs(sheet.score)] == []


def test_the_second_verse_keeps_the_first_verses_tune(sheets: Sequence[Sheet]) -> None:
    """Where both sing, they sing nearly the same note; Mandarin tones bend a few more."""

    def sung_at(section: ScoreSection, phrase: Phrase) -> dict[float, int]:
        return {round(note.onset - section.onset, 3): note.midi for note in phrase.notes}

    for language, share in (("en", 0.9), ("zh", 0.8)):
        near = []
        for sheet in of_language(sheets, language):
            first, second = sections(sheet, "verse")[:2]
            for one, two in zip(first.phrases, second.phrases, strict=False):
                a, b = sung_at(first, one), sung_at(second, two)
                near += [abs(a[beat] - b[beat]) <= 2 for beat in a.keys() & b.keys()]
        assert mean(near) >= share, language


def test_mandarin_tones_still_lean_on_the_tune(sheets: Sequence[Sheet]) -> None:
    """The tune comes first, yet it agrees with the tones more often than it would by chance."""
    phrases = [phrase for sheet in of_language(sheets, "zh") for phrase in sung(sheet.score)]
    assert tone_agreement(phrases) > 0.57


def test_the_hook_is_the_summit_of_the_song(sheets: Sequence[Sheet]) -> None:
    reached = []
    for sheet in sheets:
        top = max(note.midi for phrase in sung(sheet.score) for note in phrase.notes)
        reached.append(max(note.midi for note in sections(sheet, "chorus")[0].phrases[0].notes) == top)
    assert mean(reached) >= 0.9


def test_the_title_is_held_longer_than_the_words_of_a_verse(sheets: Sequence[Sheet]) -> None:
    ratios = []
    for sheet in sheets:
        named: list[Note] = []
        for phrase in sections(sheet, "chorus")[0].phrases:
            heavy, places = weights(phrase.syllables), title_syllables(phrase.syllables, sheet.score.title)
            named += [note for note in phrase.notes if note.syllable in places and heavy[note.syllable or 0] > 0.3]
        verse = [note for phrase in sections(sheet, "verse")[0].phrases for note in phrase.notes[:-1]]
        assert named, sheet.score.title
        ratios.append(mean(note.duration for note in named) / mean(note.duration for note in verse))
    assert mean(ratios) >= 1.15
