"""Audio files: MP3, FLAC, M4A, Ogg Opus and WAV, with tags and a cover, whole or not at all.

A lossy decoder overshoots the peaks it was given. Each lossy file is therefore decoded again, and where it rises
above -1 dBTP (the limit of EBU R 128 and of the streaming services) it is limited a little lower and written anew.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.stream import Disposition

from generation.errors import StudioFault
from generation.mix import atoms, riff
from generation.mix.limiter import limit
from generation.mix.loudness import true_peak_db
from generation.mix.picture import vorbis_picture
from generation.song import Audio

CHUNK = 1 << 16
CEILING_DBTP = -1.0
MARGIN_DB = 0.1
ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is written. ``rate`` is set where the codec allows few sample rates."""

    container: str
    codec: str
    samples: str
    lossy: bool
    bit_rate: int | None = None
    rate: int | None = None
    codec_options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)


FORMATS: Mapping[str, Format] = {
    # LAME's best variable rate: about 220 to 260 kbit/s for a full mix. ID3 2.3 is what every player reads.
    "mp3": Format(
        "mp3",
        "libmp3lame",
        "fltp",
        lossy=True,
        codec_options={"flags": "+qscale", "global_quality": "0"},
        container_options={"id3v2_version": "3"},
    ),
    "flac": Format("flac", "flac", "s32", lossy=False),
    # The plain MP4 container, since FFmpeg's own M4A one takes no PNG cover; the brand makes it an M4A.
    "m4a": Format("mp4", "aac", "fltp", lossy=True, bit_rate=192_000, container_options={"brand": "M4A "}),
    "ogg": Format("ogg", "libopus", "flt", lossy=True, bit_rate=128_000, rate=48_000),
    "wav": Format("wav", "pcm_s24le", "s32", lossy=False),
}


def encode(audio: Audio, sample_rate: int, path: Path, tags: Mapping[str, str], cover: bytes | None = None) -> None:
    """Write ``audio`` (mono [samples] or [channels, samples], -1..1) to ``path``; its suffix names the format.

    ``tags`` are written under their own keys, ``AIGC`` and ``LICENSE`` too. ``cover`` is a JPEG or PNG; WAV has no
    place for it. FLAC and WAV are 24 bit. The file appears complete or not at all. Raises ``ValueError`` for another
    suffix and ``StudioFault`` if the disk is full or the place cannot be written.
    """
    kind = path.suffix.removeprefix(".")
    if kind not in FORMATS:
        raise ValueError(f"{path.name}: the suffix must be one of {', '.join(FORMATS)}")
    how = FORMATS[kind]
    sound = np.ascontiguousarray(np.atleast_2d(audio), np.float32)
    with _whole(path) as draft:
        _write(sound, sample_rate, draft, how, tags, cover)
        if how.lossy:
            _keep_below_ceiling(sound, sample_rate, draft, how, tags, cover)
        if kind == "wav":
            riff.append(draft, [(b"AIGC", tags["AIGC"].encode())] if "AIGC" in tags else [], tags)
        if kind == "m4a":
            atoms.add_freeform(draft, {key: value for key, value in tags.items() if key not in atoms.NAMED})


def decode(path: Path) -> tuple[Audio, int]:
    """Return the audio of a file, [channels, samples] float32, and its sample rate."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = AudioResampler("fltp", stream.layout, stream.rate)
        parts = [
            part.to_ndarray().astype(np.float32)
            for frame in (*container.decode(stream), None)
            for part in resampler.resample(frame)
        ]
        return np.concatenate(parts, axis=1), stream.rate


def _keep_below_ceiling(
    sound: Audio, sample_rate: int, draft: Path, how: Format, tags: Mapping[str, str], cover: bytes | None
) -> None:
    ceiling: float | None = None
    for _ in range(ATTEMPTS):
        over = true_peak_db(decode(draft)[0]) - CEILING_DBTP
        if over <= 0:
            return
        ceiling = (true_peak_db(sound) if ceiling is None else ceiling) - over - MARGIN_DB
        lower = sound.copy()
        limit(lower, ceiling)
        _write(lower, sample_rate, draft, how, tags, cover)


def _write(
    sound: Audio, sample_rate: int, path: Path, how: Format, tags: Mapping[str, str], cover: bytes | None
) -> None:
    layout = "mono" if len(sound) == 1 else "stereo"
    with av.open(str(path), "w", format=how.container, container_options=dict(how.container_options)) as container:
        container.metadata.update(tags)
        stream = container.add_stream(how.codec, how.rate or sample_rate, options=dict(how.codec_options))
        assert isinstance(stream, AudioStream)
        stream.layout = layout
        stream.format = how.samples
        if how.bit_rate:
            stream.bit_rate = how.bit_rate
        if cover is not None and how.container == "ogg":
            container.metadata["METADATA_BLOCK_PICTURE"] = vorbis_picture(cover)
        elif cover is not None and how.container != "wav":
            _add_cover(container, cover)
        resampler = AudioResampler(how.samples, layout, how.rate or sample_rate)
        for start in range(0, sound.shape[-1], CHUNK):
            part = np.ascontiguousarray(sound[:, start : start + CHUNK])
            frame = av.AudioFrame.from_ndarray(part, "fltp", layout)
            frame.sample_rate, frame.pts = sample_rate, start
            for ready in resampler.resample(frame):
                container.mux(stream.encode(ready))
        for ready in resampler.resample(None):
            container.mux(stream.encode(ready))
        container.mux(stream.encode(None))


def _add_cover(container: av.container.OutputContainer, cover: bytes) -> None:
    with av.open(BytesIO(cover), "r") as image:
        picture = container.add_stream_from_template(image.streams.video[0])
        picture.disposition = Disposition.attached_pic
        packet = next(packet for packet in image.demux(video=0) if packet.size)
        packet.stream = picture
        container.mux(packet)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a draft beside ``path``; move it there when all went well, remove it when not."""
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        draft = Path(name)
        yield draft
        draft.chmod(0o644)
        draft.replace(path)
    except OSError as error:
        raise _fault(path, error) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def _fault(path: Path, error: OSError) -> StudioFault:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StudioFault(
            f"There is no room left on the disk to write {path.name}.", f"磁盘空间不足，无法写入 {path.name}。"
        )
    return StudioFault(
        f"{path.name} could not be written: its folder is missing or not writable.",
        f"无法写入 {path.name}：文件夹不存在或不可写。",
    )
