"""Everything a house remembers, under one folder: the database and the songs' files."""

from __future__ import annotations

import asyncio
from pathlib import Path

import sqlite_utils

from storage.database import Database
from storage.files import Files
from storage.members import Members
from storage.posts import Posts
from storage.reports import Reports
from storage.seen import Seen
from storage.song_table import Songs
from storage.talks import Talks


class Archive:
    """One per process. ``await open()`` before anything else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = Files(folder / "songs")
        self._database = Database(folder / "minstrel.db")
        self.members = Members(self._database)
        self.songs = Songs(self._database)
        self.talks = Talks(self._database)
        self.posts = Posts(self._database)
        self.reports = Reports(self._database)
        self.seen = Seen(self._database)

    async def open(self) -> None:
        """Raises ``OSError`` where the folder cannot be written."""
        await self._database.open()

    async def close(self) -> None:
        await self._database.close()

    async def moved(self, old_place: str, new_place: str) -> None:
        """A place has a new id: everything kept about it goes along."""

        def work(db: sqlite_utils.Database) -> None:
            for table in ("talks", "circles", "posts", "songs"):
                db.execute(f"update or replace {table} set place = ? where place = ?", [new_place, old_place])

        await self._database.write(work)

    async def forget_member(self, member: str) -> None:
        """Delete every row about a member, and their songs' files."""
        songs = await self.songs.ids_of(member)

        def work(db: sqlite_utils.Database) -> None:
            for song in songs:
                db.table("posts").delete_where("song = ?", [song])
                db.table("reports").delete_where("song = ?", [song])
            db.table("songs").delete_where("owner = ?", [member])
            db.table("talks").delete_where("member = ?", [member])
            db.table("reports").delete_where("member = ?", [member])
            db.table("members").delete_where("id = ?", [member])

        await self._database.write(work)
        for song in songs:
            await asyncio.to_thread(self.files.delete, song)
        await self._database.erase()
