"""Telegram with a whole house behind it: the real library over HTTP against the stand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.adapters.telegram.app import TelegramSurface
from bot.house import House
from bot.settings import Settings
from tests.journeys.house import open_house
from tests.journeys.person import Seen
from tests.stands.telegram.people import People
from tests.stands.telegram.stand import TOKEN, Stand
from tests.stands.telegram.world import USERNAME, Json, World

QUESTION_S = 5.0
FILES = ("audio", "document", "photo")


class TelegramStage:
    surface = "telegram"

    def __init__(self, folder: Path, **settings: Any) -> None:
        self._folder = folder
        self._given = settings
        self._stand = Stand()
        self._people = People(self._stand.world)
        self._around = AsyncExitStack()
        self._bot = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._around.enter_async_context(self._stand)
        await self._start()
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._bot.aclose()
        await self._around.aclose()

    async def person(self, name: str, language: str = "en") -> TelegramPerson:
        number = self._people.join(name, language)
        return TelegramPerson(self._stand.world, self._people, name, number, number)

    async def together(self, *names: str) -> Sequence[TelegramPerson]:
        numbers = [self._people.join(name) for name in names]
        group = self._people.group(*numbers)
        return [
            TelegramPerson(self._stand.world, self._people, name, number, group)
            for name, number in zip(names, numbers, strict=True)
        ]

    async def restart(self) -> None:
        await self._bot.aclose()
        await self._start()

    @property
    def requests(self) -> int:
        return self._stand.requests

    @property
    def violations(self) -> Sequence[str]:
        return self._stand.violations

    async def _start(self) -> None:
        settings = Settings(telegram_token=TOKEN, telegram_api_url=self._stand.url)
        house: House = open_house(self._folder, **self._given)
        await house.start()
        # The pace of real groups has tests of its own.
        surface = TelegramSurface(settings, house, per_minute_in_group=600)
        await self._bot.enter_async_context(surface)
        self._bot.push_async_callback(house.close)


class TelegramPerson:
    def __init__(self, world: World, people: People, name: str, number: int, chat: int) -> None:
        self.name = name
        self._world = world
        self._people = people
        self._number = number
        self._chat = chat
        self._changed = asyncio.Event()
        world.watchers.append(lambda *_: self._changed.set())

    async def say(
        self, text: str, *, answering: Seen | None = None, file: tuple[str, str, bytes] | None = None
    ) -> None:
        called = f"@{USERNAME} {text}" if self._is_shared and answering is None else text
        answered = int(answering.post) if answering else 0
        self._people.write(self._number, called, chat=self._chat, answering=answered, file=file)

    async def command(self, verb: str, text: str = "", *, file: tuple[str, str, bytes] | None = None) -> None:
        command = f"/{verb}@{USERNAME}" if self._is_shared else f"/{verb}"
        self._people.write(self._number, f"{command} {text}".strip(), chat=self._chat, file=file)

    async def press(self, seen: Seen, verb: str, argument: str | None = None, *, answer: str = "") -> None:
        fitting = [data for _, data in seen.buttons if _fits(data, verb, argument)]
        assert fitting, f"no button {verb} {argument or ''} under {seen}"
        before = {post.post for post in self.posts()}
        await self.press_data(seen, fitting[0])
        if answer:
            question = await self.until(lambda post: post.post not in before and not post.files, QUESTION_S)
            await self.say(answer, answering=seen if question.private else question)

    async def press_data(self, seen: Seen, data: str) -> None:
        self._people.press(self._number, int(seen.post), data, self._chat)

    def posts(self) -> Sequence[Seen]:
        own = [message for message in self._world.chats[self._chat].messages.values() if message["from"]["is_bot"]]
        further = [message for message in own if _goes_on(message)]
        seen = [
            (message["_moment"], _seen(message, [more for more in further if _goes_on(more) == message["message_id"]]))
            for message in own
            if message not in further
        ]
        seen += [
            (alert.moment, Seen(f"alert {alert.moment}", alert.text, private=True))
            for alert in self._world.alerts
            if (alert.person, alert.chat) == (self._number, self._chat)
        ]
        return [post for _, post in sorted(seen, key=lambda one: one[0])]

    async def until(self, wanted: Callable[[Seen], bool], seconds: float = 30.0) -> Seen:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    self._changed.clear()
                    for seen in reversed(self.posts()):
                        if wanted(seen):
                            return seen
                    await self._changed.wait()
        raise AssertionError(f"{self.name} waited in vain; posts: {list(self.posts())}")

    @property
    def _is_shared(self) -> bool:
        return self._chat < 0


def _fits(data: str, verb: str, argument: str | None) -> bool:
    said, _, given = data.split(":", 2)
    return said == verb and argument in {None, given}


def _goes_on(message: Json) -> int:
    """The number of the post that a message continues: what did not fit is an answer to it."""
    answered: Json = message.get("reply_to_message", {})
    return int(answered["message_id"]) if answered.get("from", {}).get("is_bot") else 0


def _seen(message: Json, further: list[Json]) -> Seen:
    texts = [message.get("text") or message.get("caption") or "", *(more["text"] for more in further)]
    keys = [key for row in message.get("reply_markup", {}).get("inline_keyboard", []) for key in row]
    media: list[Any] = [message[kind][0] if kind == "photo" else message[kind] for kind in FILES if kind in message]
    return Seen(
        str(message["message_id"]),
        "\n".join(texts),
        tuple((key["text"], key["callback_data"]) for key in keys),
        tuple((file.get("file_name", "photo.png"), file["file_size"]) for file in media),
    )
