"""A Telegram on the loopback interface: HTTP as the Bot API speaks it, judged request by request."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from tests.stands.telegram.methods import Methods, Uploads
from tests.stands.telegram.refusal import Refusal, bad
from tests.stands.telegram.spec import judge
from tests.stands.telegram.world import Json, World

TOKEN = "4711:stand-secret"
UPDATES = 100


@dataclass
class Fault:
    """Something that goes wrong ``times`` times with one method."""

    method: str
    times: int
    refusal: Refusal | None = None
    """What is answered; None cuts the connection in the middle of the request."""


class Stand:
    """``async with Stand() as stand:`` serves the Bot API at ``stand.url`` for the bot with ``TOKEN``."""

    def __init__(self, port: int = 0, token: str = TOKEN) -> None:
        self.world = World()
        self.token = token
        self.url = ""
        self.gateway = ""
        """Where the web server before a webhook sends its requests: ``http://127.0.0.1:8443``."""
        self.violations: list[str] = []
        """Requests against the specification, or that a careful bot would not have sent."""
        self.counts: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self._port = port
        self._methods = Methods(self.world)
        self._polls = 0
        self._delivering: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=80_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/files/{name}", self._download)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._delivering:
            self._delivering.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._delivering
        await self._runner.cleanup()

    @property
    def requests(self) -> int:
        """Judged so far."""
        return self.counts.total()

    def flood(self, method: str, times: int, retry_after: int = 1) -> None:
        """Answer 429 so many times."""
        reason = f"Too Many Requests: retry after {retry_after}"
        self.faults.append(Fault(method, times, Refusal(429, reason, retry_after=retry_after)))

    def cut(self, method: str, times: int) -> None:
        """Cut the connection in the middle of the request so many times."""
        self.faults.append(Fault(method, times))

    def fail(self, method: str, times: int, refusal: Refusal) -> None:
        self.faults.append(Fault(method, times, refusal))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return web.json_response(Refusal(401, "Unauthorized").body(), status=401)
        fault = next((fault for fault in self.faults if fault.method == method and fault.times), None)
        if fault:
            fault.times -= 1
            if fault.refusal is None:
                await request.content.readany()
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
        raw, uploads = await _read(request)
        given, wrong = judge(method, raw, set(uploads))
        self.counts[method] += 1
        self.violations += wrong
        try:
            if wrong:
                raise bad("; ".join(wrong))
            if fault and fault.refusal:
                raise fault.refusal
            result = await self._do(method, given, uploads)
        except Refusal as refusal:
            if refusal.careless:
                self.violations.append(f"{method}: {refusal.reason}")
            return web.json_response(refusal.body(), status=refusal.code)
        return web.json_response({"ok": True, "result": result})

    async def _do(self, method: str, given: Json, uploads: Uploads) -> Any:
        if method == "getUpdates":
            return await self._updates(given)
        do: Callable[[Json, Uploads], Any] | None = self._methods.find(method)
        if do is None:
            raise bad(f"{method} is not served by the stand", careless=True)
        result = do(given, uploads)
        if method == "setWebhook":
            self._deliver()
        return result

    async def _updates(self, given: Json) -> list[Json]:
        """Long polling: what came before ``offset`` is taken as heard."""
        world = self.world
        if world.webhook["url"]:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        self._polls += 1
        mine = self._polls
        world.happened.set()  # wakes a poll that is waiting, to be told that it is not the only one
        world.wanted = given.get("allowed_updates", world.wanted)
        world.updates[:] = [update for update in world.updates if update["update_id"] >= given.get("offset", 0)]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(given.get("timeout", 0)):
                while not world.updates and self._polls == mine:
                    world.happened.clear()
                    await world.happened.wait()
        if self._polls != mine:
            raise Refusal(409, "Conflict: terminated by other getUpdates request")
        return world.updates[: given.get("limit", UPDATES)]

    def _deliver(self) -> None:
        if self._delivering is None or self._delivering.done():
            self._delivering = asyncio.create_task(self._keep_delivering())

    async def _keep_delivering(self) -> None:
        """Send updates to the webhook, each again until it is taken."""
        world = self.world
        async with aiohttp.ClientSession() as session:
            while world.webhook["url"]:
                if not world.updates:
                    world.happened.clear()
                    await world.happened.wait()
                    continue
                url = self.gateway + urlsplit(world.webhook["url"]).path
                headers = {"X-Telegram-Bot-Api-Secret-Token": world.webhook["secret_token"]}
                try:
                    async with session.post(url, json=world.updates[0], headers=headers) as answer:
                        if answer.ok:
                            world.updates.pop(0)
                            continue
                        world.webhook["last_error_message"] = f"Wrong response from the webhook: {answer.status}"
                except aiohttp.ClientError:
                    world.webhook["last_error_message"] = "Connection refused"
                await asyncio.sleep(0.05)

    async def _download(self, request: web.Request) -> web.Response:
        content = self.world.files.get(request.match_info["name"])
        if content is None or request.match_info["token"] != self.token:
            raise web.HTTPNotFound
        return web.Response(body=content)


async def _read(request: web.Request) -> tuple[Json, dict[str, tuple[str, str, bytes]]]:
    """Return fields as they came, and uploads by the name of their part."""
    if request.content_type == "application/json":
        return await request.json(), {}
    fields: Json = dict(request.query)
    uploads: dict[str, tuple[str, str, bytes]] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = (value.filename, value.content_type, value.file.read())
        else:
            fields[name] = value
    return fields, uploads
