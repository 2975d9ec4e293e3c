"""Gains that move without a click."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generation.mix.gain import BLOCK, blocks, ends, ride, steps
from generation.song import SAMPLE_RATE


def at(curve: Any, second: float) -> float:
    return float(curve[int(second * SAMPLE_RATE) // BLOCK])


def test_a_constant_curve_is_a_fader(tone: Any) -> None:
    audio = tone(440.0, 1.3)
    expected = audio * np.float32(10 ** (-6 / 20))
    ride(audio, np.full(blocks(audio.shape[-1]), -6.0))
    np.testing.assert_allclose(audio, expected, atol=1e-6)


def test_a_rise_is_over_when_its_section_starts_and_a_fall_begins_there() -> None:
    curve = steps(6 * SAMPLE_RATE, [0.0, 2.0, 4.0], [0.0, 3.0, -1.0])
    assert at(curve, 1.0) == 0.0
    assert at(curve, 2.01) == pytest.approx(3.0)
    assert at(curve, 3.99) == pytest.approx(3.0)
    assert at(curve, 4.5) == pytest.approx(-1.0)
    assert np.abs(np.diff(curve)).max() < 0.1


def test_a_song_starts_and_ends_in_silence(tone: Any) -> None:
    audio = tone(50.0, 2.0, phase=np.pi / 2)
    ride(audio, ends(audio.shape[-1]))
    assert abs(float(audio[0, 0])) < 0.3
    assert abs(float(audio[0, -1])) < 0.1
    assert np.abs(audio[0, SAMPLE_RATE]) > 0.5
