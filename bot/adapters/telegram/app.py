"""Telegram as a surface of the house."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.adapters.base import Gone, Limits, Unreachable
from bot.adapters.telegram import menu
from bot.adapters.telegram.calls import Calls, Pace
from bot.adapters.telegram.connection import WEBHOOK_PORT, Connection
from bot.adapters.telegram.listening import Listener
from bot.adapters.telegram.markup import TEXT
from bot.adapters.telegram.places import SURFACE, Address, address_of, query_of
from bot.adapters.telegram.posts import Posts
from bot.conversation.message import Message
from bot.conversation.reply import Reply
from bot.house import House
from bot.settings import Settings

UPLOAD_BYTES = 50_000_000
FLOOD_RETRIES = 4
CONNECTIONS = 32
"""At a time. The pool looks through all of them for every request, so that more of them are slower."""
WHISPER = "whisper:"
_log = logging.getLogger(__name__)


class TelegramSurface:
    """``async with TelegramSurface(settings, house):`` listens and posts.

    Entering never fails: what keeps Telegram away is logged in one sentence and, where that can help, tried again.
    ``per_second`` and ``per_minute_in_group`` are how many messages Telegram lets a bot send.
    """

    id = SURFACE
    limits = Limits(text=TEXT, upload_bytes=UPLOAD_BYTES, edit_every_s=1.5, edit_every_shared_s=4.0)
    patience_s = 5.0
    """How long entering waits for Telegram before it goes on in the background."""

    def __init__(
        self,
        settings: Settings,
        house: House,
        *,
        per_second: float = 30,
        per_minute_in_group: float = 20,
        webhook_port: int = WEBHOOK_PORT,
    ) -> None:
        pace = Pace(per_second, 1, per_minute_in_group, 60, FLOOD_RETRIES)
        self.connection = Connection(settings, pace, webhook_port, self._opened)
        self._house = house
        self._bot = self.connection.bot
        self._calls = Calls(self._moved)
        self._posts = Posts(self._bot, self._calls)
        self._listener = Listener(house, self._bot, self._calls, self._posts)
        self._listener.listen(self.connection.application)
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        opening = self._in_background(self.connection.open())
        await asyncio.wait({opening}, timeout=self.patience_s)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.connection.close()

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
        if self.connection.is_open and post.isdecimal():
            await self._posts.delete(address_of(place), int(post))

    async def busy(self, place: str) -> None:
        with suppress(Gone, Unreachable):
            where = self._reachable(place)
            await self._calls(
                self._bot.send_chat_action,
                chat_id=where.chat,
                message_thread_id=where.topic,
                action=ChatAction.RECORD_VOICE,
            )

    def _reachable(self, place: str) -> Address:
        if not self.connection.is_open:
            raise Unreachable("not connected to Telegram")
        return address_of(place)

    def _opened(self) -> None:
        self._house.open(self)
        self._in_background(self._put_up_menu())

    async def _put_up_menu(self) -> None:
        try:
            await menu.put_up(self._bot)
        except TelegramError as error:
            _log.warning("the command menu could not be set: %s", type(error).__name__)

    def _moved(self, old: int, new: int) -> None:
        # In the background, because a post that finds out may itself hold the old place.
        self._in_background(self._house.moved(Address(old).place, Address(new).place))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
