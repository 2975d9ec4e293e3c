"""The table of reports: songs that members complained about."""

from __future__ import annotations

from datetime import UTC, datetime

from storage.database import Database


class Reports:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, member: str, song: str, text: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        row = {"at": at, "member": member, "song": song, "text": text}
        await self._database.write(lambda db: db.table("reports").insert(row))
