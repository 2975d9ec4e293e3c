"""A line spoken by the voice model: its audio, its pitch, and where each sound of each syllable lies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.errors import MissingPart
from generation.song import Syllable
from generation.voices.model import CROSSING, VoiceModel

SPEECH_RATE = 24_000
FRAME_S = 0.025
PITCH_S = 0.0125
MAX_TOKENS = 500
_VECTOR_ROWS = 510
_SILENCE_SPEED = 0.9
_LONG_FRAMES = 16
_LAST_FRAMES, _TAIL_FRAMES = 34, 10


@dataclass(frozen=True, slots=True)
class Sound:
    """One character of the transcription and where it is heard, in seconds of the speech."""

    symbol: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """A spoken line. ``sounds`` has one tuple for each syllable."""

    audio: NDArray[np.float32]
    """Mono at 24 kHz."""
    pitch: NDArray[np.float32]
    """Hz every 12.5 ms; 0 where unvoiced."""
    sounds: tuple[tuple[Sound, ...], ...]


@cache
def alphabet() -> dict[str, int]:
    """Return the token of each character that the model knows."""
    path = Path(__file__).parent / "words" / "vocab.json"
    table: dict[str, int] = json.loads(path.read_text("utf-8"))["vocab"]
    return table


@lru_cache(maxsize=8)
def style(voice: str) -> NDArray[np.float32]:
    """Return the style rows of a voice, [510, 256]; row n is for a text of n tokens. Raises ``MissingPart``."""
    try:
        rows = np.fromfile(Path(__file__).parent / "vectors" / f"{voice}.bin", "<f4").astype(np.float32)
        return rows.reshape(_VECTOR_ROWS, 256)
    except (OSError, ValueError) as broken:
        raise MissingPart(
            f"The voice {voice} is missing or altered: install Minstrel again.",
            f"嗓音 {voice} 缺失或已被改动：请重新安装 Minstrel。",
        ) from broken


def _chunks(syllables: Sequence[Syllable]) -> list[range]:
    """Cut a line that is longer than the model reads at once, before a word where there is one."""
    ends: list[int] = []
    start, size, word = 0, 0, 0
    for at, syllable in enumerate(syllables):
        if syllable.word_start:
            word = at
        size += len(syllable.phonemes) + 1
        if size > MAX_TOKENS:
            cut = word if word > start else at
            ends.append(cut)
            start, size = cut, sum(len(one.phonemes) + 1 for one in syllables[cut : at + 1])
    bounds = [0, *ends, len(syllables)]
    return [range(a, b) for a, b in pairwise(bounds) if a < b]


def speak(model: VoiceModel, syllables: Sequence[Syllable], voice: str, speed: float) -> Speech:
    """Say a line. ``speed`` 1.0 is the voice's own; below is slower. Raises ``MissingPart``."""
    audio: list[NDArray[np.float32]] = []
    pitch: list[NDArray[np.float32]] = []
    sounds: list[tuple[Sound, ...]] = []
    offset = 0.0
    for part in _chunks(syllables):
        said, heard, placed = _speak_chunk(model, [syllables[at] for at in part], voice, speed, offset)
        audio.append(said)
        pitch.append(heard)
        sounds += placed
        offset += len(said) / SPEECH_RATE
    return Speech(np.concatenate(audio), np.concatenate(pitch), tuple(sounds))


def _brief_silence(frames: NDArray[np.int64], speed: float) -> NDArray[np.int64]:
    """Shorten the silence around the line: it would be computed and thrown away.

    It is what the model gives at an ordinary speed; with less before the line it swallows the first consonant, and
    with less after it the last vowel (measured).
    """
    out = frames.copy()
    ordinary = min(1.0, speed / _SILENCE_SPEED)
    out[0, 0] = np.ceil(out[0, 0] * ordinary)
    out[0, -2] = min(np.ceil(out[0, -2] * ordinary) if out[0, -2] > _LONG_FRAMES else out[0, -2], _LAST_FRAMES)
    out[0, -1] = min(np.ceil(out[0, -1] * ordinary), _TAIL_FRAMES)
    return out


def _speak_chunk(
    model: VoiceModel, syllables: Sequence[Syllable], voice: str, speed: float, offset: float
) -> tuple[NDArray[np.float32], NDArray[np.float32], list[tuple[Sound, ...]]]:
    known = alphabet()
    tokens = [0]
    owners = [-1]
    symbols = [""]
    for number, syllable in enumerate(syllables):
        if syllable.word_start and number:
            tokens.append(known[" "])
            owners.append(-1)
            symbols.append(" ")
        for symbol in syllable.phonemes:
            if symbol in known:
                tokens.append(known[symbol])
                owners.append(number)
                symbols.append(symbol)
    rows = style(voice)
    manner = rows[min(len(tokens) - 1, len(rows) - 1)][None]
    read = {"tokens": np.array([[*tokens, 0]], np.int64), "style": manner, "speed": np.array([speed], np.float32)}
    frames, *reading = model.reader.run(None, read, model.lean)
    frames = _brief_silence(frames, speed)
    spoken = dict(zip(CROSSING, (frames, *reading), strict=True)) | {"style": manner}
    audio, pitch = model.speaker.run(None, spoken, model.lean)
    edges = offset + np.concatenate([[0], np.cumsum(frames.ravel())]) * FRAME_S
    placed: list[list[Sound]] = [[] for _ in syllables]
    for at, (owner, symbol) in enumerate(zip(owners, symbols, strict=True)):
        if owner >= 0:
            placed[owner].append(Sound(symbol, float(edges[at]), float(edges[at + 1])))
    heard = float(edges[1])
    for sounds in placed:  # a syllable of no known sound takes no time, and keeps its place
        if not sounds:
            sounds.append(Sound("", heard, heard))
        heard = sounds[-1].end
    hertz = pitch.ravel().astype(np.float32)
    return (
        audio.ravel().astype(np.float32),
        np.where(hertz > 10.0, hertz, 0.0).astype(np.float32),
        [tuple(one) for one in placed],
    )
