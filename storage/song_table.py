"""The table of songs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlite_utils

from generation.song import Remark, Sheet, SongRequest, from_json, to_json
from storage.database import Database
from storage.songs import OPEN, Song, Status

LISTED = (
    "id, owner, owner_name, place, language, status, created, name, request, seed, parent, changes, note, passport_id, "
    "files, reason, remarks, live, credits"
)
"""Every column but the sheet, which is long and rarely wanted in a list."""
FORGOTTEN: dict[str, Any] = {
    "owner_name": "",
    "name": "",
    "request": "{}",
    "changes": "[]",
    "sheet": None,
    "note": None,
    "files": "[]",
    "reason": None,
    "remarks": "[]",
    "live": "",
    "credits": "[]",
    "status": "deleted",
}
SENDING = -1
"""``delivered`` while a song is being posted: whether it came is not known where the house ends just then."""
KEPT_SHEETS = 32
"""Sheets in memory; one is some hundred kilobytes."""


class Songs:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, song: str) -> Song | None:
        rows = await self._database.read(lambda db: list(db.query("select * from songs where id = ?", [song])))
        return _song(rows[0]) if rows else None

    async def add(self, song: Song) -> bool:
        """Keep a new song. False where its id is known already; then nothing changes."""

        def work(db: sqlite_utils.Database) -> bool:
            if db.table("songs").count_where("id = ?", [song.id]):
                return False
            db.table("songs").insert(_row(song))
            return True

        return await self._database.write(work)

    async def put(self, song: Song, *, only_from: Sequence[Status] = ()) -> bool:
        """Replace the record of a known song, all but ``live``; with ``only_from``, only while it has one of these
        states. False where nothing was replaced: a song deleted or cancelled meanwhile stays so."""
        row = {name: value for name, value in _row(song).items() if name != "live"}

        def work(db: sqlite_utils.Database) -> bool:
            known = next(db.query("select status from songs where id = ?", [song.id]), None)
            if known is None or (only_from and known["status"] not in only_from):
                return False
            db.table("songs").update(song.id, row)
            return True

        return await self._database.write(work)

    async def change(self, song: str, *, only_from: Sequence[Status] = (), **columns: Any) -> bool:
        """Set columns (``status``, ``live``, ``reason``, ``note``, ``files``, ...) under the same condition as ``put``.

        ``delivered`` is ``SENDING`` while the song is being posted, 1 once it is, 2 once its live post tells the end.
        """
        values = {name: _column(value) for name, value in columns.items()}

        def work(db: sqlite_utils.Database) -> bool:
            known = next(db.query("select status from songs where id = ?", [song]), None)
            if known is None or (only_from and known["status"] not in only_from):
                return False
            db.table("songs").update(song, values)
            return True

        return await self._database.write(work)

    async def speak(self, owner: str, language: str) -> None:
        """Let everything that is still to be said about a member's songs be in ``language``."""
        await self._database.write(
            lambda db: db.execute("update songs set language = ? where owner = ?", [language, owner])
        )

    async def of(self, owner: str, most: int = 50) -> tuple[Song, ...]:
        """Return a member's newest songs and, however old, those on the way: newest first, without sheets and without
        deleted ones."""
        newest = "select id from songs where owner = ? and status != 'deleted' order by created desc, id limit ?"
        marks = ", ".join("?" for _ in OPEN)
        return await self._listed(
            f"owner = ? and (status in ({marks}) or id in ({newest})) order by created desc, id",
            [owner, *OPEN, owner, most],
        )

    async def ids_of(self, owner: str) -> tuple[str, ...]:
        """Return the ids of all songs of a member, deleted ones too."""
        rows = await self._database.read(lambda db: list(db.query("select id from songs where owner = ?", [owner])))
        return tuple(row["id"] for row in rows)

    async def open(self) -> tuple[Song, ...]:
        """Return every ordered song, oldest first, without sheets."""
        marks = ", ".join("?" for _ in OPEN)
        return await self._listed(f"status in ({marks}) order by created, id", OPEN)

    async def unwritten(self) -> tuple[Song, ...]:
        """Return the songs that wait for their sheet, ordered or not."""
        return await self._listed("sheet is null and status in ('written', 'waiting') order by created, id", [])

    async def undelivered(self) -> tuple[Song, ...]:
        """Return the songs that are made and not posted yet."""
        return await self._listed("status = 'made' and delivered = 0 order by created, id", [])

    async def unconfirmed(self) -> tuple[Song, ...]:
        """Return the songs that are made and were being posted when the house ended: they may be there."""
        return await self._listed("status = 'made' and delivered = ? order by created, id", [SENDING])

    async def untold(self) -> tuple[Song, ...]:
        """Return the songs that have ended while their live post may still look as if they went on."""
        ended = "(status = 'made' and delivered = 1) or (status in ('failed', 'cancelled') and delivered < 2)"
        return await self._listed(f"live != '' and ({ended}) order by created, id", [])

    async def of_passport(self, passport_id: str) -> Song | None:
        """Return the newest song with that passport, without its sheet."""
        found = await self._listed("passport_id = ? and status = 'made' order by created desc limit 1", [passport_id])
        return found[0] if found else None

    async def forget(self, song: str) -> None:
        """Wipe a song. Its id stays, so that an old button is answered with the truth."""
        await self._database.write(lambda db: db.table("songs").update(song, FORGOTTEN))
        await self._database.erase()

    async def _listed(self, where: str, values: Sequence[Any]) -> tuple[Song, ...]:
        rows = await self._database.read(
            lambda db: list(db.query(f"select {LISTED} from songs where {where}", list(values)))
        )
        return tuple(_song(row) for row in rows)


def _row(song: Song) -> dict[str, Any]:
    return {
        "id": song.id,
        "owner": song.owner,
        "owner_name": song.owner_name,
        "place": song.place,
        "language": song.language,
        "status": song.status,
        "created": song.created,
        "name": song.title,
        "request": _text(to_json(song.request)),
        "seed": song.seed,
        "parent": song.parent,
        "changes": _text(list(song.changes)),
        "sheet": _text(to_json(song.sheet)) if song.sheet else None,
        "note": _column(song.note),
        "passport_id": song.passport_id,
        "files": _text(song.files),
        "reason": _column(song.reason),
        "remarks": _text(to_json(song.remarks)),
        "live": song.live,
        "credits": _text(song.credits),
    }


def _song(row: Mapping[str, Any]) -> Song:
    sheet, note, reason = row.get("sheet"), row["note"], row["reason"]
    return Song(
        id=row["id"],
        owner=row["owner"],
        owner_name=row["owner_name"],
        place=row["place"],
        language=row["language"],
        status=row["status"],
        created=row["created"],
        request=from_json(json.loads(row["request"]), SongRequest),
        seed=row["seed"],
        parent=row["parent"],
        changes=tuple(json.loads(row["changes"])),
        sheet=_sheet(sheet) if sheet else None,
        note=from_json(json.loads(note), Remark) if note else None,
        passport_id=row["passport_id"],
        files=tuple(json.loads(row["files"])),
        reason=from_json(json.loads(reason), Remark) if reason else None,
        remarks=tuple(from_json(remark, Remark) for remark in json.loads(row["remarks"])),
        live=row["live"],
        credits=tuple((text, by) for text, by in json.loads(row["credits"])),
        name=row["name"],
    )


@lru_cache(KEPT_SHEETS)
def _sheet(text: str) -> Sheet:
    """A song is looked up again and again while it is talked about and made; its sheet never changes."""
    return from_json(json.loads(text), Sheet)


def _column(value: Any) -> Any:
    return _text(to_json(value)) if isinstance(value, Remark | tuple) else value


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
