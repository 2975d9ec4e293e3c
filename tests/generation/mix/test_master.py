"""Every master has the same loudness, and its peaks and its dynamics intact."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyloudnorm
import pytest

from generation.mix.loudness import true_peak_db
from generation.mix.master import master
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Audio


def drums(level_db: float, decay: float) -> Audio:
    """Hits over a soft bed; the shorter the decay, the sharper the peaks."""
    time = np.arange(12 * SAMPLE_RATE) / SAMPLE_RATE
    hits = np.exp(-(time % 0.5) / decay) * rng(3, "hits").standard_normal((2, time.size))
    bed = 0.05 * np.sin(2 * np.pi * 220 * time)
    return ((hits + bed) * 10 ** (level_db / 20)).astype(np.float32)


@pytest.mark.parametrize("level_db", [-50.0, -20.0, 6.0])
@pytest.mark.parametrize("decay", [0.03, 0.4])
def test_the_loudness_is_minus_14_and_the_peaks_below_minus_1_3(level_db: float, decay: float) -> None:
    finished = master(drums(level_db, decay))
    loudness = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(finished.T.astype(np.float64))
    assert loudness == pytest.approx(-14.0, abs=0.3)
    assert true_peak_db(finished) <= -1.3


def test_there_is_no_direct_current_and_no_click() -> None:
    finished = master(drums(-20.0, 0.1) + np.float32(0.05))
    assert np.abs(finished.mean(axis=1)).max() < 1e-3
    assert np.abs(finished[:, [0, -1]]).max() < 0.01


def test_moderate_peaks_are_not_crushed() -> None:
    before = drums(-20.0, 0.4)
    after = master(before)

    def crest(audio: Audio) -> float:
        return float(20 * np.log10(np.abs(audio).max() / np.sqrt(np.square(audio).mean())))

    assert crest(after) > 9.0


def test_silence_stays_silence() -> None:
    assert not master(np.zeros((2, SAMPLE_RATE), np.float32)).any()


def test_the_song_handed_in_is_left_alone(noise: Any) -> None:
    audio = noise(4.0, -20.0, 2)
    before = audio.copy()
    master(audio, air_db=-3.0)
    np.testing.assert_array_equal(audio, before)
