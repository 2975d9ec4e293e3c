"""What stands before every request: whose address it came to, from which page, how big, how often."""

from __future__ import annotations

import ipaddress
import re
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.adapters.web.rates import LOOPBACK, Rate, neighbourhood
from bot.adapters.web.sorry import Sorry, refusal

BODY_BYTES = 21 * 2**20
SAFE = {"GET", "HEAD", "OPTIONS"}
ELSEWHERE = ("/s/", "/static/", "/healthz")
"""What the public address shows of a house without a door: shared songs."""
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
"""What a web server in front adds: whoever asks is not at this machine."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=()",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Guard:
    """ASGI middleware. ``public`` is the house's public address, ``doored`` whether it has a password.

    A page elsewhere must neither reach this house by a name that points here (DNS rebinding: only known hosts and
    plain addresses are answered) nor send its visitor's requests here (cross-site forgery: the origin must be ours).
    """

    def __init__(self, app: ASGIApp, host: str, public: str, doored: bool) -> None:
        self._app = app
        self._public = (urlsplit(public).hostname or "").lower()
        self._hosts = {"localhost", host.lower()}
        self._doored = doored
        self._knocks = Rate(burst=400, per_s=60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(12)
        scope.setdefault("state", {})["nonce"] = nonce
        headers = Headers(scope=scope)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                fields = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    fields.setdefault(name, value)
                fields["Content-Security-Policy"] = POLICY.format(nonce=nonce)
                fields.setdefault("Cache-Control", "no-cache" if scope["path"].startswith("/static/") else "no-store")
            await send(message)

        taken = 0

        async def take() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > BODY_BYTES:
                raise Sorry(413, "big")
            return message

        refused = self._refused(scope, headers)
        if refused is not None and refused.status_code == 413:
            await _drain(receive)
        await (refused or self._app)(scope, take, answer)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        request = Request(scope)
        if not self._known(headers.get("host", ""), scope["path"]):
            return refusal(request, 421, "host")
        if not self._doored and any(name in headers for name in FORWARDED) and not scope["path"].startswith(ELSEWHERE):
            return refusal(request, 421, "host")
        client = neighbourhood((scope.get("client") or ("", 0))[0])
        if client not in LOOPBACK and not self._knocks.takes(client):
            return refusal(request, 429, "often", {"Retry-After": "2"})
        if not re.fullmatch(r"[0-9]{1,15}", headers.get("content-length", "0")):
            return refusal(request, 400, "odd")
        if int(headers.get("content-length", "0")) > BODY_BYTES:
            return refusal(request, 413, "big", {"Connection": "close"})
        origin = headers.get("origin", "")
        if scope["method"] not in SAFE and (
            (origin and urlsplit(origin).netloc.lower() != headers["host"].lower())
            or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        ):
            return refusal(request, 403, "stale")
        return None

    def _known(self, host: str, path: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        if name in self._hosts:
            return True
        if name and name == self._public:
            return self._doored or path.startswith(ELSEWHERE)
        try:
            return self._doored or ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False


async def _drain(receive: Receive) -> None:
    """Let what is too big arrive and drop it: a browser reads no answer before it has sent everything."""
    taken = 0
    while taken < 4 * BODY_BYTES:
        message = await receive()
        taken += len(message.get("body", b""))
        if not message.get("more_body"):
            return
