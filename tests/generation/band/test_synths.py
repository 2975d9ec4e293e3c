"""The instruments built here: in tune, without clicks, the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from generation.band import effects
from generation.band.synths import kit, modal, noise, patch
from generation.band.synths.shapes import hertz, table
from generation.song import SAMPLE_RATE, Audio


def strongest(audio: Audio, near: float) -> float:
    """Return the frequency of the strongest partial within a semitone of ``near``."""
    size = 1 << 18
    spectrum = np.abs(np.fft.rfft(audio * np.hanning(len(audio)), size))
    hz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    window = (hz > near / 1.06) & (hz < near * 1.06)
    return float(hz[window][spectrum[window].argmax()])


@pytest.mark.parametrize("name", patch.patches())
def test_patches_are_in_tune_and_end_in_silence(name: str) -> None:
    note = patch.note(name, 57, SAMPLE_RATE)
    assert np.abs(note).max() < 4.0
    assert np.abs(note[:, -4:]).max() < 0.02
    heard = strongest(note.mean(axis=0)[SAMPLE_RATE // 3 : SAMPLE_RATE], hertz(57))
    assert abs(1200 * np.log2(heard / hertz(57))) < 26


@pytest.mark.parametrize("name", modal.modals())
def test_struck_things_are_in_tune_and_die_away(name: str) -> None:
    note = modal.note(name, 60, SAMPLE_RATE // 2)
    heard = strongest(note[0], hertz(60))
    assert abs(1200 * np.log2(heard / hertz(60))) < 3
    assert np.abs(note[:, -200:]).max() < 0.05 * np.abs(note).max()


@pytest.mark.parametrize("name", kit.kits())
def test_kits_have_what_grooves_use(name: str) -> None:
    for key in (36, 37, 38, 39, 42, 44, 46, 49, 51, 70):
        assert 0.5 < np.abs(kit.hit(name, key)).max() <= 1.5
    assert kit.hit(name, 20).shape == (2, 0)


def test_kicks_are_low_and_hats_are_high() -> None:
    def centre(key: int) -> float:
        power = np.abs(np.fft.rfft(kit.hit("electronic", key)[0])) ** 2
        return float((power * np.arange(len(power))).sum() / power.sum() * SAMPLE_RATE / 2 / len(power))

    assert centre(36) < 300 < centre(38) < centre(42)


@pytest.mark.parametrize("name", ["vinyl", "rain", "wind", "riser", "impact"])
def test_textures_have_the_length_asked_for_and_repeat_exactly(name: str) -> None:
    first, second = noise.texture(name, 50_000, 3), noise.texture(name, 50_000, 3)
    assert first.shape == (2, 50_000)
    assert first.dtype == np.float32
    assert np.array_equal(first, second)
    assert np.abs(first).max() < 3


def test_waves_have_nothing_above_hearing() -> None:
    spectrum = np.abs(np.fft.rfft(table("saw", 2000.0, 20_000.0)))
    assert spectrum[10:].max() < 1e-3 * spectrum[1]


def test_ducking_dips_on_the_kick_and_swings_back() -> None:
    gain = effects.ducking(np.array([10_000]), 30_000, -6.0, 0.2)
    assert gain[0] == gain[-1] == 1.0
    assert gain.min() == pytest.approx(10 ** (-6 / 20), abs=0.01)
    assert abs(int(gain.argmin()) - 10_000) < 5


def test_width_disappears_in_mono() -> None:
    mono = np.sin(np.arange(20_000, dtype=np.float32) / 9).astype(np.float32)
    wide = effects.widened(mono, 0.8)
    assert not np.allclose(wide[0], wide[1])
    assert np.allclose(wide.mean(axis=0), mono, atol=1e-5)
