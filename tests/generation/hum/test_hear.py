"""What comes in: any audio file, and a kind refusal of everything that is no tune."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import av
import numpy as np
import pytest

from benchmarks.hum import CLEAN, RATE, hum, packed, tunes
from generation.errors import WishError
from generation.hum import hear
from generation.hum.sentences import refusal
from generation.hum.sound import samples
from generation.song import Audio
from generation.voices.model import find_model, open_model
from generation.voices.pronunciation import syllabify
from generation.voices.speech import SPEECH_RATE, speak

SECOND = np.arange(RATE) / RATE


@cache
def hummed() -> Audio:
    return hum(tunes()[0], CLEAN, 3)[: 6 * RATE]


def refused(content: bytes) -> str:
    with pytest.raises(WishError) as caught:
        hear(content)
    assert caught.value.zh != caught.value.en
    return caught.value.en


def sentence(name: str, **facts: object) -> str:
    return refusal(name, **facts).en


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("ogg", "libopus"),
        ("webm", "libopus"),
        ("mp3", "libmp3lame"),
        ("mp4", "aac"),
        ("flac", "flac"),
        ("wav", "pcm_s16le"),
    ],
)
def test_every_kind_of_recording_is_read(container: str, codec: str) -> None:
    notes = hear(packed(hummed(), RATE, container, codec, 64_000)).notes
    assert [round(note.midi) for note in notes[:8]] == [64, 64, 65, 67, 67, 65, 64, 62]


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 5000, b"MZ\x90\0" + bytes(range(256)) * 40, b"#EXTM3U\nfile:///etc/passwd\n", "一首歌".encode()],
    ids=["nothing", "zeros", "a program", "a playlist", "text"],
)
def test_what_is_no_sound_is_refused(content: bytes) -> None:
    assert refused(content) == sentence("not-audio")


def test_an_archive_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(5_000_000))
    assert refused(out.getvalue()) == sentence("not-audio")


@pytest.mark.parametrize(("container", "codec"), [("ogg", "libopus"), ("mp4", "aac"), ("flac", "flac")])
def test_a_file_cut_off_near_its_beginning_is_refused(container: str, codec: str) -> None:
    refused(packed(hummed(), RATE, container, codec)[:300])


def test_a_file_with_damage_in_it_is_heard_or_refused() -> None:
    content = bytearray(packed(hummed(), RATE))
    for at in range(500, len(content), 97):
        content[at] ^= 0xFF
    with suppress(WishError):
        hear(bytes(content))


def test_more_than_twenty_megabytes_are_refused_unread() -> None:
    assert refused(bytes(20_000_001)) == sentence("too-large", most=20)


def test_an_hour_of_silence_in_a_small_file_is_not_decoded() -> None:
    out = io.BytesIO()
    with av.open(out, "w", format="flac") as file:
        stream = file.add_stream("flac", 16_000)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.int16), "s16", "mono")
        for place in range(3600 * 16_000 // 4096):
            frame.sample_rate, frame.pts = 16_000, place * 4096
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    tracemalloc.start()
    try:
        assert refused(out.getvalue()) == sentence("too-long", most=60)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_a_minute_is_heard() -> None:
    assert len(samples(packed(np.zeros(59 * RATE, np.float32), RATE))) == pytest.approx(59 * 16_000, abs=800)


def drums() -> Audio:
    draw, loop = np.random.default_rng(5), np.zeros(6 * RATE)
    for place in range(24):
        start, time = place * RATE // 4, np.arange(RATE // 4) / RATE
        kick = np.sin(2 * np.pi * (50 * time + 1.5 * (1 - np.exp(-time * 30)))) * np.exp(-time * 14)
        snare = draw.standard_normal(len(time)) * np.exp(-time * 25) * 0.5
        loop[start : start + len(time)] = 0.7 * (kick if place % 4 == 0 else snare if place % 4 == 2 else snare * 0.3)
    return loop.astype(np.float32)


def tones(*pitches: float) -> Audio:
    return np.concatenate([0.4 * np.sin(2 * np.pi * pitch * SECOND[: RATE // 2]) for pitch in pitches]).astype(
        np.float32
    )


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: np.zeros(3 * RATE, np.float32), "too-quiet"),
        (lambda: hummed() * np.float32(0.001), "too-quiet"),
        (lambda: np.random.default_rng(5).standard_normal(5 * RATE).astype(np.float32) * 0.2, "no-melody"),
        (drums, "no-melody"),
        (lambda: np.clip(hummed() * 40, -1, 1), "too-loud"),
        (lambda: tones(440.0, 494.0), "too-short"),
    ],
    ids=["silence", "far away", "noise", "drums", "clipped", "two notes"],
)
def test_what_is_no_tune_is_refused_with_its_reason(make: Callable[[], Audio], why: str) -> None:
    assert refused(packed(make(), RATE)) == sentence(why, least=3)


def test_a_whistle_is_a_tune() -> None:
    notes = hear(packed(tones(1046.5, 1174.7, 1318.5, 1046.5), RATE)).notes
    assert [round(note.midi) for note in notes] == [84, 86, 88, 84]


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("af_heart", "The weather is nice today"),
        ("zm_yunxi", "请写一首下雨的歌"),
    ],
)
def test_speech_is_no_melody(voice: str, text: str) -> None:
    language = "zh" if voice.startswith("z") else "en"
    spoken = speak(open_model(find_model()), syllabify(text, language), voice, 1.0).audio
    assert refused(packed(spoken, SPEECH_RATE)) == sentence("no-melody")
