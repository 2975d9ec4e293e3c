"""A song for others to hear: a link that nobody can guess, given and taken back by the song's owner."""

from __future__ import annotations

import asyncio
import secrets

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
    """Where this house is reached from outside, or else the address of it that this request came to. Never the name
    that the request called it by, which anybody may make up."""
    if web_of(request).settings.public_url:
        return web_of(request).settings.public_url.rstrip("/")
    host, port = request.scope["server"]
    return f"{request.url.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def token_of(web: Web, song: str) -> str:
    """The token a song is shared by; empty where it is not."""
    return next((token for token, row in web.shares.rows.items() if row["song"] == song), "")


async def _shared_by(web: Web, song: Song) -> str:
    """Share a song, where it is not shared yet, and return its token."""
    token = token_of(web, song.id)
    if not token:
        token = secrets.token_urlsafe(16)
        await web.shares.put(token, {"song": song.id})
    return token


async def clear(web: Web, only: str = "") -> None:
    """Drop the links of songs that are deleted (``only`` one song's), and whatever else than a song's id stands with
    a link."""
    rows = [(token, row) for token, row in web.shares.rows.items() if only in ("", row["song"])]
    for token, row in rows:
        song = await web.house.archive.songs.get(row["song"])
        if song is None or song.status == "deleted":
            await web.shares.remove(token)
        elif row.keys() != {"song"}:
            await web.shares.put(token, {"song": song.id})


def _sound(web: Web, song: Song) -> Kept | None:
    files, name = web.house.archive.files, song.file(".mp3")
    path = files.path(song.id, name) if name else None
    if path is None:
        return None
    length = song.sheet.plan.duration_s if song.sheet else 0.0
    cover = str(files.path(song.id, COVER) or "")
    return Kept(name, "audio/mpeg", str(path), path.stat().st_size, song.title, duration_s=length, cover=cover)


async def public_link(web: Web, song: Song) -> str:
    """The address at which a song can be heard from outside that no chat can carry, shared for that; empty where the
    house has no public address or the file is gone."""
    if not web.settings.public_url or await asyncio.to_thread(_sound, web, song) is None:
        return ""
    return f"{web.settings.public_url.rstrip('/')}/s/{await _shared_by(web, song)}"


@routes.post("/share")
async def share(request: Request) -> Response:
    """Share the song of a post, and show its link."""
    web, session = web_of(request), sending(request)
    form = await read_form(request, session)
    post = (await web.talks.of(session.place)).posts.get(form.get("post"))
    if post is None or post.audio is None or not post.song:
        raise Sorry(404, "not_here")
    song = await song_of(request, session, post.song)
    link = f"{address(request)}/s/{await _shared_by(web, song)}"
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


async def _shared(request: Request, token: str) -> tuple[Kept, Song]:
    web = web_of(request)
    row = web.shares.rows.get(token)
    song = await web.house.archive.songs.get(row["song"]) if row else None
    sound = await asyncio.to_thread(_sound, web, song) if song else None
    if sound is None or song is None or song.status == "deleted":
        raise Sorry(404, "gone")
    return sound, song


@routes.get("/s/{token}")
async def share_page(request: Request, token: str) -> Response:
    sound, song = await _shared(request, token)
    web = web_of(request)
    visitor(request)
    facts = {"song": song, "token": token, "sound": sound, "address": address(request), "nonce": request.state.nonce}
    facts |= {"operator": web.settings.operator}
    return page("share.html", spoken(request), request=request, **facts)


@routes.get("/s/{token}/audio")
async def shared_audio(request: Request, token: str, download: bool = False) -> Response:
    sound, _ = await _shared(request, token)
    return serve(sound.path, sound, download)


@routes.get("/s/{token}/cover")
async def shared_cover(request: Request, token: str) -> Response:
    sound, _ = await _shared(request, token)
    return serve(sound.cover, None)


@routes.get("/s/{token}/player")
async def shared_player(request: Request, token: str) -> Response:
    sound, song = await _shared(request, token)
    return await player(web_of(request), sound.path, song.id, spoken(request))
