"""A small JSON object kept in one file that only this account reads."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Shelf:
    """Rows by key, all in memory, the file replaced as a whole: for some hundreds of rows, seldom changed."""

    def __init__(self, file: Path, most: int = 2000) -> None:
        self._file = file
        self._most = most
        self._rows: dict[str, Any] = {}
        self._writing = asyncio.Lock()
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            self._rows = kept if isinstance(kept, dict) else {}
        except (OSError, ValueError):
            pass

    @property
    def rows(self) -> Mapping[str, Any]:
        return self._rows

    async def put(self, key: str, row: Any) -> None:
        """Keep a row; beyond ``most`` the oldest is left out."""
        self._rows[key] = row
        while len(self._rows) > self._most:
            del self._rows[next(iter(self._rows))]
        await self._keep()

    async def remove(self, *keys: str) -> None:
        for key in keys:
            self._rows.pop(key, None)
        await self._keep()

    async def _keep(self) -> None:
        async with self._writing:
            text = json.dumps(self._rows, ensure_ascii=False)
            await asyncio.to_thread(write_private, self._file, text)


def write_private(file: Path, text: str) -> None:
    """Write a file of mode 0600 as a whole, or not at all."""
    private_folder(file.parent)
    draft = file.with_name(file.name + ".new")
    with open(draft, "w", encoding="utf-8", opener=private) as out:
        out.write(text)
    draft.replace(file)


def private(file: str, flags: int) -> int:
    """An ``opener`` for ``open``: what it makes, only this account reads."""
    return os.open(file, flags, 0o600)


def private_folder(folder: Path) -> None:
    """Make a folder, and those it lies in, of mode 0700 where they are not there yet."""
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
