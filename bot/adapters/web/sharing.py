"""A song for others to hear: a link that nobody can guess, given and taken back by the song's owner."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from bot.adapters.web.files import player, serve
from bot.adapters.web.forms import read_form
from bot.adapters.web.pages import page, render
from bot.adapters.web.posts import Kept
from bot.adapters.web.sorry import Sorry, spoken
from bot.adapters.web.web import Web, language_of, sending, song_of, visitor, web_of
from bot.studio.work import COVER
from storage.songs import Song

routes = APIRouter(include_in_schema=False)


def address(request: Request) -> str:
    """Where this house is reached from outside, as far as is known."""
    return web_of(request).settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")


def token_of(web: Web, song: str) -> str:
    """The token a song is shared by; empty where it is not."""
    return next((token for token, row in web.shares.rows.items() if row["song"] == song), "")


async def _shared_by(web: Web, song: Song, sound: Kept) -> str:
    """Share a song, where it is not shared yet, and return its token."""
    token = token_of(web, song.id)
    if not token:
        token = secrets.token_urlsafe(16)
        row = {"song": song.id, "path": sound.path, "cover": sound.cover, "name": sound.name, "type": sound.media_type}
        await web.shares.put(token, row | {"duration": sound.duration_s})
    return token


async def public_link(web: Web, song: Song) -> str:
    """The address at which a song can be heard from outside that no chat can carry, shared for that; empty where the
    house has no public address or the file is gone."""
    files, name = web.house.archive.files, song.file(".mp3")
    path = files.path(song.id, name) if name else None
    if path is None or not web.settings.public_url:
        return ""
    cover = files.path(song.id, COVER)
    length = song.sheet.plan.duration_s if song.sheet else 0.0
    sound = Kept(
        name, "audio/mpeg", str(path), path.stat().st_size, song.title, duration_s=length, cover=str(cover or "")
    )
    return f"{web.settings.public_url.rstrip('/')}/s/{await _shared_by(web, song, sound)}"


@routes.post("/share")
async def share(request: Request) -> Response:
    """Share the song of a post, and show its link."""
    web, session = web_of(request), sending(request)
    form = await read_form(request, session)
    post = (await web.talks.of(session.place)).posts.get(form.get("post"))
    if post is None or post.audio is None or not post.song:
        raise Sorry(404, "not_here")
    song = await song_of(request, session, post.song)
    link = f"{address(request)}/s/{await _shared_by(web, song, post.audio)}"
    language = await language_of(request, session)
    return HTMLResponse(render("shared.html", language, link=link, song=song.id, token=web.sessions.token(session)))


@routes.post("/unshare")
async def unshare(request: Request) -> Response:
    web, session = web_of(request), sending(request)
    form = await read_form(request, session)
    song = await song_of(request, session, form.get("song"))
    token = token_of(web, song.id)
    if token:
        await web.shares.remove(token)
    language = await language_of(request, session)
    return HTMLResponse(render("shared.html", language, link="", song=song.id, token=""))


async def _shared(request: Request, token: str) -> tuple[dict[str, Any], Song]:
    web = web_of(request)
    row = web.shares.rows.get(token)
    song = await web.house.archive.songs.get(row["song"]) if row else None
    if row is None or song is None or song.status == "deleted" or not Path(row["path"]).is_file():
        raise Sorry(404, "gone")
    return row, song


@routes.get("/s/{token}")
async def share_page(request: Request, token: str) -> Response:
    row, song = await _shared(request, token)
    web = web_of(request)
    visitor(request)
    facts = {"song": song, "token": token, "row": row, "address": address(request), "nonce": request.state.nonce}
    facts |= {"operator": web.settings.operator}
    return page("share.html", spoken(request), request=request, **facts)


@routes.get("/s/{token}/audio")
async def shared_audio(request: Request, token: str, download: bool = False) -> Response:
    row, _ = await _shared(request, token)
    return serve(row["path"], Kept(row["name"], row["type"], row["path"], 0), download)


@routes.get("/s/{token}/cover")
async def shared_cover(request: Request, token: str) -> Response:
    row, _ = await _shared(request, token)
    return serve(row["cover"], None)


@routes.get("/s/{token}/player")
async def shared_player(request: Request, token: str) -> Response:
    row, song = await _shared(request, token)
    return await player(web_of(request), row["path"], song.id, spoken(request))
