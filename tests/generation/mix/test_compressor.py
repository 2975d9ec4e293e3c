"""A compressor evens out a part and leaves its silence alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generation.mix.compressor import Compression, compress, de_ess, levels_db, reduction_db
from generation.mix.eq import equalise, high_pass
from generation.song import SAMPLE_RATE

FIRM = Compression(over_db=0.0, ratio=4.0, attack_ms=2.0, release_ms=50.0, knee_db=0.0)


def test_four_to_one_leaves_a_quarter_of_what_is_over() -> None:
    levels = np.concatenate([np.full(2000, -20.0), np.full(2000, -8.0)])
    gain = reduction_db(levels, -20.0, FIRM)
    assert gain[1900] == pytest.approx(0.0)
    assert gain[-1] == pytest.approx(-9.0, abs=0.01)


def test_loud_words_come_nearer_to_soft_ones(tone: Any) -> None:
    audio = np.concatenate([tone(300.0, 2.0, -24.0), tone(300.0, 1.0, -12.0)], axis=1)
    compress(audio, Compression(0.0, 4.0, 5.0, 100.0))
    levels = levels_db(audio)
    soft, loud = levels[len(levels) // 3], levels[-200]
    assert 2.0 < loud - soft < 6.0


def test_silence_stays_silence() -> None:
    audio = np.zeros((1, SAMPLE_RATE + 7), np.float32)
    compress(audio, FIRM)
    de_ess(audio, 5000.0, FIRM)
    assert not audio.any()


def test_de_essing_turns_down_the_hiss_only(tone: Any, noise: Any) -> None:
    voice = tone(300.0, 3.0, -18.0)
    hiss = noise(3.0, -40.0)
    hiss[:, SAMPLE_RATE : SAMPLE_RATE + 8000] *= 30
    equalise(hiss, [high_pass(6000.0)])
    audio = voice + hiss
    before = audio.copy()
    de_ess(audio, 5600.0, Compression(-12.0, 4.0, 1.5, 60.0))
    sharp = slice(SAMPLE_RATE + 2000, SAMPLE_RATE + 6000)
    calm = slice(2 * SAMPLE_RATE, 3 * SAMPLE_RATE)
    assert np.std(audio[0, sharp] - voice[0, sharp]) < 0.6 * np.std(before[0, sharp] - voice[0, sharp])
    np.testing.assert_allclose(audio[0, calm], before[0, calm], atol=2e-3)
