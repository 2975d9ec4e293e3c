"""Loudness agrees with the standard and with another implementation of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyloudnorm
import pytest
from scipy.signal import sosfreqz

from generation.mix.loudness import SILENCE_LUFS, integrated, k_power, k_weighting, lufs, true_peak_db
from generation.song import SAMPLE_RATE


def test_a_stereo_tone_of_minus_23_dbfs_measures_minus_23_lufs(tone: Any) -> None:
    """EBU Tech 3341, case 1."""
    audio = np.repeat(tone(1000.0, 5.0, -23.0), 2, axis=0)
    assert integrated(k_power(audio)) == pytest.approx(-23.0, abs=0.1)


def test_the_weighting_follows_the_table_of_the_standard() -> None:
    """ITU-R BS.1770-4, tables 1 and 2, at 48 kHz."""
    table = [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
    frequencies = np.geomspace(20.0, 20_000.0, 200)
    ours, theirs = (
        np.abs(sosfreqz(np.array(rows), frequencies, fs=48_000)[1]) for rows in (k_weighting(48_000), table)
    )
    assert np.abs(20 * np.log10(ours / theirs)).max() < 0.05


@pytest.mark.parametrize("level_db", [-40.0, -20.0, -6.0])
def test_it_agrees_with_pyloudnorm(level_db: float, noise: Any) -> None:
    audio = noise(6.0, level_db, 2)
    audio[:, : 2 * SAMPLE_RATE] *= 0.01
    other = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(audio.T.astype(np.float64))
    assert integrated(k_power(audio)) == pytest.approx(other, abs=0.1)


def test_silence_is_a_number(noise: Any) -> None:
    assert integrated(k_power(np.zeros((2, SAMPLE_RATE), np.float32))) == SILENCE_LUFS
    assert integrated(k_power(np.zeros((2, 10), np.float32))) == SILENCE_LUFS
    assert true_peak_db(np.zeros((2, SAMPLE_RATE), np.float32)) == SILENCE_LUFS
    assert lufs(0.0) == SILENCE_LUFS
    assert integrated(k_power(noise(1.0, -100.0))) == SILENCE_LUFS


def test_powers_of_unrelated_parts_add_up(noise: Any) -> None:
    one, two = noise(4.0, -20.0, 2, "one"), noise(4.0, -20.0, 2, "two")
    assert integrated(k_power(one) + k_power(two)) == pytest.approx(integrated(k_power(one + two)), abs=0.05)


def test_true_peak_sees_between_the_samples(tone: Any) -> None:
    """A tone at a quarter of the sample rate, sampled 45 degrees off its peaks, is 3 dB higher than its samples."""
    audio = tone(SAMPLE_RATE / 4, 1.0, 0.0, np.pi / 4)
    inner = audio[:, 100:-100]
    assert 20 * np.log10(np.abs(inner).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak_db(audio) == pytest.approx(0.0, abs=0.3)
