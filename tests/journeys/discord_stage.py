"""Discord with a whole house behind it, in simcord's world."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import simcord

from bot.adapters.discord.app import DiscordSurface
from bot.adapters.discord.client import intents
from bot.house import House
from bot.settings import Settings
from tests.journeys.house import open_house
from tests.stands.discord.judge import Judge
from tests.stands.discord.outside import Outside
from tests.stands.discord.people import DiscordPerson, apps_in
from tests.stands.discord.stand import judged

SETTLE_S = 30.0
NAME = "Minstrel"


class DiscordStage:
    surface = "discord"

    def __init__(self, folder: Path, **settings: Any) -> None:
        self._folder = folder
        self._given = settings
        self._languages: dict[int, str] = {}
        self._turn = asyncio.Lock()
        self._judge = Judge()
        self._around = ExitStack()

    async def __aenter__(self) -> Self:
        self._judge = self._around.enter_context(judged())
        self._around.enter_context(apps_in(self._languages))
        self.house, self.outside, self.bot = await self._open()
        self.env = simcord.Env(self.bot.client, shard_count=1, settle_timeout=SETTLE_S, approved_intents=intents())
        self.env.backend.bot_user.name = NAME
        self.outside.in_world(self.env)
        await self.env.start()
        self.outside.in_world(self.env)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        try:
            await self.house.close()
            await self.env.shutdown()
            self.outside.leave()
        finally:
            self._around.close()
        if kind is None:
            self.env.raise_errors()

    async def person(self, name: str, language: str = "en") -> DiscordPerson:
        user = self._user(name, language)
        self.env.create_guild(f"{name}'s server").add_member(user)
        return DiscordPerson(self.env, user, user.dm_channel, self._turn)

    async def together(self, *names: str) -> Sequence[DiscordPerson]:
        guild = self.env.create_guild("Band room")
        channel = guild.create_text_channel("songs")
        await self.env.settle()
        mention = f"<@{self.env.backend.bot_user.id}>"
        members = [guild.add_member(self._user(name, "en")) for name in names]
        return [DiscordPerson(self.env, member, channel, self._turn, mention) for member in members]

    def speaks(self, person: DiscordPerson, language: str) -> None:
        """Set the language of somebody's app."""
        self._languages[person.actor.id] = language

    async def restart(self) -> None:
        async with self._turn:
            await self.house.close()
            self.outside.leave()
            self.house, self.outside, self.bot = await self._open()
            self.outside.in_world(self.env)
            await self.env.restart_bot(self.bot.client)
            self.outside.in_world(self.env)

    @property
    def requests(self) -> int:
        return self._judge.requests

    @property
    def violations(self) -> Sequence[str]:
        return self._judge.violations

    def _user(self, name: str, language: str) -> Any:
        user = self.env.create_user(name, global_name=name)
        self._languages[user.id] = language
        return user

    async def _open(self) -> tuple[House, Outside, DiscordSurface]:
        house = open_house(self._folder, **self._given)
        await house.start()
        outside = Outside(house)
        settings = Settings(data=self._folder / "data", discord_token="simcord")
        return house, outside, DiscordSurface(settings, cast("House", outside))
