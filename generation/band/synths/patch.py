"""A subtractive synthesiser: detuned waves, a filter that closes, an envelope. Patches are data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import cattrs
import numpy as np

from generation.band.sounds import data
from generation.band.synths.shapes import TABLE, gate, hertz, table
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Audio


@dataclass(frozen=True, slots=True)
class Patch:
    """Times in seconds, corners in Hz, detuning in cents."""

    wave: str = "saw"
    voices: int = 1
    """Unison voices, spread over ``detune`` and, from two voices up, over left and right."""
    detune: float = 0.0
    octaves: tuple[int, ...] = (0,)
    """Semitone offsets of the oscillators that sound together."""
    attack: float = 0.005
    decay: float = 0.3
    sustain: float = 0.7
    release: float = 0.15
    bright: float = 4000.0
    dark: float = 1200.0
    """Filter corner at the strike, and where it settles."""
    closing: float = 0.3
    """Time in which the filter settles."""
    drop: float = 0.0
    """Semitones the pitch falls at the strike."""
    drop_time: float = 0.05
    drive: float = 0.0
    vibrato: float = 0.0
    """Depth in semitones, 5.2 Hz, after 0.3 s."""
    breath: float = 0.0
    """Level of noise at the strike."""


@cache
def patches() -> dict[str, Patch]:
    return {name: cattrs.structure(row, Patch) for name, row in data("synths/patches.toml").items()}


@lru_cache(maxsize=64)
def note(name: str, midi: int, held: int) -> Audio:
    """Return ``[2, samples]``: one note at full velocity, ``held`` samples plus its release, peak near 1.

    Start phases belong to (patch, pitch), so a note sounds the same in every song.
    """
    patch = patches()[name]
    count = held + round(patch.release * 1.2 * SAMPLE_RATE) + 64
    envelope = gate(count, held, patch.attack, patch.decay, patch.sustain, patch.release)
    t = np.arange(count, dtype=np.float64) / SAMPLE_RATE
    opening = np.exp(-t * (4 / patch.closing)).astype(np.float32)
    bend = np.zeros(count)
    if patch.drop:
        bend += patch.drop * np.exp(-t * (4 / patch.drop_time))
    if patch.vibrato:
        bend += patch.vibrato * np.clip((t - 0.3) / 0.4, 0, 1) * np.sin(2 * np.pi * 5.2 * t)
    bent = bool(patch.drop or patch.vibrato)
    turns = np.cumsum(2 ** (bend / 12)) / SAMPLE_RATE if bent else t
    phases = rng(0, "patch", name, midi).random(len(patch.octaves) * patch.voices)
    out = np.zeros((2, count), np.float32)
    index = 0
    for octave in patch.octaves:
        base = hertz(midi + octave)
        bright = table(patch.wave, base, patch.bright)
        dark = table(patch.wave, base, patch.dark)
        for voice in range(patch.voices):
            place = 0.0 if patch.voices == 1 else 2 * voice / (patch.voices - 1) - 1
            f = base * 2 ** (patch.detune * place / 1200)
            at = ((turns * f + (phases[index] if patch.voices > 1 else 0.0)) * TABLE).astype(np.int64) & (TABLE - 1)
            index += 1
            low = dark[at]
            wave = low + opening * (bright[at] - low)
            side = place * (1 if index % 2 else -1)
            out[0] += wave * np.float32(np.cos((side + 1) * np.pi / 4))
            out[1] += wave * np.float32(np.sin((side + 1) * np.pi / 4))
    out *= np.float32(0.8 / np.sqrt(len(patch.octaves) * patch.voices))
    if patch.breath:
        hiss = rng(0, "breath", name, midi).standard_normal(count).astype(np.float32)
        out += hiss * (np.float32(patch.breath) * (0.15 + opening))
    out *= envelope
    if patch.drive:
        out = np.tanh(out * np.float32(patch.drive)) / np.float32(np.tanh(patch.drive))
    out.setflags(write=False)
    return out
