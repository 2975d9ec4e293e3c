"""The real adapter and the real library before a loopback Telegram, with a house that says what a test tells it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, suppress
from typing import Any, cast

import pytest
import pytest_asyncio

from bot.adapters.base import Surface
from bot.adapters.telegram.app import TelegramSurface
from bot.adapters.telegram.calls import Calls
from bot.conversation.message import Message
from bot.conversation.reply import Reply
from bot.house import House
from bot.settings import Settings
from tests.stands.telegram.people import People, posts
from tests.stands.telegram.stand import TOKEN, Stand
from tests.stands.telegram.world import Json, World


async def becomes(true: Callable[[], Any], seconds: float = 10.0) -> Any:
    """Wait until ``true()`` is, and return it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not (result := true()):
                await asyncio.sleep(0.005)
            return result
    raise AssertionError("it did not happen in time")


class ScriptedHouse:
    """Keeps what it hears, and answers with the replies of ``script`` in turn."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.script: list[Reply] = []
        self.moves: list[tuple[str, str]] = []
        self.surface: Surface | None = None
        self.slow_s = 0.0

    def open(self, surface: Surface) -> None:
        self.surface = surface

    async def receive(self, message: Message) -> None:
        self.heard.append(message)
        await asyncio.sleep(self.slow_s)
        if self.script and self.surface:
            await self.surface.post(message.place.id, self.script.pop(0), message)

    async def moved(self, old_place: str, new_place: str) -> None:
        self.moves.append((old_place, new_place))


class Scene:
    """Everything a test touches."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.house = ScriptedHouse()
        self.people = People(stand.world)
        self.anna = self.people.join("Anna")
        self._open = AsyncExitStack()

    @property
    def world(self) -> World:
        return self.stand.world

    def settings(self, **more: Any) -> Settings:
        return Settings(telegram_token=TOKEN, telegram_api_url=self.stand.url, **more)

    async def start(self, *, settings: Settings | None = None, **how: Any) -> TelegramSurface:
        surface = TelegramSurface(settings or self.settings(), cast("House", self.house), **how)
        await self._open.enter_async_context(surface)
        self.surface = surface
        return surface

    async def stop(self) -> None:
        await self._open.aclose()

    def posts(self, chat: int = 0) -> list[Json]:
        return posts(self.world, chat or self.anna)

    async def hears(self, count: int = 1) -> list[Message]:
        """Wait for so many messages in all, and return them."""
        await becomes(lambda: len(self.house.heard) >= count)
        return self.house.heard

    async def write(self, person: int, text: str = "", **more: Any) -> Message:
        """Write, and return what the house heard of it."""
        before = len(self.house.heard)
        self.people.write(person, text, **more)
        return (await self.hears(before + 1))[-1]

    async def ignores(self, do: Callable[[], Any]) -> None:
        """Do something, then write a sentence: the house hears of the sentence only."""
        before = len(self.house.heard)
        do()
        await self.write(self.anna, "the next message")
        assert [message.text for message in self.house.heard[before:]] == ["the next message"]


@pytest_asyncio.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    """A bot that listens. At the end no request broke the specification."""
    monkeypatch.setattr(Calls, "pauses", (0.01, 0.02))
    async with Stand() as stand:
        scene = Scene(stand)
        await scene.start()
        yield scene
        await scene.stop()
        assert not stand.violations, stand.violations[:5]
