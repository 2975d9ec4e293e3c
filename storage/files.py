"""The files of songs: one folder each, under the house's data folder."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path

SONG_ID = re.compile(r"[a-z0-9]{1,32}")


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may look into, or make it so. Raises ``OSError``."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(PermissionError):  # a mounted folder of somebody else's that may be written to
        folder.chmod(0o700)


class Files:
    def __init__(self, root: Path) -> None:
        self._root = root

    def folder(self, song: str) -> Path:
        """Return the folder of a song; it may not exist yet. Raises ``ValueError`` for what is no song id."""
        if not SONG_ID.fullmatch(song):
            raise ValueError("not a song id")
        return self._root / song

    def path(self, song: str, name: str) -> Path | None:
        """Return one file of a song, or None where there is no such file in its folder."""
        folder = self.folder(song)
        path = folder / name
        inside = path.resolve().is_relative_to(folder.resolve()) if "\0" not in name else False
        return path if inside and path.is_file() else None

    def delete(self, song: str) -> None:
        shutil.rmtree(self.folder(song), ignore_errors=True)
