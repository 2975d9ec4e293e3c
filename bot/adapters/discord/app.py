"""The Discord surface: one client, its commands, and everything the house posts there."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.adapters.base import Gone, Limits, Unreachable
from bot.adapters.discord import hearing
from bot.adapters.discord.answers import PATIENCE_S, Answer
from bot.adapters.discord.client import MinstrelClient
from bot.adapters.discord.posts import Post, posts
from bot.adapters.discord.rights import lacking
from bot.adapters.discord.trouble import LATE, NO_HISTORY, telling
from bot.adapters.discord.words import language_of, say
from bot.conversation.message import Message
from bot.conversation.reply import Reply
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.house import House

UPLOAD_BYTES = 10 * 1024 * 1024
MOST_ANSWERS = 2000
"""Interactions and their posts that are remembered; each is of use for a quarter of an hour."""
DOWNLOADS = 4
"""At the same time: they are held in memory."""
log = logging.getLogger(__name__)


class DiscordSurface:
    id = "discord"
    limits = Limits(text=2000, upload_bytes=UPLOAD_BYTES, edit_every_s=2.5, edit_every_shared_s=3.0)

    def __init__(self, settings: Settings, house: House) -> None:
        self.house = house
        self.client = MinstrelClient(self, settings.data / "discord-commands")
        self._token = settings.discord_token
        self._running: asyncio.Task[None] | None = None
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        """By the id of the message they answer, and by the name of every post made through them."""
        self._downloads = asyncio.Semaphore(DOWNLOADS)
        self._told: set[int] = set()

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self.client.stay(self._token))
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running

    # What members do

    async def heard(self, message: discord.Message) -> None:
        """Take a sentence, if a person wrote it and it can be read."""
        me = self.client.user
        if me is None or not hearing.is_heard(message, me.id):
            return
        if message.content or message.attachments:
            await self.house.receive(await hearing.sentence(message, me.id, self._downloads))
        elif hearing.is_addressed(message, me.id) and message.channel.id not in self._told:
            # Without the right to all messages, Discord empties an answer that does not mention the bot. People also
            # talk about a song without the bot, so it is said once in a place.
            self._told.add(message.channel.id)
            with suppress(Gone, Unreachable), telling():
                await message.reply(say("unread", None), mention_author=False)

    async def take(self, interaction: hearing.AnyInteraction, **said: Any) -> None:
        """Take a command, a pressed button or a filled form, and answer it in time."""
        answer = Answer(interaction)
        work = asyncio.create_task(self._receive(answer, hearing.interaction(interaction, self._downloads, **said)))
        language = language_of(interaction.locale)
        try:
            await asyncio.wait({work}, timeout=PATIENCE_S)
            if not work.done():
                await answer.bridge()
            await work
            await answer.close(say("noted", language))
        except discord.HTTPException as error:
            if error.code not in LATE:
                raise
            # Too late for Discord's three seconds: the reply itself found its way through the channel.
            await work

    async def _receive(self, answer: Answer, heard: Coroutine[Any, Any, Message]) -> None:
        message = await heard
        self._remember(message.id, answer)
        await self.house.receive(message)

    # What the house says

    async def post(self, place: str, reply: Reply, answering: Message | None = None) -> str:
        with telling():
            first, *more = posts(reply)
            name = await self._say(place, first, reply, answering)
            for post in more:
                await self._say(place, post, reply, answering)
            return name

    async def edit(self, place: str, post: str, reply: Reply) -> None:
        shown = {**posts(reply, edited=True)[0].shown(), "allowed_mentions": discord.AllowedMentions.none()}
        answer = self._answers.get(post)
        with telling():
            if answer and answer.fresh:
                await answer.interaction.followup.edit_message(_number(post), **shown)
            else:
                await self._channel(place).get_partial_message(_number(post)).edit(**shown)

    async def delete(self, place: str, post: str) -> None:
        answer = self._answers.get(post)
        with suppress(Gone), telling():
            if answer and answer.fresh:
                await answer.interaction.followup.delete_message(_number(post))
            else:
                await self._channel(place).get_partial_message(_number(post)).delete()

    async def busy(self, place: str) -> None:
        with suppress(Gone, Unreachable, discord.DiscordException), telling():
            await self._channel(place).typing()

    async def _say(self, place: str, post: Post, reply: Reply, answering: Message | None) -> str:
        answer = self._answers.get(answering.id) if answering else None
        if answer and answer.fresh:
            try:
                name = await answer.say(post, reply.private)
            except discord.HTTPException as error:
                if error.code not in LATE:
                    raise
            else:
                self._remember(name, answer)
                return name
        channel = self._channel(place)
        if isinstance(channel, discord.PartialMessageable | discord.DMChannel):
            return str((await channel.send(**_given(post.sent()))).id)
        if rights := lacking(channel, post):
            # Without these, Discord refuses the files, and leaves the cards out without a word.
            await channel.send(say("may_not", reply.language, permissions=", ".join(rights)))
        return await self._say_aloud(channel, post, reply, answering)

    async def _say_aloud(self, channel: Any, post: Post, reply: Reply, answering: Message | None) -> str:
        """Post where others read along: as an answer where there is a sentence to answer, else with the name of whose
        song it is. Only a finished song calls its member."""
        answered = _sentence(channel, answering)
        member = (answering.member.id if answering else await self._owner(reply)) if not answered else ""
        called = discord.Object(hearing.channel_of(member)) if member and (reply.files or answering) else None
        allowed = discord.AllowedMentions(
            everyone=False, roles=False, users=[called] if called else False, replied_user=bool(reply.files)
        )
        sent = post.sent(f"<@{called.id}> " if called else "")
        try:
            return str((await channel.send(**_given(sent), reference=answered, allowed_mentions=allowed)).id)
        except discord.HTTPException as error:
            if error.code != NO_HISTORY:
                raise
            return str((await channel.send(**_given(post.sent()), allowed_mentions=allowed)).id)

    async def _owner(self, reply: Reply) -> str:
        song = await self.house.archive.songs.get(reply.song) if reply.song else None
        return song.owner if song and song.owner.startswith(f"{self.id}:") else ""

    def _channel(self, place: str) -> Any:
        if self.client.user is None:
            raise Unreachable("not signed in")
        number = _number(place.removeprefix(f"{self.id}:"))
        return self.client.get_channel(number) or self.client.get_partial_messageable(number)

    def _remember(self, name: str, answer: Answer) -> None:
        self._answers[name] = answer
        while len(self._answers) > MOST_ANSWERS:
            self._answers.popitem(last=False)


def _number(name: str) -> int:
    if not name.isdecimal():
        raise Gone(name[:40])
    return int(name)


def _given(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in sent.items() if value is not None}


def _sentence(channel: Any, answering: Message | None) -> discord.MessageReference | None:
    number = answering.id.removeprefix("discord:") if answering else ""
    if not number.isdecimal():
        return None
    return discord.MessageReference(message_id=int(number), channel_id=channel.id, fail_if_not_exists=False)
