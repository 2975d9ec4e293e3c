"""The JSON API: a song from a sentence, for programs."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import FileResponse, PlainTextResponse, Response

from bot.adapters.web.sessions import COOKIE, Session
from bot.adapters.web.sharing import clear
from bot.adapters.web.sorry import Sorry
from bot.adapters.web.web import check_streams, counted, is_password, member_of, place_of, song_of, visitor, web_of
from bot.understanding.message import read
from storage.songs import OPEN, Song

SongId = Annotated[str, InPath(pattern=r"^[a-z0-9]{10}$", description="As POST /api/songs gave it.")]


class Sentence(BaseModel):
    en: str
    zh: str


class Mistake(BaseModel):
    """What went wrong, as one sentence a person can read."""

    error: Sentence


class Wish(BaseModel):
    """What the song should be."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: str = Field(min_length=1, max_length=8000, description="A sentence in English or Chinese.", pattern=r"\S")
    seed: int | None = Field(None, ge=0, le=2**31 - 1, description="The same wish and seed make the same song.")
    language: Literal["en", "zh"] | None = Field(None, description="Of the answers; else the language of the text.")


class Ordered(BaseModel):
    id: str
    status: str


class Stand(BaseModel):
    place: int = Field(description="1 is next; 0 is being made.")
    estimate_s: float
    stage: str
    fraction: float


class Told(BaseModel):
    """A song as it is now."""

    id: str
    status: Literal["written", "waiting", "singing", "made", "failed", "cancelled", "deleted"]
    title: str
    text: str
    seed: int
    language: str
    created: str
    parent: str
    passport_id: str
    note: Sentence | None = Field(description="What may be done with it, once it is made.")
    reason: Sentence | None = Field(description="Why it failed.")
    standing: Stand | None = Field(description="While it waits or is sung.")
    audio: str | None = Field(description="Where its sound is, once it is made.")


def caller(request: Request) -> Session:
    """Who calls: the browser's session, or a program with ``Authorization: Bearer <password>``. In a house without a
    password a program on this machine needs nothing."""
    web, session = web_of(request), visitor(request)
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if web.doored and scheme.lower() == "bearer" and is_password(request, key.strip()):
        session = Session("a91", "API")
    elif COOKIE in request.cookies and web.lets_in(session):
        pass
    elif not web.doored:
        session = Session("a91", "API")
    else:
        raise Sorry(401, "closed")
    request.state.session = session
    return session


def _answers(*codes: int) -> dict[int | str, dict[str, Any]]:
    return {code: {"model": Mistake} for code in codes}


Caller = Annotated[Session, Depends(caller)]
routes = APIRouter(prefix="/api", responses=_answers(400, 401, 403, 404, 405, 413, 421, 422, 429))


@routes.post("/songs", status_code=202, responses=_answers(415, 503))
async def order(request: Request, wish: Wish, who: Caller) -> Ordered:
    """Order a song. It is written, sung and mixed in its turn."""
    web = web_of(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Sorry(415, "json")
    if not web.posts.takes(f"api:{who.id}"):
        raise Sorry(429, "often")
    language = wish.language or read(wish.text).language
    song = await web.house.order(place_of(who), member_of(request, who), wish.text, wish.seed, language)
    web.counts["ordered"] += 1
    return Ordered(id=song.id, status=song.status)


@routes.get("/songs/{id}")
async def look(request: Request, id: SongId, who: Caller) -> Told:  # noqa: A002
    """A song as it is now."""
    return await told(request, await song_of(request, who, id))


@routes.delete("/songs/{id}", status_code=204)
async def delete(request: Request, id: SongId, who: Caller) -> Response:  # noqa: A002
    """Stop a song if it is being made, and delete it with its files."""
    song = await song_of(request, who, id)
    if song.status in OPEN:
        await web_of(request).house.cancel(song.id)
    await web_of(request).house.delete(song.id)
    await clear(web_of(request), song.id)
    return Response(status_code=204)


@routes.get(
    "/songs/{id}/audio",
    response_class=FileResponse,
    responses={200: {"content": {"audio/mpeg": {}}}, 206: {"content": {"audio/mpeg": {}}}, **_answers(404, 416)},
)
async def audio(request: Request, id: SongId, who: Caller) -> Response:  # noqa: A002
    """The sound of a song that is made, whole or in ranges."""
    song = await song_of(request, who, id)
    name = sound(song)
    path = web_of(request).house.archive.files.path(song.id, name) if name else None
    if path is None:
        raise Sorry(404, "not_made")
    return FileResponse(path, media_type="audio/mpeg", filename=name)


@routes.get(
    "/songs/{id}/events", response_class=EventSourceResponse, responses={200: {"content": {"text/event-stream": {}}}}
)
async def events(request: Request, id: SongId, who: Caller) -> Response:  # noqa: A002
    """Server-sent events: ``song`` whenever the song's record changed, ``standing`` while it waits or is sung. The
    stream ends with its final state."""
    web, song = web_of(request), await song_of(request, who, id)
    check_streams(web, who)

    async def stream() -> AsyncIterator[ServerSentEvent]:
        async for news in web.house.watch(song.id):
            if isinstance(news, Song):
                yield ServerSentEvent((await told(request, news)).model_dump_json(), event="song")
            else:
                stand = Stand(**{key: getattr(news, key) for key in Stand.model_fields})
                yield ServerSentEvent(stand.model_dump_json(), event="standing")

    return EventSourceResponse(counted(web, who, stream()), ping=20)


def sound(song: Song) -> str:
    return next((name for name in song.files if name.endswith(".mp3")), "")


async def told(request: Request, song: Song) -> Told:
    stand = await web_of(request).house.standing(song.id) if song.status in OPEN else None
    return Told(
        id=song.id,
        status=song.status,
        title=song.title,
        text=song.request.text,
        seed=song.seed,
        language=song.language,
        created=song.created,
        parent=song.parent,
        passport_id=song.passport_id,
        note=Sentence(en=song.note.en, zh=song.note.zh) if song.note else None,
        reason=Sentence(en=song.reason.en, zh=song.reason.zh) if song.reason else None,
        standing=Stand(**{key: getattr(stand, key) for key in Stand.model_fields}) if stand else None,
        audio=f"/api/songs/{song.id}/audio" if sound(song) else None,
    )


health = APIRouter()


@health.get("/healthz")
async def healthz() -> dict[str, str]:
    """Whether the house answers."""
    return {"status": "ok"}


@health.get("/metrics", response_class=PlainTextResponse, responses=_answers(401))
async def metrics(request: Request, who: Caller) -> str:  # noqa: ARG001
    """Counters in Prometheus' text format."""
    web = web_of(request)
    streams = web.streams.total()
    rows = [
        ("minstrel_web_messages_total", "counter", "Messages of the web chat.", web.counts["messages"]),
        ("minstrel_api_songs_total", "counter", "Songs ordered by the API.", web.counts["ordered"]),
        ("minstrel_web_posts_total", "counter", "Posts of the bot in the web chat.", web.counts["posts"]),
        ("minstrel_web_streams", "gauge", "Streams of talks and songs.", streams),
        ("minstrel_shared_songs", "gauge", "Songs with a link.", len(web.shares.rows)),
        ("minstrel_uptime_seconds", "gauge", "Since the start.", round(time.time() - web.started)),
    ]
    return "".join(f"# HELP {n} {says}\n# TYPE {n} {kind}\n{n} {value}\n" for n, kind, says, value in rows)
