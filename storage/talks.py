"""The tables of talks and circles: plain JSON, which only the house can read."""

from __future__ import annotations

import json
from typing import Any

import sqlite_utils

from storage.database import Database


class Talks:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, place: str, member: str) -> tuple[Any | None, Any | None]:
        """Return the talk with one member in one place, and the circle of that place; None for what is not there."""

        def work(db: sqlite_utils.Database) -> tuple[Any | None, Any | None]:
            talk = next(db.query("select talk from talks where place = ? and member = ?", [place, member]), None)
            circle = next(db.query("select circle from circles where place = ?", [place]), None)
            return talk and json.loads(talk["talk"]), circle and json.loads(circle["circle"])

        return await self._database.read(work)

    async def put(self, place: str, member: str, talk: Any, circle: Any | None) -> None:
        """Keep both; None ends the circle."""

        def work(db: sqlite_utils.Database) -> None:
            row = {"place": place, "member": member, "talk": json.dumps(talk, ensure_ascii=False)}
            db.table("talks").upsert(row, pk=("place", "member"))
            _keep_circle(db, place, circle)

        await self._database.write(work)

    async def circles(self) -> tuple[tuple[str, Any], ...]:
        """Return every circle with its place."""
        rows = await self._database.read(lambda db: list(db.query("select place, circle from circles")))
        return tuple((row["place"], json.loads(row["circle"])) for row in rows)

    async def put_circle(self, place: str, circle: Any | None) -> None:
        """Replace the circle of a place; None ends it."""
        await self._database.write(lambda db: _keep_circle(db, place, circle))


def _keep_circle(db: sqlite_utils.Database, place: str, circle: Any | None) -> None:
    if circle is None:
        db.execute("delete from circles where place = ?", [place])
    else:
        db.table("circles").upsert({"place": place, "circle": json.dumps(circle, ensure_ascii=False)}, pk="place")
