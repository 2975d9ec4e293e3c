"""The one SQLite file of a house, opened and used by a single thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import sqlite_utils

from storage.migrations import migrations

T = TypeVar("T")
Work = Callable[[sqlite_utils.Database], T]
BUSY_MS = 10_000


class Database:
    """SQLite in WAL mode. Only one process opens it; all work goes through one thread, in the order it came."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="archive")
        self._db: sqlite_utils.Database | None = None

    async def open(self) -> None:
        """Open the file, making it on first use, and bring its tables up to date. Raises ``OSError``."""
        await self._on_thread(self._open)

    async def close(self) -> None:
        await self._on_thread(self._close)
        self._thread.shutdown()

    async def read(self, work: Work[T]) -> T:
        """Run ``work`` against one consistent state."""
        return await self._on_thread(lambda: self._transaction("BEGIN", work))

    async def write(self, work: Work[T]) -> T:
        """Run ``work`` as one transaction: all of it happens or nothing, and nobody writes in between."""
        return await self._on_thread(lambda: self._transaction("BEGIN IMMEDIATE", work))

    async def erase(self) -> None:
        """Let nothing deleted be left in the write-ahead file either."""
        await self._on_thread(lambda: self._open_db().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    async def _on_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite_utils.Database(self._path)
        db.enable_wal()
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")  # what a member has deleted is overwritten, not only unlinked
        migrations.apply(db)
        self._path.chmod(0o600)
        self._db = db

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _open_db(self) -> sqlite_utils.Database:
        if self._db is None:
            raise RuntimeError("the archive is not open")
        return self._db

    def _transaction(self, begin: str, work: Work[T]) -> T:
        db = self._open_db()
        db.conn.execute(begin)
        try:
            result = work(db)
        except BaseException:
            db.conn.execute("ROLLBACK")
            raise
        db.conn.execute("COMMIT")
        return result
