"""A hummed tune becomes the melody of the chorus."""

from __future__ import annotations

import io
import wave
from itertools import chain, repeat

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.journeys.person import Stage
from tests.journeys.test_a_song import is_sheet, is_song

pytestmark = pytest.mark.asyncio

RATE = 16_000
ODE_TO_JOY = (64, 64, 65, 67, 67, 65, 64, 62, 60, 60, 62, 64, 64, 62, 62)


def hummed(pitches: tuple[int, ...]) -> bytes:
    """A voice-like tone a note, half a second each, as a WAV file."""
    phase, sound = 0.0, []
    for pitch, length in zip(pitches, chain(repeat(0.5, len(pitches) - 1), [1.0]), strict=False):
        time = np.arange(int(length * RATE)) / RATE
        frequency = 440 * 2 ** ((pitch - 69) / 12) * (1 + 0.004 * np.sin(2 * np.pi * 5 * time))
        angle = phase + 2 * np.pi * np.cumsum(frequency) / RATE
        phase = float(angle[-1])
        fade = np.minimum(1, np.minimum(time, time[::-1]) / 0.04)
        sound.append(fade * sum(0.2 / k * np.sin(k * angle) for k in range(1, 7)))
    return wav(np.concatenate([np.zeros(RATE // 4), *sound, np.zeros(RATE // 4)]))


def wav(samples: NDArray[np.float64]) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(RATE)
        audio.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


async def test_a_hummed_tune_is_shown_as_notes_edited_by_words_and_sung(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await anna.command("hum", "a 30 second folk song about spring", file=("hum.wav", "audio/wav", hummed(ODE_TO_JOY)))
    shown = await anna.until(lambda seen: any(name.endswith(".png") for name, _ in seen.files))
    assert "E4" in shown.text
    sheet = await anna.until(lambda seen: seen.has("sing"))
    await anna.say("last note higher", answering=sheet)
    changed = await anna.until(lambda seen: is_sheet(seen) and seen.post != shown.post)
    await anna.press(changed, "sing")
    await anna.until(is_song)


async def test_silence_is_no_melody(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await anna.command("hum", file=("hum.wav", "audio/wav", wav(np.zeros(3 * RATE))))
    await anna.until(lambda seen: len(seen.text) > 20 and not seen.has("sing"))
