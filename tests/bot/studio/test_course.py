"""One honest number for a song that is sung, played, mixed and written."""

from __future__ import annotations

import pytest

from bot.studio.course import Course

SIDE_BY_SIDE = (
    ("band", 0.5, "voice", 0.07),
    ("band", 1.0, "voice", 0.14),
    ("voice", 0.5, "voice", 0.32),
    ("voice", 1.0, "mix", 0.50),
    ("mix", 0.0, "mix", 0.50),
    ("mix", 1.0, "passport", 0.78),
    ("passport", 1.0, "passport", 1.0),
)


def test_the_band_may_be_done_while_the_singing_goes_on() -> None:
    course = Course(sung=True)
    assert (course.stage, course.fraction) == ("", 0.0)
    for stage, fraction, shown, overall in SIDE_BY_SIDE:
        course.tell(stage, fraction)
        assert course.stage == shown
        assert course.fraction == pytest.approx(overall)


def test_it_never_goes_back_even_where_a_song_is_begun_anew() -> None:
    course = Course(sung=True)
    course.tell("mix", 0.5)
    before = course.fraction
    for stage, fraction in (("voice", 0.0), ("band", 0.2), ("mix", 0.1), ("unheard of", 1.0)):
        course.tell(stage, fraction)
        assert (course.stage, course.fraction) == ("mix", before)


def test_an_instrumental_waits_for_no_voice() -> None:
    course = Course(sung=False)
    course.tell("band", 1.0)
    assert course.stage == "mix"
    course.tell("passport", 1.0)
    assert course.fraction == pytest.approx(1.0)
