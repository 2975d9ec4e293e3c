"""The files of posts, and what the player needs to show a song."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, JSONResponse, Response

from bot.adapters.web.karaoke import peaks, sung_lines
from bot.adapters.web.posts import Kept, Post
from bot.adapters.web.sorry import Sorry
from bot.adapters.web.web import Web, entered, language_of, visitor, web_of
from bot.adapters.web.words import words

routes = APIRouter(include_in_schema=False)
SHOWN = {"audio", "image"}
"""Kinds that a browser may show; anything else is only ever downloaded."""


@routes.get("/posts/{post}/files/{number}")
async def post_file(request: Request, post: str, number: int, download: bool = False) -> Response:
    kept = (await _post(request, post)).file(number)
    return serve(kept.path if kept else "", kept, download)


@routes.get("/posts/{post}/files/{number}/cover")
async def post_cover(request: Request, post: str, number: int) -> Response:
    kept = (await _post(request, post)).file(number)
    return serve(kept.cover if kept else "", None)


@routes.get("/posts/{post}/player")
async def post_player(request: Request, post: str) -> Response:
    found = await _post(request, post)
    if found.audio is None:
        raise Sorry(404, "not_here")
    language = await language_of(request, visitor(request))
    return await player(web_of(request), found.audio.path, found.song, language)


async def _post(request: Request, post: str) -> Post:
    talk = await web_of(request).talks.of(entered(request).place)
    if post not in talk.posts:
        raise Sorry(404, "not_here")
    return talk.posts[post]


def serve(path: str, kept: Kept | None, download: bool = False) -> Response:
    """Answer with a file, in ranges where asked. Raises ``Sorry`` (404) where it is gone."""
    if not path or not Path(path).is_file():
        raise Sorry(404, "gone")
    media_type = kept.media_type if kept else "image/jpeg"
    shown = media_type.partition("/")[0] in SHOWN and media_type != "image/svg+xml" and not download
    return FileResponse(
        path,
        media_type=media_type if media_type.partition("/")[0] in SHOWN else "application/octet-stream",
        filename=kept.name if kept else "cover.jpg",
        content_disposition_type="inline" if shown else "attachment",
        headers={"Cache-Control": "private, max-age=3600"},
    )


async def player(web: Web, audio: str, song: str, language: str) -> Response:
    """Answer with the waveform's outline, the length, and the sung lines word by word. Raises ``Sorry`` (404)."""
    import av

    path = Path(audio)
    found = await web.house.archive.songs.get(song) if song else None
    try:
        outline, duration = await asyncio.to_thread(peaks, path, web.settings.data / "web" / "peaks")
    except (OSError, av.FFmpegError, IndexError):
        raise Sorry(404, "gone") from None
    lines: list[dict[str, Any]] = []
    if found and found.sheet:
        sung = await asyncio.to_thread(sung_lines, found.sheet.score, path.with_suffix(".json"))
        lines = [asdict(line) | {"section": heading(line.section, language)} for line in sung]
    return JSONResponse({"peaks": outline, "duration": duration, "lines": lines})


def heading(section: str, language: str) -> str:
    """A section's name as a heading: ``verse 2`` is ``Verse 2`` or ``主歌 2``."""
    kind, _, number = section.rpartition(" ") if section[-1:].isdigit() else (section, "", "")
    return f"{words(language)['sections'].get(kind, kind)} {number}".strip()
