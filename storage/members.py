"""The table of members: what they chose, and where they are alone with the bot."""

from __future__ import annotations

from dataclasses import dataclass

import sqlite_utils

from storage.database import Database

FOUND = "select id, name, language, home from members where id = ?"
KEPT = "insert into members (id, name, language, home) values (?, ?, '', ?) on conflict (id) do update set "


@dataclass(frozen=True, slots=True)
class Known:
    """A member as the archive knows them."""

    id: str
    name: str
    language: str
    """The language they chose, ``en`` or ``zh``; empty where they never did."""
    home: str
    """The place where they last wrote to the bot alone; empty where they never did."""


class Members:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def met(self, member: str, name: str, home: str = "") -> Known:
        """Keep a member's present name and, if given, their private place. Returns what is known of them."""

        known = await self.get(member)
        if known is not None and known.name == name and home in ("", known.home):
            return known

        def work(db: sqlite_utils.Database) -> Known:
            db.execute(
                KEPT + "name = excluded.name, home = coalesce(nullif(excluded.home, ''), home)", [member, name, home]
            )
            return Known(**next(db.query(FOUND, [member])))

        return await self._database.write(work)

    async def get(self, member: str) -> Known | None:
        rows = await self._database.read(lambda db: list(db.query(FOUND, [member])))
        return Known(**rows[0]) if rows else None

    async def choose_language(self, member: str, language: str) -> None:
        await self._database.write(
            lambda db: db.execute(
                "insert into members (id, name, language, home) values (?, '', ?, '') "
                "on conflict (id) do update set language = excluded.language",
                [member, language],
            )
        )
