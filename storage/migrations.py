"""The tables of the archive, in the order they came to be. A migration is never edited, only followed by another."""

from __future__ import annotations

import sqlite_utils
from sqlite_utils import Migrations

migrations = Migrations("minstrel")


@migrations()
def m001_chat(db: sqlite_utils.Database) -> None:
    db.table("members").create({"id": str, "name": str, "language": str, "home": str}, pk="id", strict=True)
    songs = db.table("songs").create(
        {
            "id": str,
            "owner": str,
            "owner_name": str,
            "place": str,
            "language": str,
            "status": str,
            "created": str,
            "name": str,
            "request": str,
            "seed": int,
            "parent": str,
            "changes": str,
            "sheet": str,
            "note": str,
            "passport_id": str,
            "files": str,
            "reason": str,
            "remarks": str,
            "live": str,
            "delivered": int,
        },
        pk="id",
        not_null={"owner", "place", "status", "created", "delivered"},
        defaults={"delivered": 0},
        strict=True,
    )
    songs.create_index(["owner", "created"])
    songs.create_index(["status"])
    songs.create_index(["place"])
    songs.create_index(["passport_id"])
    db.table("talks").create({"place": str, "member": str, "talk": str}, pk=("place", "member"), strict=True)
    db.table("circles").create({"place": str, "circle": str}, pk="place", strict=True)
    posts = db.table("posts").create({"place": str, "post": str, "song": str}, pk=("place", "post"), strict=True)
    posts.create_index(["song"])
    reports = db.table("reports").create(
        {"id": int, "at": str, "member": str, "song": str, "text": str}, pk="id", strict=True
    )
    reports.create_index(["song"])
    seen = db.table("seen").create(
        {"message": str, "at": float, "answered": int}, pk="message", defaults={"answered": 0}, strict=True
    )
    seen.create_index(["at"])


@migrations()
def m002_credits(db: sqlite_utils.Database) -> None:
    db.table("songs").add_column("credits", str, not_null_default="[]")
