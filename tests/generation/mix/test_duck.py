"""The kick drum is found, and parts give way to it."""

from __future__ import annotations

import numpy as np
import pytest

from generation.mix.duck import ducking, kicks_s
from generation.mix.gain import BLOCK
from generation.mix.genres import Duck
from generation.seeds import rng
from generation.song import SAMPLE_RATE

STRUCK = [0.5, 1.0, 1.5, 2.25, 3.0]


def test_kicks_are_found_and_hats_are_not() -> None:
    time = np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE
    drums = np.zeros((2, time.size))
    for at in STRUCK:
        since = np.maximum(time - at, 0)
        drums += (time >= at) * np.exp(-since / 0.08) * np.sin(2 * np.pi * 55 * since)
    for at in np.arange(0, 4, 0.25):
        since = np.maximum(time - at, 0)
        drums += (time >= at) * np.exp(-since / 0.02) * 0.4 * rng(1, "hat").standard_normal(time.size)
    assert kicks_s(drums.astype(np.float32)) == pytest.approx(STRUCK, abs=0.02)


def test_no_drums_no_kicks() -> None:
    assert kicks_s(np.zeros((2, SAMPLE_RATE), np.float32)) == []


def test_a_part_falls_at_the_kick_and_swells_back() -> None:
    curve = ducking([1.0], 3 * SAMPLE_RATE, Duck(6.0, 0.5, ("pad",)), tempo_bpm=120.0)

    def at(second: float) -> float:
        return float(curve[int(second * SAMPLE_RATE) // BLOCK])

    assert at(0.99) == 0.0
    assert at(1.008) == pytest.approx(-6.0, abs=0.3)
    assert -4.0 < at(1.13) < -2.0
    assert at(1.3) == 0.0
