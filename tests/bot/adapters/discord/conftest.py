"""The adapter alone: real discord.py in simcord's world, both judges, a real archive, and a house that says what a test
tells it to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest_asyncio
import simcord

from bot.adapters.base import Surface
from bot.adapters.discord.app import DiscordSurface
from bot.adapters.discord.client import intents
from bot.conversation.message import Message
from bot.conversation.reply import Reply
from bot.settings import Settings
from storage.archive import Archive
from tests.stands.discord.judge import Judge
from tests.stands.discord.people import apps_in
from tests.stands.discord.stand import judged

if TYPE_CHECKING:
    from bot.house import House

Script = Callable[[Message], Awaitable[None]]


class TestHouse:
    """Keeps what it received and answers with ``replies``, or does what ``script`` says."""

    __test__ = False

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.received: list[Message] = []
        self.replies: list[Reply] = [Reply("Understood.")]
        self.script: Script | None = None
        self.surfaces: list[Surface] = []

    def open(self, surface: Surface) -> None:
        self.surfaces.append(surface)

    async def receive(self, message: Message) -> None:
        self.received.append(message)
        if self.script:
            await self.script(message)
            return
        for reply in self.replies:
            await self.surfaces[-1].post(message.place.id, reply, message)


class World:
    def __init__(self, env: simcord.Env, surface: DiscordSurface, house: TestHouse, judge: Judge, folder: Path) -> None:
        self.env = env
        self.surface = surface
        self.house = house
        self.judge = judge
        self.folder = folder
        self.languages: dict[int, str] = {}
        self.excused = 0
        """Errors of discord.py that a test wants."""
        self.guild = env.create_guild("Band room")
        self.channel = self.guild.create_text_channel("songs")
        self.anna = self.guild.add_member(env.create_user("anna", global_name="Anna"))
        self.me = env.backend.bot_user.id

    @property
    def here(self) -> str:
        return f"discord:{self.channel.id}"

    def asked(self, method: str, path: str = "") -> list[Any]:
        return [log for log in self.env.http_requests if log.method == method and path in log.path]

    async def restart(self) -> None:
        self.surface = surface_of(self.folder, self.house)
        await self.env.restart_bot(self.surface.client)


def surface_of(folder: Path, house: TestHouse) -> DiscordSurface:
    return DiscordSurface(Settings(data=folder, discord_token="simcord"), cast("House", house))


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    archive = Archive(tmp_path)
    await archive.open()
    house = TestHouse(archive)
    surface = surface_of(tmp_path, house)
    languages: dict[int, str] = {}
    with judged() as judge, apps_in(languages):
        env = simcord.Env(surface.client, shard_count=1, settle_timeout=1.0, approved_intents=intents())
        await env.start()
        opened = World(env, surface, house, judge, tmp_path)
        opened.languages = languages
        await env.settle()
        yield opened
        await env.shutdown()
    await archive.close()
    if len(env.errors) > opened.excused:
        env.raise_errors()
    assert judge.violations == []
    assert judge.requests > 0
