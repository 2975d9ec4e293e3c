"""Longer, shorter, without a section: what remains is the same to the note, later or earlier."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generation.changes import Drop, Length, Reword
from generation.errors import WishError
from generation.revise import phrases
from generation.song import Sheet

Song = Callable[..., Sheet]


def sections(sheet: Sheet) -> dict[str, list[tuple[object, ...]]]:
    """Every sung section from its own first beat on."""
    return {
        section.name: [
            (phrase.text, [(round(n.onset - section.onset, 6), n.duration, n.midi, n.syllable) for n in phrase.notes])
            for phrase in section.phrases
        ]
        for section in sheet.score.sections
        if section.kind not in {"intro", "outro", "instrumental"}
    }


def names(sheet: Sheet) -> list[str]:
    return [section.name for section in sheet.plan.form]


def remains(before: Sheet, after: Sheet) -> None:
    old, new = sections(before), sections(after)
    assert all(old[name] == new[name] for name in old.keys() & new.keys())


@pytest.mark.parametrize(("seconds", "language"), [(75, "zh"), (140, "zh"), (180, "en"), (300, "en")])
def test_a_length_is_met_exactly(seconds: float, language: str, song: Song, change: Song) -> None:
    before = song(message_language=language)
    after = change(before, Length(duration_s=seconds))
    assert after.plan.duration_s == after.score.duration_s == seconds
    remains(before, after)
    assert "chorus 1" in names(after)
    assert "verse 1" in names(after)
    bars = sum(section.bars for section in after.plan.form)
    assert 1.0 <= seconds - bars * 240 / after.plan.tempo_bpm < 6


def test_later_verses_go_first(song: Song, change: Song) -> None:
    before = song()
    after = change(before, Length(more_s=-15))
    assert set(names(before)) - set(names(after)) == {"verse 2"}


def test_sections_join_before_the_outro_with_words_of_their_own(song: Song, change: Song) -> None:
    before = song()
    after = change(before, Length(sections=("verse", "chorus")))
    assert names(after) == [*names(before)[:-1], "verse 3", "chorus 3", "outro 1"]
    remains(before, after)
    new, old = sections(after), sections(before)
    assert new["chorus 3"] == old["chorus 2"]
    fresh = {place.text for place in phrases(after) if place.id.startswith("verse 3")}
    assert len(fresh) == 4
    assert not fresh & {place.text for place in phrases(before)}
    with pytest.raises(WishError, match="no section I know"):
        change(before, Length(sections=("breakdown",)))


def test_a_new_verse_is_sung_to_the_verses_tune(song: Song, change: Song) -> None:
    after = change(song(), Length(sections=("verse",)))
    at = {section.name: section for section in after.score.sections}
    assert [c.name for c in at["verse 3"].chords] == [c.name for c in at["verse 2"].chords]
    for new, old in zip(at["verse 3"].phrases, at["verse 2"].phrases, strict=True):
        assert (
            abs(sum(n.midi for n in new.notes) / len(new.notes) - sum(n.midi for n in old.notes) / len(old.notes)) < 2.5
        )


@pytest.mark.parametrize("section", ["verse 2", "intro", "outro", "bridge", "chorus"])
def test_a_section_left_out(section: str, song: Song, change: Song) -> None:
    before = song()
    after = change(before, Drop(section))
    assert names(after) == [name for name in names(before) if not name.startswith(section)]
    gone = sum(one.bars for one in before.plan.form if one.name.startswith(section)) * 240 / before.plan.tempo_bpm
    assert after.plan.duration_s == pytest.approx(before.plan.duration_s - gone, abs=0.01)
    if section != "intro":
        remains(before, after)


def test_a_song_that_lost_its_introduction_begins_with_its_first_word(song: Song, change: Song) -> None:
    for seed in (0, 2, 5):
        after = change(song(seed, duration_s=60.0), Drop("intro"))
        assert min(n.onset for s in after.score.sections for p in s.phrases for n in p.notes) >= 0


def test_no_song_is_dropped_whole_or_made_too_short(song: Song, change: Song) -> None:
    with pytest.raises(WishError, match="no song would be left"):
        change(song(duration_s=20.0, structure=("chorus",)), Drop("chorus"))
    with pytest.raises(WishError, match="can't be shorter"):
        change(song(), Length(duration_s=20))
    with pytest.raises(WishError, match="from 15 seconds"):
        change(song(), Length(duration_s=1000))


def test_the_members_own_lines_stay_the_members(song: Song, change: Song) -> None:
    after = change(song(), Reword("verse 1/2", "My own words here", "Ann"), Length(more_s=40))
    assert next(line for s in after.lyrics.sections for line in s.lines if line.by == "Ann").text == "My own words here"
