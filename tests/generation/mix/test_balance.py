"""Faders are struck on power curves: the lead in front, the chorus louder than the verse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from generation.mix.balance import Span, follows, spans, strike
from generation.mix.genres import desk
from generation.mix.loudness import lufs

SONG = (
    Span("intro", 0.3, 0.0, 4.0),
    Span("verse", 0.4, 4.0, 12.0),
    Span("chorus", 0.8, 12.0, 20.0),
    Span("bridge", 0.6, 20.0, 24.0),
)


def curve(level: float, *, start: float = 0.0, end: float = 24.0, chorus: float = 0.0) -> Any:
    """A power curve that lasts from ``start`` to ``end`` and is ``chorus`` dB louder in the chorus."""
    powers = np.zeros(240)
    powers[int(start * 10) : int(end * 10)] = 10 ** (level / 10)
    powers[120:200] *= 10 ** (chorus / 10)
    return powers


def section(balance: Any, powers: Any, names: list[str], place: int) -> float:
    part = slice(int(SONG[place].start_s * 10), int(SONG[place].end_s * 10))
    total = sum(
        powers[name][part].mean()
        * 10
        ** (
            (
                balance.faders[name]
                + balance.song_ride[place]
                + (balance.front_ride[place] if follows(name, balance.front) else 0)
            )
            / 10
        )
        for name in names
    )
    return lufs(float(total))


@pytest.mark.parametrize("recorded", [-40.0, -20.0, -6.0])
def test_the_voice_is_in_front_however_it_was_recorded(recorded: float) -> None:
    powers = {"vocals": curve(recorded, start=4.0), "drums": curve(-15.0), "bass": curve(-30.0), "pad": curve(-9.0)}
    balance = strike(powers, desk("pop"), SONG)
    over = section(balance, powers, ["vocals"], 1) - section(balance, powers, ["drums", "bass", "pad"], 1)
    assert over == pytest.approx(desk("pop").front_over_band, abs=0.05)


def test_a_band_that_grows_in_the_chorus_lifts_the_voice_with_it() -> None:
    powers = {"vocals": curve(-20.0, start=4.0), "drums": curve(-15.0, chorus=4.0)}
    balance = strike(powers, desk("pop"), SONG)
    over = section(balance, powers, ["vocals"], 2) - section(balance, powers, ["drums"], 2)
    assert over == pytest.approx(desk("pop").chorus_floor, abs=0.05)
    assert balance.front_ride[1] == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("by_arrangement", [0.0, 1.0, 2.0, 6.0])
def test_the_chorus_is_louder_than_the_verse(by_arrangement: float) -> None:
    powers = {
        "vocals": curve(-20.0, start=4.0, chorus=by_arrangement),
        "drums": curve(-15.0, chorus=by_arrangement),
    }
    balance = strike(powers, desk("pop"), SONG)
    lift = section(balance, powers, list(powers), 2) - section(balance, powers, list(powers), 1)
    assert lift == pytest.approx(max(desk("pop").contrast, by_arrangement), abs=0.05)
    if by_arrangement > 3:
        assert set(balance.song_ride[1:]) == {0.0}


def test_other_sections_ride_by_their_energy() -> None:
    powers = {"vocals": curve(-20.0, start=4.0), "drums": curve(-15.0)}
    _, verse, chorus, bridge = strike(powers, desk("pop"), SONG).song_ride
    assert verse < bridge < chorus


def test_an_intro_without_a_voice_is_brought_up_to_the_verse() -> None:
    powers = {"vocals": curve(-20.0, start=4.0), "drums": curve(-15.0)}
    balance = strike(powers, desk("lo-fi"), SONG)
    below = section(balance, powers, list(powers), 1) - section(balance, powers, list(powers), 0)
    assert below == pytest.approx(3.0, abs=0.05)
    powers["drums"] = curve(-35.0, end=4.0) + curve(-15.0, start=4.0)
    assert strike(powers, desk("lo-fi"), SONG).song_ride[0] == pytest.approx(3.0)


def test_a_genre_without_contrast_is_left_as_arranged() -> None:
    powers = {"vocals": curve(-20.0, start=4.0), "keys": curve(-15.0)}
    assert set(strike(powers, desk("lo-fi"), SONG).song_ride[1:]) == {0.0}


def test_an_instrumental_is_led_by_its_lead() -> None:
    powers = {"vocals": curve(-200.0), "lead": curve(-30.0, start=4.0), "drums": curve(-15.0)}
    balance = strike(powers, desk("jazz"), SONG)
    assert balance.front == "lead"
    over = section(balance, powers, ["lead"], 1) - section(balance, powers, ["drums"], 1)
    assert over == pytest.approx(desk("jazz").front_over_band, abs=0.05)


def test_without_a_lead_the_parts_keep_their_levels() -> None:
    powers = {"pad": curve(-30.0), "keys": curve(-10.0)}
    balance = strike(powers, desk("pop"), SONG)
    strips = desk("pop").strips
    assert balance.front is None
    assert set(balance.front_ride) == {0.0}
    apart = section(balance, powers, ["keys"], 1) - section(balance, powers, ["pad"], 1)
    assert apart == pytest.approx(strips["keys"].level - strips["pad"].level, abs=0.05)


def test_silence_gets_no_gain() -> None:
    powers = {"vocals": np.zeros(240), "drums": np.zeros(240)}
    assert set(strike(powers, desk("pop"), SONG).faders.values()) == {0.0}


def test_spans_reach_to_the_end_of_the_audio(score: Any) -> None:
    song = replace(score("pop"), duration_s=12.5)
    times = [(span.start_s, span.end_s) for span in spans(song)]
    assert times == [(0.0, 2.0), (2.0, 4.0), (4.0, 6.0), (6.0, 8.0), (8.0, 10.0), (10.0, 12.5)]
