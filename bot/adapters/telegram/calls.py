"""Calls of the Bot API: repeated where that helps, with the errors that the house knows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import AIORateLimiter

from bot.adapters.base import Gone, Unconfirmed, Unreachable

_log = logging.getLogger(__name__)
T = TypeVar("T")
Answer = bool | dict[str, Any] | list[dict[str, Any]]
Callback = Callable[..., Coroutine[Any, Any, Answer]]
LONGEST_WAIT = timedelta(seconds=60)


class Refused(Gone):
    """Telegram will not do it, however often it is asked."""

    def because(self, *words: str) -> bool:
        """Whether Telegram's reason holds one of these (lower case) wordings."""
        return any(wording in str(self).lower() for wording in words)


class Flooded(TelegramError):
    """Telegram wants a longer silence than anybody should wait for in place."""


class Pace(AIORateLimiter):
    """Telegram's limits on messages: so many a second, so many a minute in a group.

    What is no message goes past: a menu that was set too often must not silence the bot for an hour.
    """

    async def process_request(
        self,
        callback: Callback,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        if endpoint == "sendChatAction" or "chat_id" not in data:
            return await callback(*args, **kwargs)
        return await super().process_request(_bounded(callback), args, kwargs, endpoint, data, rate_limit_args)


class Calls:
    """``await calls(bot.send_message, chat_id=..., ...)``. A group that became a supergroup is followed."""

    pauses = (0.5, 2.0)
    """Seconds before each new try after the network failed."""

    def __init__(self, moved: Callable[[int, int], None]) -> None:
        self._moved = moved
        self._chats: dict[int, int] = {}

    def follow(self, old: int, new: int) -> None:
        """A group has a new number from now on."""
        if self._chats.get(old) != new:
            self._chats[old] = new
            self._moved(old, new)

    async def __call__(self, method: Callable[..., Awaitable[T]], *, chat_id: int, **arguments: Any) -> T:
        """Raises ``Refused``, ``Unreachable`` or ``Unconfirmed``."""
        for pause in (*self.pauses, None):
            try:
                return await self._once(method, chat_id, arguments)
            except NetworkError as error:
                # Sent and not acknowledged in time: only the house can say whether twice is better than never.
                if isinstance(error.__cause__, httpx.ReadTimeout):
                    raise Unconfirmed(str(error)) from error
                if pause is None:
                    raise Unreachable(str(error)) from error
                await asyncio.sleep(pause)
            except (RetryAfter, Flooded, Conflict, InvalidToken) as error:
                raise Unreachable(type(error).__name__) from error
            except TelegramError as error:
                raise Refused(error.message) from error
        raise AssertionError("the last try returns or raises")

    async def _once(self, method: Callable[..., Awaitable[T]], chat_id: int, arguments: dict[str, Any]) -> T:
        """Raises ``Refused`` where asking again cannot help, else what the library raises."""
        try:
            try:
                return await method(chat_id=self._chats.get(chat_id, chat_id), **arguments)
            except ChatMigrated as error:
                self.follow(chat_id, error.new_chat_id)
                return await method(chat_id=error.new_chat_id, **arguments)
        except (BadRequest, Forbidden) as error:
            _log.info("Telegram refused: %s", error.message)
            raise Refused(error.message) from error


def _bounded(callback: Callback) -> Callback:
    async def call(*args: Any, **kwargs: Any) -> Answer:
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            wait = error.retry_after
            if (wait if isinstance(wait, timedelta) else timedelta(seconds=wait)) > LONGEST_WAIT:
                raise Flooded(error.message) from error
            raise

    return call
