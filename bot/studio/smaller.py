"""A song's MP3 at a lower rate, for a chat that takes small files only."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import av
from av.audio.resampler import AudioResampler

RATES = (192_000, 160_000, 128_000, 96_000, 64_000)
"""Bits a second, best first; below the last a song is no pleasure."""
BESIDE_BYTES = 64 * 1024
"""Room for the tags."""


def smaller(path: Path, most_bytes: int) -> bytes | None:
    """Return the song in at most ``most_bytes`` with its tags, or None where no rate is low enough."""
    with av.open(str(path)) as source:
        seconds = float(source.duration or 0) / av.time_base
        room = (most_bytes - BESIDE_BYTES) * 8
        rate = next((rate for rate in RATES if rate * seconds <= room), None)
        if rate is None:
            return None
        made = BytesIO()
        sound = source.streams.audio[0]
        with av.open(made, "w", format="mp3", options={"id3v2_version": "3"}) as target:
            target.metadata.update(source.metadata)
            stream = target.add_stream("libmp3lame", sound.rate, bit_rate=rate, layout=sound.layout.name)
            resampler = AudioResampler("fltp", sound.layout, sound.rate)
            for frame in (*source.decode(sound), None):
                for ready in resampler.resample(frame):
                    target.mux(stream.encode(ready))
            target.mux(stream.encode(None))
    return made.getvalue() if made.tell() and len(made.getvalue()) <= most_bytes else None
