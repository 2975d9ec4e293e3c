"""A song as files that the surface can carry."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.adapters.base import Limits
from bot.conversation.reply import File
from bot.jobs import Jobs
from bot.studio.work import COVER
from generation.errors import StudioError
from storage.files import Files
from storage.songs import Song

MEDIA_TYPES = {
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
    ".mid": "audio/midi",
    ".lrc": "text/plain",
    ".txt": "text/plain",
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".zip": "application/zip",
}


async def song_file(song: Song, files: Files, limits: Limits, jobs: Jobs, performer: str) -> File | None:
    """Return the song's MP3, at a lower rate where the surface takes no more; None where even that is too big, or
    the file is gone."""
    name = song.file(".mp3")
    path = files.path(song.id, name) if name else None
    if path is None:
        return None
    content: bytes | None = None
    if path.stat().st_size > limits.upload_bytes:
        try:
            content = await jobs.smaller(path, limits.upload_bytes)
        except StudioError:
            return None
        if content is None:
            return None
    cover = files.path(song.id, COVER)
    return File(
        name,
        MEDIA_TYPES[".mp3"],
        path=None if content else path,
        content=content,
        title=song.title,
        performer=performer,
        duration_s=song.sheet.plan.duration_s if song.sheet else 0.0,
        thumbnail=await asyncio.to_thread(cover.read_bytes) if cover else None,
    )


def part_files(paths: Sequence[Path], song: Song, limits: Limits) -> tuple[tuple[File, ...], tuple[Path, ...]]:
    """Return the parts that the surface takes, and those that are too big for it."""
    carried: list[File] = []
    too_big: list[Path] = []
    for path in paths:
        if path.stat().st_size > limits.upload_bytes:
            too_big.append(path)
        else:
            media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
            carried.append(File(path.name, media_type, path=path, title=f"{song.title} ({path.stem})"))
    return tuple(carried), tuple(too_big)
