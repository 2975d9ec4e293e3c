"""The web chat as a surface of the house: it serves itself, keeps the posts, and tells browsers of them."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import secrets
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType

import uvicorn

from bot.adapters.base import Gone, Limits
from bot.adapters.web.connections import AT_ONCE, WAITING, Connection, raise_descriptors, seldom
from bot.adapters.web.posts import Kept, Post, worded
from bot.adapters.web.rates import LOOPBACK
from bot.adapters.web.sessions import Sessions
from bot.adapters.web.sharing import clear, public_link
from bot.adapters.web.shelf import Shelf, private, private_folder
from bot.adapters.web.site import site
from bot.adapters.web.talks import Talks
from bot.adapters.web.web import Web
from bot.conversation.message import Message
from bot.conversation.reply import File, Reply
from bot.errors import UsageError
from bot.house import House
from bot.settings import Settings

SHORTEST_PASSWORD = 8


class WebSurface:
    """``async with`` it: within, the chat is served on ``url``."""

    id = "web"
    limits = Limits(text=100_000, upload_bytes=2 * 2**30, edit_every_s=0.5, edit_every_shared_s=0.5)

    def __init__(self, settings: Settings, house: House) -> None:
        """Raises ``UsageError`` where the chat would be open to a network without a password, or its password is
        soon guessed."""
        if not settings.web_password and not _this_machine(settings.web_host):
            raise UsageError(
                f"The web chat may only be opened to {settings.web_host} with MINSTREL_WEB_PASSWORD set.",
                f"要让网页聊天对 {settings.web_host} 开放，请先设置 MINSTREL_WEB_PASSWORD。",
            )
        if 0 < len(settings.web_password) < SHORTEST_PASSWORD:
            raise UsageError(
                f"MINSTREL_WEB_PASSWORD is too short: please choose at least {SHORTEST_PASSWORD} characters.",
                f"MINSTREL_WEB_PASSWORD 太短，请至少用 {SHORTEST_PASSWORD} 个字符。",
            )
        self._settings = settings
        self._house = house
        self._folder = settings.data / "web"
        self._quiet = contextlib.ExitStack()
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self.url = ""

    async def __aenter__(self) -> WebSurface:
        """Raises ``UsageError`` where the port is taken, ``OSError`` where the data folder cannot be written."""
        settings, folder = self._settings, self._folder
        listening = _listen(settings.web_host, settings.web_port)
        raise_descriptors()
        await asyncio.to_thread(_close_to_others, folder)
        self.talks = Talks(folder / "talks")
        sessions = await asyncio.to_thread(Sessions, folder / "secret")
        shares, invites, left = (Shelf(folder / f"{name}.json") for name in ("shares", "invites", "left"))
        self.web = Web(settings, self._house, self.talks, sessions, shares, invites, left)
        await clear(self.web)
        if settings.public_url:
            self._house.link = partial(public_link, self.web)
        config = uvicorn.Config(
            site(self.web),
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=3,
            ws="none",
            http=Connection,
            backlog=AT_ONCE,
            forwarded_allow_ips=list(LOOPBACK),
        )
        self._server = _Server(config)
        self._quiet.enter_context(seldom())
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        ready = asyncio.create_task(self._server.ready.wait())
        await asyncio.wait({self._serving, ready}, return_when=asyncio.FIRST_COMPLETED)
        host, port = listening.getsockname()[:2]
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{port}"
        self._house.open(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.talks.close()
        if self._server and self._serving:
            self._server.should_exit = True
            await self._serving
        self._quiet.close()

    async def post(self, place: str, reply: Reply, answering: Message | None = None) -> str:  # noqa: ARG002
        talk = await self.talks.of(place)
        now = datetime.now(UTC)
        name = f"{int(now.timestamp() * 1000):013d}-{secrets.token_hex(3)}"
        kept = await asyncio.to_thread(_keep, talk.folder / "files", name, reply.files)
        blank = Post(name, "bot", now.isoformat(timespec="seconds"), "", files=kept)
        await talk.put(worded(blank, reply))
        self.web.counts["posts"] += 1
        return name

    async def edit(self, place: str, post: str, reply: Reply) -> None:
        talk = await self.talks.of(place)
        if post not in talk.posts:
            raise Gone
        changed = worded(talk.posts[post], reply)
        if changed != talk.posts[post]:
            await talk.put(changed)

    async def delete(self, place: str, post: str) -> None:
        talk = await self.talks.of(place)
        song = talk.posts[post].song if post in talk.posts else ""
        await talk.remove(post)
        if song:
            await clear(self.web, song)

    async def busy(self, place: str) -> None:
        (await self.talks.of(place)).busy()


class _Server(uvicorn.Server):
    """A server inside a loop that is not its own: signals are the house's business."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or []:
            listening.listen(WAITING)
        self.ready.set()


def _this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    plain = host.strip("[]")
    try:
        family = socket.AF_INET6 if ":" in plain else socket.AF_INET
        return socket.create_server((plain, port), family=family, backlog=512)
    except OSError as error:
        raise UsageError(
            f"The web chat cannot listen on {host}:{port} ({error.strerror}). Set MINSTREL_WEB_PORT to another port.",
            f"网页聊天无法使用 {host}:{port}（{error.strerror}）。请把 MINSTREL_WEB_PORT 设为其他端口。",
        ) from None


def _close_to_others(folder: Path) -> None:
    private_folder(folder)
    folder.chmod(0o700)


def _keep(folder: Path, post: str, files: tuple[File, ...]) -> tuple[Kept, ...]:
    """Files of the house stay where they are; what exists only in memory is written beside the talk."""
    kept = []
    for number, file in enumerate(files):
        path = file.path.resolve() if file.path else _write(folder / f"{post}-{number}", file.content or b"")
        cover = str(_write(folder / f"{post}-{number}.jpg", file.thumbnail)) if file.thumbnail else ""
        words = (file.title, file.performer, file.duration_s)
        kept.append(Kept(file.name, file.media_type, str(path), file.size, *words, cover))
    return tuple(kept)


def _write(path: Path, content: bytes) -> Path:
    private_folder(path.parent)
    with open(path, "wb", opener=private) as file:
        file.write(content)
    return path.resolve()
