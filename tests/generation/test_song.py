"""The words of the studio travel as JSON and keep time."""

from __future__ import annotations

import cattrs
import pytest

from generation.song import Score, SongRequest, from_json, to_json


def score(**changes: object) -> Score:
    paper = {
        "title": "t",
        "language": "en",
        "genre": "pop",
        "moods": (),
        "seed": 1,
        "tempo_bpm": 120.0,
        "key": "C major",
        "time_signature": "4/4",
        "swing": 0.5,
        "swing_unit": 0.5,
        "duration_s": 60.0,
        "sections": (),
    }
    return Score(**{**paper, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("tempo", [None, 80.0, (80.0, 90.0)])
def test_a_request_survives_the_way_to_json_and_back(tempo: float | tuple[float, float] | None) -> None:
    request = SongRequest(text="a song", genre=("pop", "folk"), tempo_bpm=tempo)
    assert from_json(to_json(request), SongRequest) == request


def test_a_score_survives_the_way_to_json_and_back() -> None:
    assert from_json(to_json(score()), Score) == score()


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(cattrs.BaseValidationError):
        from_json({**to_json(score()), "extra": 1}, Score)


@pytest.mark.parametrize(("metre", "beats"), [("4/4", 4), ("3/4", 3), ("6/8", 3), ("2/4", 2)])
def test_a_beat_is_a_quarter_note(metre: str, beats: float) -> None:
    assert score(time_signature=metre).beats_per_bar == beats


def test_straight_time_is_even() -> None:
    assert [score().seconds(beat) for beat in (0, 0.5, 1, 1.5)] == [0, 0.25, 0.5, 0.75]


def test_swing_delays_the_second_of_a_pair_and_keeps_the_beat() -> None:
    swung = score(swing=2 / 3)
    assert [swung.seconds(beat) for beat in (0, 0.5, 1, 1.5)] == pytest.approx([0, 1 / 3, 0.5, 5 / 6])
