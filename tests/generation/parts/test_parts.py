"""The parts of a song: every file that was asked for, with its licence inside, or none."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest

from generation.errors import StudioFault
from generation.mix.encode import decode
from generation.mix.loudness import integrated, k_power
from generation.parts import PARTS, instrumental, parts
from generation.passport import Operator
from generation.passport.readback import read_back
from generation.song import Track

HOUSE = Operator("Example House", "DE")
CREATED = "2026-01-02"


def made(track: Track, folder: Path, *wanted: str, audio_format: str = "ogg") -> list[Path]:
    return parts(track, folder, wanted, "rain", HOUSE, CREATED, audio_format)


def test_everything_at_once(track: Track, tmp_path: Path) -> None:
    paths = made(track, tmp_path, *PARTS)
    assert [path.name for path in paths] == [
        "rain-keys.ogg", "rain-vocals.ogg", "rain-karaoke.ogg", "rain.mid", "rain.lrc", "rain-sheet.txt", "rain.json",
    ]  # fmt: skip
    assert sorted(tmp_path.iterdir()) == sorted(paths)
    assert all(path.stat().st_size for path in paths)


def test_only_what_was_asked_for_in_the_order_asked(track: Track, tmp_path: Path) -> None:
    assert [path.suffix for path in made(track, tmp_path, "lrc", "midi", "lrc")] == [".lrc", ".mid"]


def test_stems_are_aligned_and_add_up(track: Track, tmp_path: Path) -> None:
    sounds = [decode(path)[0] for path in made(track, tmp_path, "stems", audio_format="flac")]
    assert {sound.shape for sound in sounds} == {track.audio.shape}
    np.testing.assert_allclose(sum(sounds), sum(stem.audio for stem in track.stems), atol=1e-5)


def test_karaoke_is_the_band_alone_as_loud_as_a_song(track: Track) -> None:
    band = instrumental(track)
    keys = next(stem.audio for stem in track.stems if stem.name == "keys")
    assert band.shape == track.audio.shape
    assert integrated(k_power(band)) == pytest.approx(-14.0, abs=0.5)
    assert np.corrcoef(band[0], keys[0])[0, 1] > 0.98


@pytest.mark.parametrize("audio_format", ["ogg", "mp3", "flac"])
def test_every_audio_file_carries_title_and_licence(track: Track, tmp_path: Path, audio_format: str) -> None:
    (record,) = made(track, tmp_path, "passport")
    song = json.loads(record.read_text(encoding="utf-8"))["id"]
    for path in made(track, tmp_path, "stems", audio_format=audio_format):
        found = read_back(path.read_bytes())
        assert found is not None
        assert (found.id, found.producer) == (song, "Example House")
        assert found.licence.startswith("Commercial use: ")
        assert found.title.endswith(f"({path.stem.removeprefix('rain-')})")
        with av.open(str(path)) as file:
            assert file.duration == pytest.approx(track.audio.shape[-1] / track.sample_rate * 1e6, abs=1e5)


def test_an_unknown_part_is_a_mistake_of_the_caller(track: Track, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="video"):
        made(track, tmp_path, "lrc", "video")
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_where_one_file_fails(track: Track, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generation.parts.write.write_midi", full)
    with pytest.raises(StudioFault):
        made(track, tmp_path, "lrc", "midi")
    assert not list(tmp_path.iterdir())
