"""The room and the echoes around a part."""

from __future__ import annotations

import numpy as np
import pytest

from generation.mix.reverb import Space, impulse, surround
from generation.song import SAMPLE_RATE


def test_the_room_decays_by_60_db_in_its_time() -> None:
    room = impulse(Space(reverb_db=0.0, decay_s=1.5))
    energy = np.square(room).sum(axis=0)
    remaining = 10 * np.log10(np.cumsum(energy[::-1])[::-1] / energy.sum())
    early, late = (int(np.argmax(remaining < level)) / SAMPLE_RATE for level in (-5, -35))
    assert 2 * (late - early) == pytest.approx(1.5, rel=0.15)


def test_the_room_is_always_the_same_and_wide() -> None:
    one, two = impulse(Space(0.0, 1.2)), impulse(Space(0.0, 1.2))
    np.testing.assert_array_equal(one, two)
    assert abs(float(np.sum(one[0] * one[1]))) < 0.1 * float(np.sum(one[0] * one[0]))


def test_echoes_come_in_tempo_from_alternating_sides() -> None:
    echoes = np.abs(impulse(Space(-90.0, 1.0, echo_db=-12.0, echo_s=0.5)))
    first, second = round(0.5 * SAMPLE_RATE), round(1.0 * SAMPLE_RATE)
    assert echoes[1, first : first + 50].max() > 2 * echoes[0, first : first + 50].max()
    assert echoes[0, second : second + 50].max() > 2 * echoes[1, second : second + 50].max()
    assert echoes[:, : first - 10].max() == 0.0


def test_laying_it_on_is_convolution_with_the_dry_sound_kept() -> None:
    response = impulse(Space(-12.0, 0.8))
    audio = np.zeros((2, 5 * SAMPLE_RATE), np.float32)
    click = round(3.9 * SAMPLE_RATE)
    audio[:, [1000, click]] = 1.0
    surround(audio, response)
    expected = np.zeros_like(audio)
    expected[:, [1000, click]] = 1.0
    for at in (1000, click):
        stop = min(audio.shape[-1], at + response.shape[-1])
        expected[:, at:stop] += response[:, : stop - at]
    np.testing.assert_allclose(audio, expected, atol=1e-5)
