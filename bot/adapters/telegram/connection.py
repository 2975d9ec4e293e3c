"""The bot's connection: polling or a webhook, kept up, with one clear sentence where it cannot be."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, BaseRateLimiter, Defaults, Updater
from telegram.request import HTTPXRequest

from bot.adapters.telegram.listening import WANTED
from bot.adapters.telegram.transport import transport
from bot.adapters.telegram.words import word
from bot.settings import Settings

WEBHOOK_PORT = 8443
"""On the loopback interface: a web server in front of it has the certificate."""
COMPLAIN_EVERY_S = 600.0
UPDATES = 2048
"""In work at the same time; nearly all of them wait for Telegram to take an answer. One chat has 32 at most."""
_log = logging.getLogger(__name__)


class Connection:
    """From the first ``getMe`` to the last update. ``opened`` is called once the bot can post."""

    again_s = 15.0
    """Between two tries to reach Telegram."""
    goodbye_s = 5.0
    """How long leaving waits for turns that are not over."""

    def __init__(
        self, settings: Settings, pace: BaseRateLimiter[Any], webhook_port: int, opened: Callable[[], None]
    ) -> None:
        # httpx tells every URL, and the token is part of it.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        logging.getLogger("httpcore").setLevel(logging.WARNING)
        self.application: Application[Any, Any, Any, Any, Any, Any] = bot_builder(settings).rate_limiter(pace).build()
        self.bot = self.application.bot
        self.is_open = False
        self._settings = settings
        self._webhook_port = webhook_port
        self._opened = opened
        self._complained: dict[str, float] = {}

    async def open(self) -> None:
        """Return when it listens, or when trying again cannot help. Never raises."""
        if not is_token(self._settings.telegram_token):
            _log.error(word("invalid_token"))
            return
        while True:
            try:
                await self._try()
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

    async def _try(self) -> None:
        await self.application.initialize()
        if not self.application.running:
            await self.application.start()
        self.is_open = True
        self._opened()
        try:
            await self._listen()
        except (TelegramError, OSError):
            self.is_open = False
            raise

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

    async def close(self) -> None:
        self.is_open = False
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(self.goodbye_s):
                if self._updater.running:
                    await self._updater.stop()
                if self.application.running:
                    await self.application.stop()
        with suppress(TelegramError):
            await self.application.shutdown()
        await self.bot.shutdown()  # the application does it only where it came so far as to know the bot

    @property
    def _updater(self) -> Updater:
        assert self.application.updater is not None
        return self.application.updater

    def _polling_failed(self, error: TelegramError) -> None:
        self._complain("conflict" if isinstance(error, Conflict) else "unreachable")

    def _complain(self, key: str) -> None:
        """Every try fails in the same way: say so now and then only."""
        now = time.monotonic()
        if now - self._complained.get(key, -COMPLAIN_EVERY_S) >= COMPLAIN_EVERY_S:
            self._complained[key] = now
            _log.warning(word(key))


def is_token(text: str) -> bool:
    """Whether it looks like one: other characters would make another URL of it."""
    return re.fullmatch(r"\d+:[A-Za-z0-9_-]+", text) is not None


def webhook_secret(settings: Settings) -> str:
    """The operator's, or one made from the token, which nobody else knows."""
    return settings.telegram_webhook_secret or hashlib.sha256(settings.telegram_token.encode()).hexdigest()


def bot_builder(settings: Settings) -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    """The library's application with this house's token, server and patience; nothing is connected yet."""
    builder = (
        Application.builder()
        .token(settings.telegram_token)
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .concurrent_updates(UPDATES)
        .job_queue(None)
        .request(_connection(read_timeout=20, pool_timeout=10, media_write_timeout=120))
        .get_updates_request(_connection(connection_pool_size=2, pool_timeout=10))
    )
    if settings.telegram_api_url:
        server = settings.telegram_api_url.rstrip("/")
        builder = builder.base_url(f"{server}/bot").base_file_url(f"{server}/file/bot")
    return builder


def _connection(**how: Any) -> HTTPXRequest:
    client = {
        "verify": _authorities(),
        "trust_env": _can_use_environment(),
        "transport": transport(_authorities()),
    }
    return HTTPXRequest(connect_timeout=10, httpx_kwargs=client, **how)


@cache
def _authorities() -> ssl.SSLContext:
    """Read once: every connection of its own would take a tenth of a second to read them again."""
    return httpx.create_ssl_context()


@cache
def _can_use_environment() -> bool:
    """False where it names a SOCKS proxy and the package for those is missing."""
    try:
        httpx.AsyncClient(verify=_authorities())
    except ImportError:
        _log.warning(word("socks"))
        return False
    return True
