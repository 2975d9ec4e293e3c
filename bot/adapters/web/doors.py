"""The doors of a house with a password: log in, log out, invite, join."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.adapters.web.forms import read_form
from bot.adapters.web.pages import page, render
from bot.adapters.web.sessions import COOKIE, new_session
from bot.adapters.web.sharing import address
from bot.adapters.web.sorry import Sorry, spoken
from bot.adapters.web.web import (
    check_guesses,
    is_password,
    keep_cookie,
    language_of,
    sending,
    visitor,
    web_of,
)
from bot.adapters.web.words import words

routes = APIRouter(include_in_schema=False)
INVITE_S = 30 * 24 * 3600


def _door(request: Request, kind: str, status: int = 200, problem: str = "") -> Response:
    session = visitor(request)
    facts: dict[str, Any] = {"kind": kind, "problem": problem, "token": web_of(request).sessions.token(session)}
    response = page("door.html", spoken(request), status, request=request, nonce=request.state.nonce, **facts)
    keep_cookie(request, response, session)
    return response


def _open(request: Request, by: str) -> Response:
    """Let in under a new id: whoever gave this browser its cookie before does not come along."""
    web, before = web_of(request), visitor(request)
    session = replace(new_session(), name=before.name, language=before.language)
    key = web.sessions.fingerprint(web.settings.web_password)
    response = RedirectResponse("/", 303)
    keep_cookie(request, response, replace(session, door=by, key=key))
    return response


@routes.get("/login")
async def login_page(request: Request) -> Response:
    if web_of(request).lets_in(visitor(request)):
        return RedirectResponse("/", 303)
    return _door(request, "login")


@routes.post("/login")
async def login(request: Request) -> Response:
    """Let in whoever knows the password; five tries, then one in twenty seconds."""
    form = await read_form(request, visitor(request))
    if not is_password(request, form.get("password", 1000)):
        return _door(request, "login", 403, words(spoken(request))["errors"]["wrong_password"])
    return _open(request, "password")


@routes.post("/logout")
async def logout(request: Request) -> Response:
    """Close the session for whoever has its cookie."""
    web, session = web_of(request), visitor(request)
    await read_form(request, session)
    if session.door:
        await web.left.put(session.id, time.time())
        (await web.talks.of(session.place)).busy()
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response


@routes.post("/invites")
async def invite(request: Request) -> Response:
    """A link that lets others in, made by an operator; the one before stops working."""
    web, session = web_of(request), sending(request)
    await read_form(request, session)
    if not web.doored or session.door != "password":
        raise Sorry(403, "method")
    code = secrets.token_urlsafe(16)
    await web.invites.remove(*web.invites.rows)
    await web.invites.put(code, {"at": time.time()})
    link = f"{address(request)}/join/{code}"
    return HTMLResponse(render("invited.html", await language_of(request, session), link=link))


@routes.get("/join/{code}")
async def join_page(request: Request, code: str) -> Response:
    _check(request, code)
    return _door(request, "join")


@routes.post("/join/{code}")
async def join(request: Request, code: str) -> Response:
    await read_form(request, visitor(request))
    _check(request, code)
    return _open(request, "invite")


def _check(request: Request, code: str) -> None:
    web, name = web_of(request), check_guesses(request)
    row = web.invites.rows.get(code)
    if not web.doored or row is None or time.time() - row["at"] > INVITE_S:
        web.logins.takes(name)
        raise Sorry(404, "wrong_link")
