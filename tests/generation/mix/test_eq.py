"""Filters do what their names say, and only where they say it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generation.mix.eq import Biquad, equalise, high_pass, high_shelf, low_pass, low_shelf, peak


def gain_db(filters: list[Biquad], frequency: float, tone: Any) -> float:
    before = tone(frequency, 1.0, -6.0)
    after = before.copy()
    equalise(after, filters)
    settled = slice(22050, None)
    return float(20 * np.log10(np.abs(after[0, settled]).max() / np.abs(before[0, settled]).max()))


@pytest.mark.parametrize(
    ("filters", "frequency", "expected"),
    [
        ([high_pass(100.0)], 100.0, -3.01),
        ([high_pass(100.0)], 2000.0, 0.0),
        ([high_pass(100.0)], 25.0, -24.1),
        ([low_pass(1000.0)], 1000.0, -3.01),
        ([low_pass(1000.0)], 50.0, 0.0),
        ([peak(1000.0, 1.0, 6.0)], 1000.0, 6.0),
        ([peak(1000.0, 1.0, -4.0)], 1000.0, -4.0),
        ([peak(1000.0, 1.0, 6.0)], 60.0, 0.0),
        ([low_shelf(300.0, 0.7, 5.0)], 40.0, 5.0),
        ([low_shelf(300.0, 0.7, 5.0)], 5000.0, 0.0),
        ([high_shelf(3000.0, 0.7, -5.0)], 15000.0, -5.0),
        ([high_shelf(3000.0, 0.7, -5.0)], 100.0, 0.0),
        ([peak(1000.0, 1.0, 6.0), peak(1000.0, 1.0, -6.0)], 1000.0, 0.0),
        ([], 440.0, 0.0),
    ],
)
def test_a_filter_has_its_gain(filters: list[Biquad], frequency: float, expected: float, tone: Any) -> None:
    assert gain_db(filters, frequency, tone) == pytest.approx(expected, abs=0.15)


def test_chunks_leave_no_seam(noise: Any) -> None:
    from scipy.signal import sosfilt

    audio = noise(4.0, -12.0, 2)
    whole = sosfilt(np.array([high_pass(40.0)]), audio.astype(np.float64), axis=1)
    equalise(audio, [high_pass(40.0)])
    np.testing.assert_allclose(audio, whole, atol=1e-6)
