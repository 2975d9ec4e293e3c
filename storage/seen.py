"""The table of messages that were answered, so that a repeated delivery is answered once."""

from __future__ import annotations

import hashlib

import sqlite_utils

from storage.database import Database

KEPT_S = 3 * 86_400.0
"""Telegram holds an update for a day at most; Discord delivers within minutes."""


class Seen:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def answered(self, message: str) -> bool:
        """Whether a message was answered before. One that was taken and never answered (the power went) was not."""
        return await self._database.read(
            lambda db: (
                db.execute("select 1 from seen where message = ? and answered = 1", [_mark(message)]).fetchone()
                is not None
            )
        )

    async def keep(self, message: str, now: float) -> None:
        """A message is answered at ``now`` (seconds since 1970). What no platform repeats any more is let go of."""

        def work(db: sqlite_utils.Database) -> None:
            db.execute("delete from seen where at < ?", [now - KEPT_S])
            db.execute("insert or replace into seen (message, at, answered) values (?, ?, 1)", [_mark(message), now])

        await self._database.write(work)


def _mark(message: str) -> str:
    """A message id may name its member, who may want to be forgotten."""
    return hashlib.sha256(message.encode()).hexdigest()[:32]
