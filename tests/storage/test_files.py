"""The folders of songs."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.files import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    (tmp_path / "secret").write_text("no")
    (tmp_path / "songs" / "abc").mkdir(parents=True)
    (tmp_path / "songs" / "abc" / "song.mp3").write_text("yes")
    return Files(tmp_path / "songs")


@pytest.mark.parametrize("song", ["", "../abc", "abc/..", "ABC", "a" * 40, "a\0", "."])
def test_only_a_song_id_names_a_folder(files: Files, song: str) -> None:
    with pytest.raises(ValueError, match="not a song id"):
        files.folder(song)


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "none.mp3", "", ".", "song.mp3\0", "../abc2/song.mp3"])
def test_no_name_leads_out_of_the_folder(files: Files, name: str) -> None:
    assert files.path("abc", name) is None


def test_a_link_does_not_lead_out_either(files: Files, tmp_path: Path) -> None:
    (tmp_path / "songs" / "abc" / "link.mp3").symlink_to(tmp_path / "secret")
    assert files.path("abc", "link.mp3") is None


def test_a_file_is_found_until_its_song_is_deleted(files: Files) -> None:
    assert files.path("abc", "song.mp3") is not None
    files.delete("abc")
    files.delete("abc")
    assert files.path("abc", "song.mp3") is None
