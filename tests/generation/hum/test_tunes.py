"""Tunes, hummed cleanly, roughly and by the singers, come back as the notes they are."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from benchmarks.hum import CLEAN, RATE, ROUGH, Manner, Marked, Tune, hum, mark, packed, sing, tunes
from generation.hum import Fitted, fit, hear
from generation.song import SAMPLE_RATE
from generation.voices.debug import DebugSinger
from generation.voices.kokoro import KokoroSinger

TUNES = {tune.name: tune for tune in tunes()}
KEPT = tuple(TUNES)[::2]
"""Every other tune; ``benchmarks/hum.py`` hums them all, and oftener."""
AMBIGUOUS = {"moli-hua", "scarborough-fair"}
"""Pentatonic and Dorian: more than one major or minor key holds all their notes."""


@cache
def written(name: str, manner: Manner, seed: int = 3) -> Fitted:
    """As a member's app would send it: an Opus voice note of 24 kbit/s; key and tempo are heard."""
    tune = TUNES[name]
    return fit(hear(packed(hum(tune, manner, seed), RATE)), None, None, tune.metre)


def marked(name: str, manner: Manner) -> Marked:
    return mark(written(name, manner), TUNES[name])


@pytest.mark.parametrize("name", sorted({*KEPT, "ode-to-joy", "amazing-grace"}))
def test_a_clean_hum_is_written_down_as_the_tune(name: str) -> None:
    result = marked(name, CLEAN)
    assert result.pitch >= 0.9
    assert result.rhythm >= 0.9
    assert result.tempo
    assert result.key or name in AMBIGUOUS


def test_a_rough_hum_keeps_four_notes_of_five() -> None:
    results = [marked(name, ROUGH) for name in tuple(TUNES)[1::2]]
    assert np.mean([result.pitch for result in results]) >= 0.9
    assert np.mean([result.rhythm for result in results]) >= 0.8
    assert np.mean([result.both for result in results]) >= 0.8


def test_the_first_bar_line_is_found_with_and_without_a_pickup() -> None:
    assert sum(marked(name, CLEAN).downbeat for name in KEPT) >= len(KEPT) - 1
    assert written("ode-to-joy", CLEAN).notes[0].onset == 0.0
    assert written("amazing-grace", CLEAN).notes[0].onset == 2.0


@pytest.mark.parametrize("octave", [-1, 1])
def test_low_and_high_voices_are_heard_in_their_own_octave(octave: int) -> None:
    tune = TUNES["ode-to-joy"]
    fitted = fit(hear(packed(hum(tune, CLEAN, 3, octave), RATE)), None, None, tune.metre)
    assert mark(fitted, tune, 12 * octave).both >= 0.9


def test_words_sung_by_the_toy_voice_are_heard() -> None:
    tune = TUNES["frere-jacques"]
    assert sung(tune, DebugSinger()).both >= 0.9


def test_words_sung_by_the_real_voice_are_heard() -> None:
    tune = replace(TUNES["ode-to-joy"], notes=TUNES["ode-to-joy"].notes[:15])
    assert sung(tune, KokoroSinger()).both >= 0.8


def sung(tune: Tune, singer: DebugSinger | KokoroSinger) -> Marked:
    content = packed(sing(tune, singer, "af_heart", "la"), SAMPLE_RATE)
    return mark(fit(hear(content), None, None, tune.metre), tune)
