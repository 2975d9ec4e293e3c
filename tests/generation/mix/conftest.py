"""Small sounds to mix: a tone, a noise, and a whole band playing a short score."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from generation.mix import Mixed, mix
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Audio, Score, ScoreSection, Stem

Tone = Callable[..., Audio]
TEMPO = 240.0
BAR_S = 1.0


@pytest.fixture(scope="session")
def tone() -> Tone:
    def make(frequency: float = 1000.0, seconds: float = 2.0, level_db: float = 0.0, phase: float = 0.0) -> Audio:
        time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
        wave = 10 ** (level_db / 20) * np.sin(2 * np.pi * frequency * time + phase)
        return wave.astype(np.float32)[np.newaxis]

    return make


@pytest.fixture(scope="session")
def noise() -> Tone:
    def make(seconds: float = 2.0, level_db: float = -20.0, channels: int = 1, name: str = "noise") -> Audio:
        samples = rng(1, name).standard_normal((channels, round(seconds * SAMPLE_RATE)))
        return (samples * 10 ** (level_db / 20)).astype(np.float32)

    return make


@pytest.fixture(scope="session")
def score() -> Callable[[str], Score]:
    def make(genre: str = "pop") -> Score:
        kinds = ("intro", "verse", "chorus", "verse", "chorus", "outro")
        energies = (0.3, 0.45, 0.8, 0.5, 0.9, 0.3)
        names = ("intro", "verse 1", "chorus 1", "verse 2", "chorus 2", "outro")
        sections = tuple(
            ScoreSection(name, kind, 8.0 * place, 2, energy, (), ())  # type: ignore[arg-type]
            for place, (name, kind, energy) in enumerate(zip(names, kinds, energies, strict=True))
        )
        return Score("Test", "en", genre, (), 7, TEMPO, "A minor", "4/4", 0.5, 0.5, 12 * BAR_S, sections)

    return make


@pytest.fixture(scope="session")
def band() -> Callable[..., list[Stem]]:
    """A band that plays as loud in the verse as in the chorus, so that the mix has to make the difference."""

    def make(*names: str) -> list[Stem]:
        count = round(12 * BAR_S * SAMPLE_RATE)
        time = np.arange(count) / SAMPLE_RATE
        beat = np.exp(-(time % 0.5) / 0.06)
        word = np.sin(np.pi * (time % 0.5) / 0.5) ** 0.5 * ((time >= 2 * BAR_S) & (time < 10 * BAR_S))
        hiss = rng(2, "hiss").standard_normal(count)
        voice = np.sum([np.sin(2 * np.pi * 220 * k * time) / k for k in range(1, 12)], axis=0)
        parts = {
            "vocals": 0.2 * word * voice,
            "backing": 0.05 * word * voice,
            "drums": 0.7 * beat * np.sin(2 * np.pi * 60 * time) + 0.2 * beat**3 * hiss,
            "percussion": 0.1 * beat**4 * hiss,
            "bass": 0.3 * np.sin(2 * np.pi * 55 * time),
            "keys": 0.1 * np.sum([np.sin(2 * np.pi * f * time) for f in (262, 330, 392)], axis=0),
            "guitar": 0.1 * beat * np.sum([np.sin(2 * np.pi * f * time) for f in (196, 247, 294)], axis=0),
            "pad": 0.05 * np.sum([np.sin(2 * np.pi * f * time) for f in (523, 659, 784)], axis=0),
            "strings": 0.1 * np.sum([np.sin(2 * np.pi * f * time) for f in (524, 660, 785)], axis=0),
            "lead": 0.2 * word * np.sin(2 * np.pi * 880 * time),
            "texture": 0.01 * hiss,
        }
        chosen = names or ("vocals", "drums", "bass", "keys", "guitar", "pad")
        return [
            Stem(name, parts[name].astype(np.float32))
            if name in {"vocals", "backing"}
            else Stem(name, np.stack([parts[name]] * 2).astype(np.float32))
            for name in chosen
        ]

    return make


@pytest.fixture(scope="session")
def mixed(band: Callable[..., list[Stem]], score: Callable[[str], Score]) -> Callable[[str], Mixed]:
    """The whole band mixed in one genre, made once."""
    return cache(lambda genre: mix(band(), score(genre)))
