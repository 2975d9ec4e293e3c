"""The table of messages that were taken, so that a repeated delivery is answered once."""

from __future__ import annotations

import hashlib
import time

import sqlite_utils

from storage.database import Database

KEPT_S = 3 * 86_400.0
"""Telegram holds an update for a day at most; Discord delivers within minutes."""


class Seen:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def first(self, message: str) -> bool:
        """Take a message. False where it was answered before; one that was taken and never answered (the power went)
        may be taken again."""

        def work(db: sqlite_utils.Database) -> bool:
            db.execute("insert or ignore into seen (message, at) values (?, ?)", [_mark(message), time.time()])
            row = next(db.query("select answered from seen where message = ?", [_mark(message)]))
            return not row["answered"]

        return await self._database.write(work)

    async def answered(self, message: str) -> None:
        await self._database.write(
            lambda db: db.execute("update seen set answered = 1 where message = ?", [_mark(message)])
        )

    async def prune(self, now: float) -> None:
        """Let go of what no platform repeats any more. ``now`` in seconds since 1970."""
        await self._database.write(lambda db: db.table("seen").delete_where("at < ?", [now - KEPT_S]))


def _mark(message: str) -> str:
    """A message id may name its member, who may want to be forgotten."""
    return hashlib.sha256(message.encode()).hexdigest()[:32]
