"""Files: the right length, the right level, every tag readable, whole or not at all."""

from __future__ import annotations

import resource
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from generation.errors import StudioFault
from generation.mix.encode import FORMATS, decode, encode
from generation.mix.limiter import limit
from generation.mix.loudness import true_peak_db
from generation.seeds import rng
from generation.song import SAMPLE_RATE

TAGS = {
    "title": "上海的雨 in Shanghai",
    "artist": "Minstrel",
    "genre": "city pop",
    "date": "2026-11-22",
    "comment": '🎵 电脑制作\nline two, "quoted" = yes',
    "copyright": "我们不主张任何权利",
    "LICENSE": "Commercial use: yes. Parts: Kokoro-82M (Apache-2.0)",
    "AIGC": '{"AIGC":{"Label":"1","ContentProducer":"a","ProduceID":"b"}}',
}
FRAME = {"mp3": 1152, "flac": 4608, "m4a": 1024, "ogg": 960, "wav": 1}


def read_tags(path: Path) -> dict[str, str]:
    with av.open(str(path)) as container:
        return {**container.metadata, **container.streams.audio[0].metadata}


@pytest.fixture(scope="module")
def cover() -> bytes:
    picture = rng(1, "cover").integers(0, 255, (32, 32, 3), dtype=np.uint8)
    file = BytesIO()
    with av.open(file, "w", format="image2pipe") as container:
        stream = container.add_stream("png", 1)
        stream.width = stream.height = 32
        stream.pix_fmt = "rgb24"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_the_decoded_file_is_as_long_as_the_song(kind: str, channels: int, tmp_path: Path, noise: Any) -> None:
    audio = noise(3.217, -24.0, channels)
    encode(audio, SAMPLE_RATE, tmp_path / f"song.{kind}", {})
    decoded, rate = decode(tmp_path / f"song.{kind}")
    assert len(decoded) == channels
    assert abs(decoded.shape[-1] / rate - audio.shape[-1] / SAMPLE_RATE) * rate <= FRAME[kind]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_tag_comes_back(kind: str, tmp_path: Path, noise: Any) -> None:
    path = tmp_path / f"song.{kind}"
    encode(noise(1.0), SAMPLE_RATE, path, TAGS)
    found = {key.lower(): value for key, value in read_tags(path).items()}
    assert {key: found.get(key.lower()) for key in TAGS} == TAGS


@pytest.mark.parametrize("kind", ["mp3", "flac", "m4a", "ogg"])
def test_the_cover_comes_back_and_disturbs_nothing(kind: str, tmp_path: Path, noise: Any, cover: bytes) -> None:
    path = tmp_path / f"song.{kind}"
    encode(noise(1.5), SAMPLE_RATE, path, TAGS, cover)
    with av.open(str(path)) as container:
        packet = next(packet for packet in container.demux(video=0) if packet.size)
        assert bytes(packet) == cover
    assert read_tags(path)["title"] == TAGS["title"]
    assert decode(path)[0].shape[-1] == pytest.approx(1.5 * decode(path)[1], abs=FRAME[kind])


@pytest.mark.parametrize("kind", ["flac", "wav"])
def test_lossless_files_keep_24_bits(kind: str, tmp_path: Path, noise: Any) -> None:
    audio = noise(1.0, -20.0, 2)
    encode(audio, SAMPLE_RATE, tmp_path / f"stem.{kind}", TAGS)
    np.testing.assert_allclose(decode(tmp_path / f"stem.{kind}")[0], audio, atol=2**-23)


@pytest.mark.parametrize("kind", ["mp3", "m4a", "ogg"])
def test_a_loud_master_stays_below_minus_1_dbtp_when_decoded(kind: str, tmp_path: Path, noise: Any) -> None:
    audio = noise(4.0, -8.0, 2)
    limit(audio, -1.6)
    encode(audio, SAMPLE_RATE, tmp_path / f"song.{kind}", {})
    assert true_peak_db(decode(tmp_path / f"song.{kind}")[0]) <= -1.0


def test_the_same_song_makes_the_same_file(tmp_path: Path, noise: Any) -> None:
    for name in ("one.mp3", "two.mp3"):
        encode(noise(1.0), SAMPLE_RATE, tmp_path / name, TAGS)
    assert (tmp_path / "one.mp3").read_bytes() == (tmp_path / "two.mp3").read_bytes()


def test_the_mp3_is_of_good_quality(tmp_path: Path, noise: Any) -> None:
    path = tmp_path / "song.mp3"
    encode(noise(5.0, -20.0, 2), SAMPLE_RATE, path, {})
    assert 190_000 <= path.stat().st_size * 8 / 5.0 <= 330_000


def test_a_wav_carries_the_label_in_a_chunk_of_its_own(tmp_path: Path, noise: Any) -> None:
    path = tmp_path / "song.wav"
    encode(noise(0.5), SAMPLE_RATE, path, TAGS)
    data = path.read_bytes()
    assert struct.unpack_from("<I", data, 4)[0] == len(data) - 8
    at = 12
    chunks = {}
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        chunks[name] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    assert at == len(data)
    assert chunks[b"AIGC"].decode() == TAGS["AIGC"]


def test_an_older_file_is_replaced(tmp_path: Path, noise: Any) -> None:
    path = tmp_path / "song.flac"
    path.write_text("old")
    encode(noise(0.5), SAMPLE_RATE, path, {})
    assert decode(path)[1] == SAMPLE_RATE
    assert [file.name for file in tmp_path.iterdir()] == ["song.flac"]


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("kind", FORMATS)
def test_on_a_full_disk_nothing_is_left_behind(kind: str, tmp_path: Path, noise: Any) -> None:
    path = tmp_path / f"song.{kind}"
    with full_disk(20_000), pytest.raises(StudioFault) as fault:
        encode(noise(5.0, channels=2), SAMPLE_RATE, path, TAGS)
    assert fault.value.sentence("en") == f"There is no room left on the disk to write song.{kind}."
    assert fault.value.sentence("zh") == f"磁盘空间不足，无法写入 song.{kind}。"
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said(tmp_path: Path, noise: Any) -> None:
    with pytest.raises(StudioFault, match=r"song.mp3 could not be written"):
        encode(noise(0.1), SAMPLE_RATE, tmp_path / "nowhere" / "song.mp3", {})


def test_another_suffix_is_refused(tmp_path: Path, noise: Any) -> None:
    with pytest.raises(ValueError, match="suffix"):
        encode(noise(0.1), SAMPLE_RATE, tmp_path / "song.aiff", {})
