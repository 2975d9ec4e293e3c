"""Nothing gets past the limiter, not even between the samples."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.mix.limiter import limit
from generation.mix.loudness import true_peak_db
from generation.seeds import rng
from generation.song import SAMPLE_RATE


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 1000), level=st.floats(-20, 12), ceiling=st.floats(-6, -0.5))
def test_the_ceiling_holds_for_any_sound(seed: int, level: float, ceiling: float) -> None:
    random = rng(seed, "limiter")
    audio = random.standard_normal((2, 20_000)) * 10 ** (level / 20)
    audio *= np.repeat(random.uniform(0, 1, 20) ** 3, 1000)
    sound = audio.astype(np.float32)
    limit(sound, ceiling)
    assert true_peak_db(sound) <= ceiling + 0.15


def test_sound_below_the_ceiling_is_untouched(noise: Any) -> None:
    audio = noise(1.0, -30.0, 2)
    before = audio.copy()
    limit(audio, -1.0)
    np.testing.assert_array_equal(audio, before)


def test_one_peak_costs_the_rest_nothing(tone: Any) -> None:
    audio = tone(200.0, 3.0, -12.0)
    audio[0, SAMPLE_RATE : SAMPLE_RATE + 20] *= 8
    before = audio.copy()
    limit(audio, -6.0)
    later = slice(2 * SAMPLE_RATE, None)
    np.testing.assert_allclose(audio[0, later], before[0, later], rtol=1e-3)
    assert 0.8 * 10 ** (-6 / 20) < np.abs(audio).max() <= 10 ** (-6 / 20)
