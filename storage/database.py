"""The one SQLite file of a house, opened and used by a single thread."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import sqlite_utils

from storage.files import private_folder
from storage.migrations import migrations

T = TypeVar("T")
Work = Callable[[sqlite_utils.Database], T]
BUSY_MS = 10_000


class Database:
    """SQLite in WAL mode, written through to the disk. Only one process opens it; one thread writes, another reads.

    Whatever has gathered while the disk was busy shares one transaction, each piece in a savepoint of its own: a
    hundred members at once wait for one write to the disk, not for a hundred.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="archive-writer")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="archive-reader")
        self._gathered: deque[tuple[Work[Any], Future[Any]]] = deque()
        self._called = False
        self._writing: sqlite_utils.Database | None = None
        self._reading: sqlite_utils.Database | None = None

    async def open(self) -> None:
        """Open the file, making it on first use, and bring its tables up to date. Raises ``OSError``."""
        loop = asyncio.get_running_loop()
        self._writing = await loop.run_in_executor(self._writer, self._open)
        self._reading = await loop.run_in_executor(self._reader, sqlite_utils.Database, self._path)

    async def close(self) -> None:
        """Closing what is closed already does nothing."""
        loop = asyncio.get_running_loop()
        if self._reading is not None:
            await loop.run_in_executor(self._reader, self._reading.close)
        if self._writing is not None:
            await loop.run_in_executor(self._writer, self._writing.close)
        self._reading = self._writing = None
        self._reader.shutdown()
        self._writer.shutdown()

    async def read(self, work: Work[T]) -> T:
        """Run ``work`` against one consistent state, in which everything is that was written before."""
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read, work)

    async def write(self, work: Work[T]) -> T:
        """Run ``work`` as if it were alone: all of it happens or nothing, nobody writes in between, and it is on the
        disk when this returns."""
        done: Future[T] = Future()
        self._gathered.append((work, done))
        if not self._called:
            self._called = True
            self._writer.submit(self._write_gathered)
        return await asyncio.wrap_future(done)

    async def erase(self) -> None:
        """Let nothing deleted be left in the write-ahead file either."""
        await asyncio.get_running_loop().run_in_executor(self._writer, self._empty_write_ahead_file)

    def _open(self) -> sqlite_utils.Database:
        private_folder(self._path.parent)
        self._path.touch(mode=0o600)
        db = sqlite_utils.Database(self._path)
        db.enable_wal()
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")  # what a member has deleted is overwritten, not only unlinked
        migrations.apply(db)
        return db

    def _empty_write_ahead_file(self) -> None:
        _opened(self._writing).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _read(self, work: Work[T]) -> T:
        db = _opened(self._reading)
        db.conn.execute("BEGIN")
        try:
            return work(db)
        finally:
            db.conn.execute("ROLLBACK")

    def _write_gathered(self) -> None:
        self._called = False  # what comes from now on calls again, even if this batch still takes it along
        batch = [self._gathered.popleft() for _ in range(len(self._gathered))]
        if not batch:
            return
        ended: list[Callable[[], None]]
        try:
            db = _opened(self._writing)
            db.conn.execute("BEGIN IMMEDIATE")
            try:
                ended = [_ended(db, work, done) for work, done in batch if done.set_running_or_notify_cancel()]
                db.conn.execute("COMMIT")
            finally:
                if db.conn.in_transaction:
                    db.conn.execute("ROLLBACK")
        except Exception as error:  # noqa: BLE001 - a full disk is told to everyone who waits
            ended = [partial(_fail, done, error) for _, done in batch]
        for tell in ended:
            tell()


def _opened(db: sqlite_utils.Database | None) -> sqlite_utils.Database:
    if db is None:
        raise RuntimeError("the archive is not open")
    return db


def _ended(db: sqlite_utils.Database, work: Work[T], done: Future[T]) -> Callable[[], None]:
    """Do one piece of work within the transaction; return how to tell whoever waits, once it is on the disk."""
    db.conn.execute("SAVEPOINT piece")
    try:
        result = work(db)
    except Exception as error:  # noqa: BLE001 - it belongs to whoever asked for the work
        db.conn.execute("ROLLBACK TO piece")
        return partial(_fail, done, error)
    finally:
        db.conn.execute("RELEASE piece")
    return partial(done.set_result, result)


def _fail(done: Future[Any], error: Exception) -> None:
    if not done.done():
        done.set_exception(error)
