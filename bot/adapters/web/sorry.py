"""Mistakes become one sentence: JSON for programs, a page for people, a short text for parts of a page."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.adapters.web.pages import page
from bot.adapters.web.sessions import COOKIE
from bot.adapters.web.words import preferred, sorry
from generation.errors import StudioError, WishError

KEYS = {400: "odd", 401: "closed", 403: "stale", 404: "not_here", 405: "method", 413: "big", 415: "json", 429: "often"}


class Sorry(HTTPException):
    """Answer with ``status`` and the sentence called ``key`` in ``words.toml``."""

    def __init__(self, status: int, key: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, headers=headers)
        self.key = key


def spoken(request: Request) -> str:
    """The language of whoever asks."""
    session = getattr(request.state, "session", None)
    if session is None and COOKIE in request.cookies:
        session = request.app.state.web.sessions.read(request.cookies[COOKIE])
    return (session.language if session else "") or preferred(request.headers.get("accept-language", ""))


def refusal(request: Request, status: int, key: str, headers: Mapping[str, str] | None = None) -> Response:
    return _answer(request, status, sorry(key), headers)


def _answer(request: Request, status: int, error: dict[str, str], headers: Mapping[str, str] | None = None) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": error}, status, headers)
    sentence = error[spoken(request)]
    if "hx-request" in request.headers or "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(sentence, status, headers)
    return page("sentence.html", spoken(request), status, headers, request=request, sentence=sentence)


def apologise(app: FastAPI) -> None:
    """Teach ``app`` to answer every mistake in a sentence."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        key = error.key if isinstance(error, Sorry) else KEYS.get(error.status_code, "odd")
        return refusal(request, error.status_code, key, error.headers)

    @app.exception_handler(RequestValidationError)
    async def unread(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return refusal(request, 400, "odd")
        what = ".".join(str(part) for part in first["loc"][1:])[:80] or "body"
        return _answer(request, 422, sorry("unclear", what=what))

    @app.exception_handler(StudioError)
    async def unmade(request: Request, error: StudioError) -> Response:
        return _answer(request, 422 if isinstance(error, WishError) else 503, {"en": error.en, "zh": error.zh})

    @app.exception_handler(Exception)
    async def broken(request: Request, _: Exception) -> Response:
        return refusal(request, 500, "fault")
