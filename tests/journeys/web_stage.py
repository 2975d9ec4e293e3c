"""The web chat with a whole house behind it, spoken to over real HTTP as a browser does."""

from __future__ import annotations

import asyncio
import contextlib
import re
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import httpx

from bot.adapters.web.app import WebSurface
from bot.house import House
from tests.journeys.house import open_house
from tests.journeys.person import Seen
from tests.journeys.web_page import Page

NEEDED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "microphone=(self)",
    "content-security-policy": "script-src 'self';",
}
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|(?:\ssrc|<link[^>]+href)=\"(?:https?:)?//", re.IGNORECASE
)


class WebPerson:
    """Somebody with a browser: one cookie, one page, one stream."""

    def __init__(self, stage: WebStage, name: str, language: str) -> None:
        self.name = name
        self._stage = stage
        self._headers = {"Accept-Language": language, "Accept": "text/html"}
        self._client = httpx.AsyncClient(headers=self._headers, timeout=60, event_hooks={"response": [stage.check]})
        self._seen: dict[str, Seen] = {}
        self._changed = asyncio.Condition()
        self._last = "0"
        self._token = ""
        self._stream: asyncio.Task[None] | None = None

    async def open(self) -> WebPerson:
        page = Page((await self._client.get(self._stage.url + "/")).text)
        self._token, self._last = page.token, str(page.revision)
        await self._send("/name", {"name": self.name})
        self._stream = asyncio.create_task(self._listen())
        return self

    async def close(self) -> None:
        if self._stream:
            self._stream.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._stream
        await self._client.aclose()

    async def _listen(self) -> None:
        while True:
            with contextlib.suppress(httpx.HTTPError):
                url, headers = f"{self._stage.url}/events", {"Last-Event-ID": self._last}
                async with self._client.stream("GET", url, headers=headers) as answer:
                    await self._read(answer)
            await asyncio.sleep(0.05)

    async def _read(self, answer: httpx.Response) -> None:
        event: dict[str, str] = {}
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if line:
                event[name] = event[name] + "\n" + value if name in event else value
                continue
            await self._take(event)
            event = {}

    async def _take(self, event: dict[str, str]) -> None:
        self._last = event.get("id", self._last)
        async with self._changed:
            if event.get("event") == "post":
                self._stage.read(event["data"])
                self._seen |= Page(event["data"]).seen
            elif event.get("event") == "gone":
                self._seen.pop(event["data"], None)
            self._changed.notify_all()

    async def _send(self, path: str, fields: dict[str, str], file: tuple[str, str, bytes] | None = None) -> None:
        fields = fields | {"token": self._token, "id": str(uuid.uuid4())}
        files = {"file": (file[0], file[2], file[1])} if file else {"file": ("", b"", "application/octet-stream")}
        await self._client.post(self._stage.url + path, data=fields, files=files, headers={"HX-Request": "true"})

    async def say(
        self, text: str, *, answering: Seen | None = None, file: tuple[str, str, bytes] | None = None
    ) -> None:
        await self._send("/say", {"text": text, "replied": answering.post if answering else ""}, file)

    async def command(self, verb: str, text: str = "", *, file: tuple[str, str, bytes] | None = None) -> None:
        await self._send("/say", {"text": f"/{verb} {text}".strip()}, file)

    async def press(self, seen: Seen, verb: str, argument: str | None = None, *, answer: str = "") -> None:
        for _, data in seen.buttons:
            named, _, rest = data.partition(":")
            if named == verb and argument in (None, rest.partition(":")[2]):
                await self._send("/press", {"post": seen.post, "data": data, "text": answer})
                return
        raise AssertionError(f"no button {verb} {argument} on {seen}")

    async def press_data(self, seen: Seen, data: str) -> None:
        await self._send("/press", {"post": seen.post, "data": data})

    def posts(self) -> Sequence[Seen]:
        return [self._seen[name] for name in sorted(self._seen)]

    async def until(self, wanted: Callable[[Seen], bool], seconds: float = 30.0) -> Seen:
        def found() -> Seen | None:
            return next((seen for seen in reversed(self.posts()) if wanted(seen)), None)

        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: found() is not None)
        except TimeoutError:
            raise AssertionError("not seen; there is:\n" + "\n".join(map(str, self.posts()))) from None
        seen = found()
        assert seen
        return seen


class WebStage:
    """``async with`` it. Every answer is checked: no fault of ours, all security headers, nothing that the page's own
    content policy would refuse."""

    surface = "web"

    def __init__(self, tmp_path: Path, **settings: str) -> None:
        self._folder = tmp_path
        self._given = settings
        self._people: list[WebPerson] = []
        self._port = 0
        self.url = ""
        self.requests = 0
        self.violations: list[str] = []
        self.house: House
        self.surface_open: WebSurface

    async def __aenter__(self) -> WebStage:
        self.house = open_house(self._folder, web_port=self._port, **self._given)
        await self.house.start()
        self.surface_open = await WebSurface(self.house.settings, self.house).__aenter__()
        self.url = self.surface_open.url
        self._port = int(self.url.rpartition(":")[2])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for person in self._people:
            await person.close()
        await self._close()

    async def _close(self) -> None:
        await self.surface_open.__aexit__(None, None, None)
        await self.house.close()

    async def person(self, name: str, language: str = "en") -> WebPerson:
        person = await WebPerson(self, name, language).open()
        self._people.append(person)
        return person

    async def together(self, *names: str) -> Sequence[WebPerson]:
        raise NotImplementedError("a browser is one person")

    async def restart(self) -> None:
        await self._close()
        await self.__aenter__()

    async def check(self, answer: httpx.Response) -> None:
        """Judge one answer of the house."""
        self.requests += 1
        where = f"{answer.request.method} {answer.request.url.path}: "
        if answer.status_code >= 500:
            self.violations.append(f"{where}{answer.status_code}")
        for name, part in NEEDED.items():
            if part not in answer.headers.get(name, ""):
                self.violations.append(f"{where}{name} is {answer.headers.get(name)!r}")
        if answer.headers.get("content-type", "").startswith("text/html"):
            await answer.aread()
            self.read(answer.text, where)

    def read(self, html: str, where: str = "event: ") -> None:
        """Judge markup by the content policy: no script or style within, nothing from elsewhere."""
        found = INLINE.search(html)
        if found:
            self.violations.append(f"{where}{html[max(0, found.start() - 40) : found.end() + 40]!r}")
