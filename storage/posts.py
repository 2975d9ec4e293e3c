"""The table of posts: which song a post of the bot is about."""

from __future__ import annotations

from storage.database import Database


class Posts:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, place: str, post: str, song: str) -> None:
        row = {"place": place, "post": post, "song": song}
        await self._database.write(lambda db: db.table("posts").upsert(row, pk=("place", "post")))

    async def song(self, place: str, post: str) -> str:
        """Return the id of the song a post is about; empty where it is about none."""
        rows = await self._database.read(
            lambda db: list(db.query("select song from posts where place = ? and post = ?", [place, post]))
        )
        return str(rows[0]["song"]) if rows else ""

    async def of_song(self, song: str) -> tuple[tuple[str, str], ...]:
        """Return (place, post) of everything posted about a song."""
        rows = await self._database.read(
            lambda db: list(db.query("select place, post from posts where song = ?", [song]))
        )
        return tuple((row["place"], row["post"]) for row in rows)

    async def forget(self, song: str) -> None:
        await self._database.write(lambda db: db.table("posts").delete_where("song = ?", [song]))
