"""Instruments of single sections: they join and fall silent there alone, and nobody else plays another note."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generation.band import Part, arrange, known_instruments
from generation.changes import Change, Instruments, Length, NewTune
from generation.errors import WishError
from generation.song import Playing, Sheet

Song = Callable[..., Sheet]


@pytest.fixture
def pop(song: Song) -> Sheet:
    return song(genre=("pop",))


def parts(sheet: Sheet) -> dict[str, Part]:
    return {part.name: part for part in arrange(sheet.score)}


def heard_in(sheet: Sheet, sound: str) -> set[str]:
    """Names of the sections in which a part whose name holds ``sound`` plays."""
    bar = sheet.score.beats_per_bar
    onsets = [note.onset for name, part in parts(sheet).items() if sound in name for note in part.notes]
    return {
        section.name
        for section in sheet.score.sections
        if any(section.onset <= onset < section.onset + section.bars * bar for onset in onsets)
    }


def names(sheet: Sheet) -> set[str]:
    return {section.name for section in sheet.plan.form}


def test_an_instrument_is_silent_in_one_section(pop: Sheet, change: Song) -> None:
    after = change(pop, Instruments((), ("drums",), "verse 1"))
    assert heard_in(after, "drums") == heard_in(pop, "drums") - {"verse 1"}
    assert after.plan == pop.plan
    old, new = parts(pop), parts(after)
    assert all(old[name].notes == new[name].notes for name in old if old[name].stem not in {"drums", "percussion"})


def test_an_instrument_joins_for_one_kind_of_section(pop: Sheet, change: Song) -> None:
    after = change(pop, Instruments(("accordion",), (), "chorus"))
    assert heard_in(after, "accordion") == {"chorus 1", "chorus 2"}
    old, new = parts(pop), parts(after)
    staying = [name for name in old if name != "lead"]
    assert all(old[name].notes == new[name].notes for name in staying)


def test_only_in_the_chorus_is_nowhere_else(pop: Sheet, change: Song) -> None:
    only = change(pop, Instruments((), ("drums",)), Instruments(("drums",), (), "chorus"))
    assert heard_in(only, "drums") == {"chorus 1", "chorus 2"}
    assert heard_in(change(only, Instruments(("drums",))), "drums") >= names(pop) - {"intro 1"}


def test_it_outlasts_a_new_tune_and_holds_for_sections_that_join(pop: Sheet, change: Song) -> None:
    after = change(pop, Instruments((), ("drums",), "verse"), NewTune(), Length(sections=("verse",)))
    assert "verse 3" in names(after)
    assert not heard_in(after, "drums") & {"verse 1", "verse 2", "verse 3"}


@pytest.mark.parametrize(
    ("wishes", "rows"),
    [
        (
            [Instruments((), ("drums",), "verse"), Instruments(("drums",), (), "verse 1")],
            (Playing("verse", (), ("drums",)), Playing("verse 1", ("drums",), ())),
        ),
        ([Instruments((), ("drums",), "verse"), Instruments(("drums",))], ()),
    ],
)
def test_what_is_said_last_counts(wishes: list[Change], rows: tuple[Playing, ...], pop: Sheet, change: Song) -> None:
    after = change(pop, *wishes)
    assert after.marks.players == rows
    assert "verse 1" in heard_in(after, "drums")


def test_a_section_that_nobody_would_play_is_refused(song: Song, change: Song) -> None:
    sheet = song(genre=("rock",))
    everyone = known_instruments()
    with pytest.raises(WishError, match="nobody would be left"):
        change(sheet, Instruments((), everyone, "intro"))
    sung_alone = change(sheet, Instruments((), everyone, "verse 1"))
    assert not heard_in(sung_alone, "") & {"verse 1"}
    with pytest.raises(WishError, match='no "coda"'):
        change(sheet, Instruments((), ("drums",), "coda"))
