"""Wide in stereo, unchanged in mono."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generation.mix.width import middle, to_stereo, widen


def test_widening_disappears_in_mono(noise: Any) -> None:
    audio = np.repeat(noise(1.0), 2, axis=0)
    mono = middle(audio).copy()
    widen(audio, 0.8)
    np.testing.assert_allclose(middle(audio), mono, atol=1e-6)
    assert np.std(audio[0] - audio[1]) > 0.5 * np.std(audio[0] + audio[1])


def test_the_bass_stays_in_the_middle(tone: Any) -> None:
    audio = np.repeat(tone(50.0), 2, axis=0)
    widen(audio, 1.0)
    assert np.abs(audio[0] - audio[1])[:, None][4000:].max() < 0.12


@pytest.mark.parametrize("pan", [-1.0, -0.3, 0.0, 0.5, 1.0])
def test_panning_keeps_the_power(pan: float, tone: Any) -> None:
    mono = tone(440.0, 0.5)
    placed = to_stereo(mono, pan)
    assert np.square(placed).sum() == pytest.approx(2 * np.square(mono).sum(), rel=1e-4)
    assert np.sign(np.square(placed[1]).sum() - np.square(placed[0]).sum()) == np.sign(round(pan, 3))


def test_a_centred_part_is_left_as_it_is(noise: Any) -> None:
    audio = noise(0.2, channels=2)
    np.testing.assert_allclose(to_stereo(audio, 0.0), audio, rtol=1e-5)
    untouched = audio.copy()
    widen(untouched, 0.0)
    np.testing.assert_array_equal(untouched, audio)
