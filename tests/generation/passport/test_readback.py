"""A file of ours says which song it is; any other file says nothing, and a bad one is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from generation.errors import WishError
from generation.mix.encode import encode
from generation.passport import Operator, passport, tags
from generation.passport.readback import read_back
from generation.song import Track

MakeTrack = Callable[..., Track]
SOUND = (0.1 * np.sin(np.arange(44_100) / 20)).astype(np.float32)


def written(words: dict[str, str], path: Path) -> bytes:
    encode(SOUND, 44_100, path, words)
    return path.read_bytes()


@pytest.mark.parametrize("ending", ["mp3", "m4a", "flac", "ogg", "wav"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_written_is_read_back(track: MakeTrack, ending: str, language: str, tmp_path: Path) -> None:
    song = track(language)
    record = passport(song, Operator("茶园 House"), "2026-01-02")
    found = read_back(written(tags(song, record), tmp_path / f"song.{ending}"))
    assert found is not None
    assert (found.id, found.title) == (record["id"], song.sheet.lyrics.title)
    assert found.note == record["note"][language]
    assert found.producer == "茶园 House"
    assert found.fingerprint == record["fingerprint"]
    assert ending == "wav" or found.licence.startswith("Commercial use: ")


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"artist": "Somebody", "title": "A song"},
        {"artist": "Minstrel", "title": "A song"},
        {"artist": "Minstrel", "AIGC": "not json"},
        {"artist": "Minstrel", "AIGC": '{"AIGC": 5}'},
        {"artist": "Minstrel", "AIGC": '{"AIGC": {"ProduceID": "../../x"}}'},
        {"artist": "Somebody", "AIGC": '{"AIGC": {"ProduceID": "ABCDEFGH"}}'},
    ],
)
def test_a_file_that_is_not_ours_is_nobodys(words: dict[str, str], tmp_path: Path) -> None:
    assert read_back(written(words, tmp_path / "other.ogg")) is None


@pytest.mark.parametrize("content", [b"", b"MZ" + bytes(4000), b"fLaC", b"ID3" + b"\xff" * 3000, bytes(20_000_001)])
def test_a_bad_file_is_refused(content: bytes) -> None:
    with pytest.raises(WishError):
        read_back(content)


def test_a_file_cut_in_half_is_still_known(track: MakeTrack, tmp_path: Path) -> None:
    song = track()
    record = passport(song, Operator("House"), "2026-01-02")
    content = written(tags(song, record), tmp_path / "song.mp3")
    found = read_back(content[: len(content) // 2])
    assert found is not None
    assert found.id == record["id"]
