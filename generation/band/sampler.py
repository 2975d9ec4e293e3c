"""Plays notes on the sampled instruments of the bundled soundfont (FluidR3Mono, MIT)."""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import tinysoundfont

from generation.band.parts import DRUM_BANK
from generation.errors import MissingPart
from generation.song import SAMPLE_RATE, Audio

SOUNDFONT = Path(__file__).parent / "soundfont" / "FluidR3Mono-62.sf3"
SOUNDFONT_SHA256 = "c04dd9714c1dc91add8a66cb91733e1ad41abacb2009ee445511dcc10b351816"
_FLUSH = 16_384
"""Samples that let every voice of the last part die away: the release after "all sound off" is far shorter."""
_TICK = 512
"""Samples between two moves of vibrato and swell."""
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class TimedNote:
    """A note as it will be heard: samples from the start, velocity 1-127."""

    start: int
    end: int
    midi: int
    velocity: int


@cache
def _synth(path: Path) -> tuple[tinysoundfont.Synth, int]:
    broken = MissingPart(
        "The band's instruments are missing or damaged; please install Minstrel again.",
        "乐队的音色文件缺失或损坏，请重新安装 Minstrel。",
    )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise broken from error
    if hashlib.sha256(content).hexdigest() != SOUNDFONT_SHA256:
        raise broken
    synth = tinysoundfont.Synth(samplerate=SAMPLE_RATE)
    return synth, synth.sfload(content, max_voices=256)


def sample(
    notes: Sequence[TimedNote],
    program: int,
    bank: int,
    length: int,
    *,
    vibrato: float = 0.0,
    swell: bool = False,
    tuning: float = 0.0,
    path: Path = SOUNDFONT,
) -> Audio:
    """Return ``[2, length]`` at 44.1 kHz: the notes on one preset.

    The same notes give the same samples whatever was played before. ``vibrato`` in semitones, ``tuning`` in cents.
    Raises ``MissingPart``.
    """
    out = np.zeros((length, 2), np.float32)
    view = out.data.cast("B")
    with _lock:
        synth, font = _synth(path)
        synth.sounds_off(0)
        synth.control_change(0, 121, 0)
        synth.pitchbend(0, 8192)
        synth.generate_simple(_FLUSH)
        synth.program_select(0, font, bank, program, bank == DRUM_BANK)
        synth.pitchbend_range(0, 2.0)
        synth.set_tuning(0, tuning / 100)
        synth.control_change(0, 11, 127)
        position = 0
        for at, action, first, second in _events(notes, length, vibrato, swell):
            if at > position:
                synth.generate_simple(0, view[position * 8 : at * 8])
                position = at
            if action == 0:
                synth.noteoff(0, first)
            elif action == 1:
                synth.noteon(0, first, second)
            elif action == 2:
                synth.pitchbend(0, first)
            else:
                synth.control_change(0, 11, first)
        if position < length:
            synth.generate_simple(0, view[position * 8 :])
    return np.ascontiguousarray(out.T)


def _events(notes: Sequence[TimedNote], length: int, vibrato: float, swell: bool) -> list[tuple[int, int, int, int]]:
    """Return (sample, action, value, velocity) in playing order; at one instant notes end before others start."""
    events: list[tuple[int, int, int, int]] = []
    for note in notes:
        if 0 <= note.start < length:
            events.append((note.start, 1, note.midi, note.velocity))
            events.append((min(note.end, length - 1), 0, note.midi, 0))
            if vibrato or swell:
                events.extend(_expression(note, vibrato, swell))
    return sorted(event for event in events if event[0] < length)


def _expression(note: TimedNote, vibrato: float, swell: bool) -> Iterator[tuple[int, int, int, int]]:
    """Bow and breath: the tone grows into the note, and vibrato sets in once it has lasted a while."""
    seconds = (note.end - note.start) / SAMPLE_RATE
    yield note.start, 2, 8192, 0
    for at in range(note.start, note.end, _TICK):
        t = (at - note.start) / SAMPLE_RATE
        if vibrato and t > 0.22:
            depth = vibrato * min(1.0, (t - 0.22) / 0.35)
            yield at, 2, int(8192 + 4096 * depth * math.sin(2 * math.pi * 5.4 * t)), 0
        if swell:
            grown = 0.72 + 0.28 * math.sin(math.pi * min(1.0, t / max(0.25, seconds)) ** 0.8)
            yield at, 3, int(127 * grown), 0
