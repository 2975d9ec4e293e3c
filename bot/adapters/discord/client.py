"""discord.py's client: who is told of what, and how it stays connected."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import aiohttp
import discord
from discord import app_commands
from discord.app_commands import Choice
from discord.backoff import ExponentialBackoff

from bot.adapters.discord import forms
from bot.adapters.discord.commands import InChinese, plant, sync_if_changed
from bot.adapters.discord.hearing import AnyInteraction
from bot.adapters.discord.songs import choices, meant
from bot.adapters.discord.words import language_of, say
from bot.logs import tell

if TYPE_CHECKING:
    from bot.adapters.discord.app import DiscordSurface

log = logging.getLogger(__name__)


def intents() -> discord.Intents:
    """None that Discord must approve: private chats, mentions and commands carry their text anyway."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class MinstrelClient(discord.AutoShardedClient):
    def __init__(self, surface: DiscordSurface, commands: Path) -> None:
        super().__init__(
            intents=intents(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self._surface = surface
        self._commands = commands
        self.refused = asyncio.Event()
        """Set once Discord will have none of the bot: then nothing more is tried."""
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )

        async def offer(asked: AnyInteraction, typed: str) -> list[Choice[str]]:
            return await choices(surface.house, asked, typed)

        async def take(asked: AnyInteraction, *, song: str | None = None, **said: Any) -> None:
            await surface.take(asked, song=await meant(surface.house, asked, song) if song else None, **said)

        plant(self.tree, take, offer)
        self.tree.error(self._missed)

    async def _missed(self, asked: AnyInteraction, error: app_commands.AppCommandError) -> None:
        tell(log, "a command failed", error.__cause__ or error)
        # A command that was changed or taken away, and that an app still shows.
        is_old = isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch)
        if is_old and not asked.response.is_done():
            await asked.response.send_message(say("old_command", language_of(asked.locale)), ephemeral=True)

    async def on_error(self, event_method: str, /, *_given: Any, **_named: Any) -> None:
        if error := sys.exc_info()[1]:
            tell(log, f"{event_method} failed", error)

    async def stay(self, token: str) -> None:
        """Sign in and stay connected until closed. What only the operator can mend is said once, and that was it."""
        async with self:
            pause: ExponentialBackoff[Literal[False]] = ExponentialBackoff()
            while not (self.is_closed() or self.refused.is_set()):
                await self._try(token, pause)

    async def _try(self, token: str, pause: ExponentialBackoff[Literal[False]]) -> None:
        try:
            await self.start(token)
        except discord.LoginFailure:
            log.error("Discord refuses DISCORD_TOKEN. Reset it in the developer portal, under Bot.")
            self.refused.set()
        except discord.ClientException as error:
            log.error("Discord ended the connection for good (%s). scripts/run doctor may know why.", error)
            self.refused.set()
        except (aiohttp.ClientError, OSError, TimeoutError, discord.HTTPException, discord.GatewayNotFound) as error:
            seconds = pause.delay()
            log.warning("Discord cannot be reached (%s); trying again in %.0f s.", type(error).__name__, seconds)
            await asyncio.sleep(seconds)

    async def setup_hook(self) -> None:
        await self.tree.set_translator(InChinese())

    async def on_ready(self) -> None:
        self._surface.house.open(self._surface)
        try:
            if await sync_if_changed(self.tree, self._commands):
                log.info("Discord knows the commands now.")
        except (discord.HTTPException, app_commands.CommandSyncFailure, OSError) as error:
            log.error("Discord did not take the commands: %s", error)

    async def on_message(self, message: discord.Message) -> None:
        await self._surface.heard(message)

    async def on_interaction(self, interaction: AnyInteraction) -> None:
        """Buttons and forms are read from their ``custom_id`` alone, so that a restart breaks none, and one that says
        nothing to us is answered too. (Commands are the tree's.)"""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        is_form = interaction.type is discord.InteractionType.modal_submit
        found = forms.pressed(interaction)
        if found is None:
            await interaction.response.send_message(say("old_button", language_of(interaction.locale)), ephemeral=True)
        elif found.asks and not is_form:
            await interaction.response.send_modal(forms.form(interaction, found))
        else:
            text = forms.written(interaction) if is_form else ""
            await self._surface.take(interaction, verb=found.verb, song=found.song, argument=found.argument, text=text)
