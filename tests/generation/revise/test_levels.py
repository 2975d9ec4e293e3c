"""One part louder or softer: which faders move, and how far they may."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generation.changes import Change, Instruments, Level, NewTune, Vocals
from generation.engines.debug import DebugEngine
from generation.errors import WishError
from generation.pipeline import perform
from generation.revise import with_gains
from generation.song import Sheet, from_json, to_json
from generation.voices.debug import DebugSinger

Song = Callable[..., Sheet]


def test_only_the_fader_moves(song: Song, change: Song) -> None:
    before = song()
    after = change(before, Level("vocals", 3.0))
    assert (after.score, after.plan, after.lyrics) == (before.score, before.plan, before.lyrics)
    assert after.marks.levels == {"vocals": 3.0}
    assert from_json(to_json(after), Sheet) == after


def test_the_debug_engine_moves_it_too(song: Song, change: Song) -> None:
    sheet = song(duration_s=20.0, structure=("verse",))
    engine = DebugEngine(DebugSinger(), "template-lyrics")
    tracks = [
        perform(one, engine, lambda *_: None, lambda: False) for one in (sheet, change(sheet, Level("vocals", 6.0)))
    ]
    (chords, vocals), (same, louder) = ([stem.audio for stem in track.stems] for track in tracks)
    assert np.array_equal(chords, same)
    assert np.allclose(louder, vocals * 10 ** (6 / 20), rtol=1e-5)


@pytest.mark.parametrize(
    ("part", "moved"),
    [
        ("drums", {"drums", "percussion"}),
        ("piano", {"keys"}),
        ("Strings", {"strings"}),
        ("band", {"drums", "bass", "keys"}),
        ("backing", {"backing"}),
    ],
)
def test_a_part_goes_by_the_names_that_members_use(part: str, moved: set[str], song: Song, change: Song) -> None:
    found = change(song(genre=("pop",), instruments=("piano", "strings")), Level(part, -3.0)).marks.levels
    assert set(found) >= moved if part == "band" else set(found) <= moved
    assert found
    assert not set(found) & {"vocals"}


def test_wishes_add_up_to_twelve_decibels_and_no_further(song: Song, change: Song) -> None:
    after = change(song(), Level("vocals", 6.0), Level("vocals", 3.0), Level("vocals", 6.0))
    assert after.marks.levels == {"vocals": 12.0}
    with pytest.raises(WishError, match="vocals"):
        change(after, Level("vocals", 1.5))
    assert change(after, Level("vocals", -6.0)).marks.levels == {"vocals": 6.0}


def test_a_level_outlasts_other_changes(song: Song, change: Song) -> None:
    after = change(song(), Level("vocals", 3.0), NewTune(), Instruments((), ("drums",)))
    assert after.marks.levels == {"vocals": 3.0}


def test_the_balance_stays_and_the_master_is_struck_again(song: Song, change: Song) -> None:
    before = with_gains(song(), {"mix": {"schema": 1, "master": {"gain_db": 1.0, "trim_db": 0.0}}})
    assert change(before, Level("vocals", 3.0)).marks.gains == {"schema": 1, "master": None}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ((Level("kazoo", 3.0),), "no kazoo in this song"),
        ((Level("vocals", 0.0),), "louder or softer"),
        ((Level("vocals", float("nan")),), "louder or softer"),
        ((Vocals("none"), Level("vocals", 3.0)), "no vocals in this song"),
        ((Instruments((), ("drums",)), Level("drums", 3.0)), "no drums in this song"),
    ],
)
def test_a_part_that_is_not_there_is_answered_with_those_that_are(
    changes: tuple[Change, ...], sentence: str, song: Song, change: Song
) -> None:
    with pytest.raises(WishError, match=sentence):
        change(song(), *changes)
