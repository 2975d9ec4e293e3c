"""One interaction being answered: a sign within three seconds, and then by its token for a quarter of an hour.

Discord, "Receiving and Responding": the first response within 3 s, the token lives 15 min, and what the first response
was decides who sees it. So the conversation gets a moment to speak first; only then is its silence bridged.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import discord

from bot.adapters.discord.posts import Post

PATIENCE_S = 1.5
BETWEEN = "…"
FRESH = timedelta(minutes=14)


class Answer:
    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self.interaction = interaction
        self._turn = asyncio.Lock()
        self._said = False
        self._thinking = False
        self._command = interaction.type is discord.InteractionType.application_command

    @property
    def fresh(self) -> bool:
        return discord.utils.utcnow() - self.interaction.created_at < FRESH

    async def say(self, post: Post, private: bool) -> str:
        """Show a post and return its id. Raises what discord.py raises."""
        async with self._turn:
            message = await self._say(post, private)
            self._said = True
            return str(message)

    async def _say(self, post: Post, private: bool) -> int:
        interaction, quiet = self.interaction, discord.AllowedMentions.none()
        sent = {key: value for key, value in post.sent().items() if value is not None}
        if not interaction.response.is_done():
            shown = await interaction.response.send_message(**sent, ephemeral=private, allowed_mentions=quiet)
            return shown.message_id or (await interaction.original_response()).id
        if self._thinking and not private:
            self._thinking = False
            sent["attachments"] = sent.pop("files")
            return (await interaction.edit_original_response(**sent, allowed_mentions=quiet)).id
        if self._thinking:
            # Everyone sees the sign already, and what follows it first takes its place: a word in between frees it.
            self._thinking = False
            await interaction.edit_original_response(content=BETWEEN)
            name = (await interaction.followup.send(**sent, ephemeral=True, allowed_mentions=quiet, wait=True)).id
            await interaction.delete_original_response()
            return name
        return (await interaction.followup.send(**sent, ephemeral=private, allowed_mentions=quiet, wait=True)).id

    async def bridge(self) -> None:
        """Show that an answer is on its way, if there was none yet."""
        async with self._turn:
            if not self.interaction.response.is_done():
                await self.interaction.response.defer(thinking=self._command)
                self._thinking = self._command

    async def close(self, noted: str) -> None:
        """The conversation had its say: a command that got no word gets ``noted``, a pressed button stops waiting."""
        if self._said:
            return
        if self._command:
            await self.say(Post(noted), private=True)
        else:
            await self.bridge()
