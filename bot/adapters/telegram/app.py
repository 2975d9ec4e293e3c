"""Telegram as a surface of the house."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import ssl
import time
from collections.abc import Coroutine
from contextlib import suppress
from functools import cache
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
from telegram import LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, Defaults, Updater
from telegram.request import HTTPXRequest

from bot.adapters.base import Gone, Limits, Unreachable
from bot.adapters.telegram import menu
from bot.adapters.telegram.calls import Calls, Pace
from bot.adapters.telegram.listening import WANTED, Listener
from bot.adapters.telegram.markup import TEXT
from bot.adapters.telegram.places import SURFACE, Address, address_of, query_of
from bot.adapters.telegram.posts import Posts
from bot.adapters.telegram.words import word
from bot.conversation.message import Message
from bot.conversation.reply import Reply
from bot.house import House
from bot.settings import Settings

UPLOAD_BYTES = 50_000_000
FLOOD_RETRIES = 4
WEBHOOK_PORT = 8443
"""On the loopback interface: a web server in front of it has the certificate."""
COMPLAIN_EVERY_S = 600.0
WHISPER = "whisper:"
_log = logging.getLogger(__name__)


class TelegramSurface:
    """``async with TelegramSurface(settings, house):`` listens and posts.

    Entering never fails: what keeps Telegram away is logged in one sentence and, where that can help, tried again.
    """

    id = SURFACE
    limits = Limits(text=TEXT, upload_bytes=UPLOAD_BYTES, edit_every_s=1.5, edit_every_shared_s=4.0)
    patience_s = 5.0
    """How long entering waits for Telegram before it goes on in the background."""
    again_s = 15.0
    goodbye_s = 5.0
    """How long leaving waits for turns that are not over."""

    def __init__(
        self,
        settings: Settings,
        house: House,
        *,
        per_second: float = 30,
        per_minute_in_group: float = 20,
        webhook_port: int = WEBHOOK_PORT,
    ) -> None:
        # httpx tells every URL, and the token is part of it.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        logging.getLogger("httpcore").setLevel(logging.WARNING)
        self._settings = settings
        self._house = house
        self._webhook_port = webhook_port
        pace = Pace(per_second, 1, per_minute_in_group, 60, FLOOD_RETRIES)
        self._application = bot_builder(settings).rate_limiter(pace).build()
        self._bot = self._application.bot
        self._calls = Calls(self._moved)
        self._posts = Posts(self._bot, self._calls)
        self._listener = Listener(house, self._bot, self._calls, self._posts)
        self._listener.listen(self._application)
        self._tasks: set[asyncio.Task[None]] = set()
        self._complained: dict[str, float] = {}
        self._is_open = False

    async def __aenter__(self) -> Self:
        opening = self._in_background(self._keep_opening())
        await asyncio.wait({opening}, timeout=self.patience_s)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._is_open = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(self.goodbye_s):
                if self._updater.running:
                    await self._updater.stop()
                if self._application.running:
                    await self._application.stop()
        with suppress(TelegramError):
            await self._application.shutdown()
        await self._bot.shutdown()  # the application does it only where it came so far as to know the bot

    async def post(self, place: str, reply: Reply, answering: Message | None = None) -> str:
        where = self._reachable(place)
        query = query_of(answering.id) if answering and reply.private and where.is_shared else None
        if query and await self._listener.whisper(query, reply):
            return f"{WHISPER}{query}"
        return str(await self._posts.send(where, reply, answering))

    async def edit(self, place: str, post: str, reply: Reply) -> None:
        where = self._reachable(place)
        if not post.isdecimal():
            raise Gone("what was shown to one member cannot be edited")
        await self._posts.edit(where, int(post), reply)

    async def delete(self, place: str, post: str) -> None:
        if self._is_open and post.isdecimal():
            await self._posts.delete(address_of(place), int(post))

    async def busy(self, place: str) -> None:
        where = address_of(place)
        with suppress(Gone, Unreachable):
            await self._calls(
                self._bot.send_chat_action,
                chat_id=where.chat,
                message_thread_id=where.topic,
                action=ChatAction.RECORD_VOICE,
            )

    @property
    def _updater(self) -> Updater:
        assert self._application.updater is not None
        return self._application.updater

    def _reachable(self, place: str) -> Address:
        if not self._is_open:
            raise Unreachable("not connected to Telegram")
        return address_of(place)

    async def _keep_opening(self) -> None:
        while True:
            try:
                await self._open()
                return
            except InvalidToken:
                _log.error(word("invalid_token"))
                return
            except (BadRequest, OSError) as error:
                _log.error(word("refused").format(reason=error))
                return
            except TelegramError:
                self._complain("unreachable")
                await asyncio.sleep(self.again_s)

    async def _open(self) -> None:
        await self._application.initialize()
        if not self._application.running:
            await self._application.start()
        self._is_open = True
        self._house.open(self)
        try:
            await self._listen()
        except (TelegramError, OSError):
            self._is_open = False
            raise
        self._in_background(self._put_up_menu())

    async def _listen(self) -> None:
        url = self._settings.telegram_webhook_url
        if not url:
            await self._updater.start_polling(
                allowed_updates=WANTED, bootstrap_retries=-1, error_callback=self._polling_failed
            )
            return
        await self._updater.start_webhook(
            listen="127.0.0.1",
            port=self._webhook_port,
            url_path=urlsplit(url).path.strip("/"),
            webhook_url=url,
            secret_token=webhook_secret(self._settings),
            allowed_updates=WANTED,
        )

    async def _put_up_menu(self) -> None:
        try:
            await menu.put_up(self._bot)
        except TelegramError as error:
            _log.warning("the command menu could not be set: %s", type(error).__name__)

    def _polling_failed(self, error: TelegramError) -> None:
        self._complain("conflict" if isinstance(error, Conflict) else "unreachable")

    def _complain(self, key: str) -> None:
        """Every try fails in the same way: say so now and then only."""
        now = time.monotonic()
        if now - self._complained.get(key, -COMPLAIN_EVERY_S) >= COMPLAIN_EVERY_S:
            self._complained[key] = now
            _log.warning(word(key))

    def _moved(self, old: int, new: int) -> None:
        # In the background, because a post that finds out may itself hold the old place.
        self._in_background(self._house.moved(Address(old).place, Address(new).place))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def webhook_secret(settings: Settings) -> str:
    """The operator's, or one made from the token, which nobody else knows."""
    return settings.telegram_webhook_secret or hashlib.sha256(settings.telegram_token.encode()).hexdigest()


def bot_builder(settings: Settings) -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    """The library's application with this house's token, server and patience; nothing is connected yet."""
    builder = (
        Application.builder()
        .token(settings.telegram_token)
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .concurrent_updates(True)
        .job_queue(None)
        .request(_connection(read_timeout=20, pool_timeout=10, media_write_timeout=120))
        .get_updates_request(_connection(connection_pool_size=1))
    )
    if settings.telegram_api_url:
        server = settings.telegram_api_url.rstrip("/")
        builder = builder.base_url(f"{server}/bot").base_file_url(f"{server}/file/bot")
    return builder


def _connection(**how: Any) -> HTTPXRequest:
    return HTTPXRequest(connect_timeout=10, httpx_kwargs={"verify": _authorities()}, **how)


@cache
def _authorities() -> ssl.SSLContext:
    """Read once: every connection of its own would take a tenth of a second to read them again."""
    return httpx.create_ssl_context()
