"""A member's file as samples. Whatever the bytes are, they cost little time and memory, and open no other file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from generation.hum.sentences import refusal
from generation.song import Audio

RATE = 16_000
"""A hum has its fundamental below 2 kHz."""
MOST_MB = 20
MOST_SECONDS = 60
RATES = (8_000, 192_000)
"""Sample rates a recorder writes; a file may claim any other, to make a little data into much."""
CHANNELS = 8
# Playlists and the like, which name other files, are not among them.
FORMATS = "aac,aiff,caf,flac,matroska,mov,mp3,ogg,wav,webm"


@contextmanager
def opened(content: bytes) -> Iterator[InputContainer]:
    """Give the container of an audio file: MP3, M4A, Ogg, WebM, WAV, FLAC, AAC, AIFF or CAF, by content, not by name.

    Raises ``WishError`` where it is none, or larger than 20 MB, or breaks while it is read.
    """
    if len(content) > MOST_MB * 1_000_000:
        raise refusal("too-large", most=MOST_MB)
    options = {"format_whitelist": FORMATS, "protocol_whitelist": ""}
    try:
        with av.open(BytesIO(content), "r", options=options, metadata_errors="replace") as container:
            if not container.streams.audio:
                raise refusal("not-audio")
            yield container
    except (av.FFmpegError, ValueError, MemoryError) as error:
        raise refusal("not-audio") from error


def samples(content: bytes) -> Audio:
    """Return the first audio stream, mono float32 at 16 000 Hz; damaged packets are passed over.

    Raises ``WishError`` where there is no sound, or more than 60 s of it; no more than that is ever decoded.
    """
    parts: list[Audio] = []
    left = MOST_SECONDS * RATE
    with opened(content) as container:
        resampler = AudioResampler("flt", "mono", RATE)
        for frame in chain(_checked(container), (None,)):
            for ready in resampler.resample(frame):
                part = ready.to_ndarray()[0].astype(np.float32, copy=False)
                parts.append(part)
                left -= len(part)
            if left < 0:
                raise refusal("too-long", most=MOST_SECONDS)
    if not parts:
        raise refusal("not-audio")
    return np.nan_to_num(np.concatenate(parts))


def _checked(container: InputContainer) -> Iterator[AudioFrame]:
    stream = container.streams.audio[0]
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            continue
        for frame in frames:
            assert isinstance(frame, AudioFrame)
            if not RATES[0] <= frame.sample_rate <= RATES[1] or frame.layout.nb_channels > CHANNELS:
                raise refusal("not-audio")
            yield frame
