"""What every route is given: the house, the talks, and who asks."""

from __future__ import annotations

import hmac
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TypeVar, cast
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.adapters.web.connections import most_connections
from bot.adapters.web.rates import Rate, neighbourhood
from bot.adapters.web.sessions import COOKIE, LASTS_S, Session, Sessions, new_session
from bot.adapters.web.shelf import Shelf
from bot.adapters.web.sorry import Sorry, spoken
from bot.adapters.web.talks import Talks
from bot.adapters.web.words import words
from bot.conversation.message import Member, Place
from bot.house import House
from bot.settings import Settings
from storage.songs import Song

MOST_STREAMS = 12
"""Of one session."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Web:
    """One site."""

    settings: Settings
    house: House
    talks: Talks
    sessions: Sessions
    shares: Shelf
    """By token: the song that is shared, and its files."""
    invites: Shelf
    """By code: when it was made."""
    left: Shelf
    """By session id: when it was logged out; its cookie opens nothing any more."""
    posts: Rate = field(default_factory=lambda: Rate(burst=40, per_s=2))
    """Of one browser: what it sends."""
    presses: Rate = field(default_factory=lambda: Rate(burst=1, per_s=1 / 1.5))
    """Of one button: a double click is one press."""
    heard: Rate = field(default_factory=lambda: Rate(burst=1, per_s=1 / 3600))
    """Of one message: a request sent again is shown once. (The house itself never answers it again.)"""
    logins: Rate = field(default_factory=lambda: Rate(burst=5, per_s=1 / 20))
    """Of one address: wrong passwords."""
    all_logins: Rate = field(default_factory=lambda: Rate(burst=40, per_s=1 / 3))
    """Of everybody: behind a web server an address may be made up."""
    streams: Counter[str] = field(default_factory=Counter)
    """By session id: how many follow something."""
    counts: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.time)

    @property
    def doored(self) -> bool:
        return bool(self.settings.web_password)

    def lets_in(self, session: Session) -> bool:
        """Whether this session may come in; a new password closes those that came in by the old one."""
        if not self.doored:
            return True
        key = self.sessions.fingerprint(self.settings.web_password)
        return bool(session.door) and hmac.compare_digest(session.key.encode(), key.encode())


def web_of(request: Request) -> Web:
    return cast("Web", request.app.state.web)


def is_password(request: Request, given: str) -> bool:
    """Whether this is the house's password. Raises ``Sorry`` (429) where too many were wrong: then even the right one
    has to wait, or guessing would go on."""
    web = web_of(request)
    name = check_guesses(request)
    if web.doored and hmac.compare_digest(given.encode(), web.settings.web_password.encode()):
        return True
    web.logins.takes(name)
    web.all_logins.takes("")
    return False


def check_guesses(request: Request) -> str:
    """The name by which wrong guesses of whoever asks are counted. Raises ``Sorry`` (429) where none is left."""
    web, name = web_of(request), neighbourhood(request.client.host if request.client else "")
    if not (web.logins.has(name) and web.all_logins.has("")):
        raise Sorry(429, "often", {"Retry-After": "20"})
    return name


def check_streams(web: Web, session: Session) -> None:
    """Raises ``Sorry`` (429) where this session, or the house, has as many streams as it may."""
    if web.streams[session.id] >= MOST_STREAMS or web.streams.total() >= most_connections() // 2:
        raise Sorry(429, "often")


async def counted(web: Web, session: Session, stream: AsyncIterator[T]) -> AsyncIterator[T]:
    """The same stream, counted as the session's while it lasts. It ends at once where many were begun together."""
    try:
        check_streams(web, session)
    except Sorry:
        return
    web.streams[session.id] += 1
    try:
        async for part in stream:
            if session.id in web.left.rows:
                return
            yield part
    finally:
        web.streams[session.id] -= 1
        if not web.streams[session.id]:
            del web.streams[session.id]


def visitor(request: Request) -> Session:
    """The session of the cookie, or a new one that is not kept yet."""
    web = web_of(request)
    session = web.sessions.read(request.cookies.get(COOKIE, ""))
    if session is None or session.id in web.left.rows:
        session = new_session()
    request.state.session = session
    return session


def entered(request: Request) -> Session:
    """The session of somebody who may be here. Raises ``Sorry`` (401) for everybody else."""
    session = visitor(request)
    if COOKIE not in request.cookies or not web_of(request).lets_in(session):
        raise Sorry(401, "closed")
    return session


def sending(request: Request) -> Session:
    """As ``entered``, for what changes something: the page's token must come along, and not too often."""
    session = entered(request)
    if not web_of(request).posts.takes(session.id):
        raise Sorry(429, "often")
    return session


def check_token(request: Request, session: Session, given: str = "") -> None:
    """Raises ``Sorry`` (403) unless the token of the session's own pages came along."""
    given = request.headers.get("x-csrf-token", "") or given
    if not hmac.compare_digest(given.encode(), web_of(request).sessions.token(session).encode()):
        raise Sorry(403, "stale")


def keep_cookie(request: Request, response: Response, session: Session) -> None:
    web = web_of(request)
    public = urlsplit(web.settings.public_url)
    # Not on every address: the house may be visited without HTTPS at its own machine, where such a cookie is lost.
    secure = request.url.scheme == "https" or (public.scheme == "https" and request.url.hostname == public.hostname)
    value = web.sessions.cookie(session)
    response.set_cookie(COOKIE, value, max_age=LASTS_S, httponly=True, samesite="lax", secure=secure)


async def language_of(request: Request, session: Session) -> str:
    """The language of the page: what the member chose in the talk, by the switch, or in the browser."""
    known = await web_of(request).house.archive.members.get(session.place)
    return (known.language if known else "") or spoken(request)


def member_of(request: Request, session: Session) -> Member:
    language = spoken(request)
    return Member(session.place, session.name or words(language)["guest"], language)


def place_of(session: Session) -> Place:
    return Place(session.place)


async def song_of(request: Request, session: Session, song: str) -> Song:
    """A song of this session's member. Raises ``Sorry`` (404) for any other."""
    found = await web_of(request).house.archive.songs.get(song)
    if found is None or found.owner != session.place or found.status == "deleted":
        raise Sorry(404, "gone")
    return found
