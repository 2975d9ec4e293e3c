"""What Discord tells, as messages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

import discord

from bot.adapters.discord.words import language_of
from bot.conversation.message import Attachment, Member, Message, Place

SURFACE = "discord"
LARGEST_BYTES = 20 * 1024 * 1024
"""Of a file that is fetched; Telegram's limit as well."""
_EMOJI = re.compile(r"<a?(:\w+:)\d+>")
AnyInteraction = discord.Interaction[discord.Client]


def member_of(user: discord.abc.User, locale: discord.Locale | None = None) -> Member:
    name = "".join(letter for letter in user.display_name if letter.isprintable()).strip()[:64]
    return Member(f"{SURFACE}:{user.id}", name or user.name, language_of(locale) if locale else None)


def place_of(channel_id: int | None, guild_id: int | None) -> Place:
    return Place(f"{SURFACE}:{channel_id}", shared=guild_id is not None)


def channel_of(place: str) -> int:
    """Return the id of the channel, thread or private chat. Raises ``ValueError`` for no place of ours."""
    return int(place.removeprefix(f"{SURFACE}:"))


async def fetched(attachment: discord.Attachment, downloads: asyncio.Semaphore) -> Attachment:
    """Fetch a file, no more at a time than ``downloads`` lets; without its content where it is too big, or gone."""
    content = None
    if attachment.size <= LARGEST_BYTES:
        async with downloads:
            try:
                content = await attachment.read()
            except (discord.DiscordException, OSError, TimeoutError):
                content = None
    media_type = (attachment.content_type or "application/octet-stream").partition(";")[0].strip()
    return Attachment(attachment.filename, media_type, attachment.size, content)


def is_heard(message: discord.Message, me: int) -> bool:
    """Whether a person wrote it; posts of bots and Discord's own notices are passed over."""
    usual = message.type in (discord.MessageType.default, discord.MessageType.reply)
    return usual and not message.author.bot and message.webhook_id is None and message.author.id != me


def answered(message: discord.Message) -> discord.Message | None:
    reference = message.reference
    return reference.resolved if reference and isinstance(reference.resolved, discord.Message) else None


def is_addressed(message: discord.Message, me: int) -> bool:
    """A private chat, a mention of the bot, or an answer to a post of its own."""
    answers = answered(message)
    return (
        message.guild is None
        or any(user.id == me for user in message.mentions)
        or (answers is not None and answers.author.id == me)
    )


async def sentence(message: discord.Message, me: int, downloads: asyncio.Semaphore) -> Message:
    answers = answered(message)
    of_mine = answers is not None and answers.author.id == me
    addressed = is_addressed(message, me)
    return Message(
        f"{SURFACE}:{message.id}",
        place_of(message.channel.id, message.guild.id if message.guild else None),
        member_of(message.author),
        text=_readable(message.content, message.mentions, me),
        replied=str(answers.id) if answers and of_mine else None,
        quoted=_readable(answers.content, answers.mentions, me) if answers and not of_mine else "",
        attachment=await fetched(message.attachments[0], downloads) if addressed and message.attachments else None,
        addressed=addressed,
    )


async def interaction(
    given: AnyInteraction,
    downloads: asyncio.Semaphore,
    *,
    verb: str,
    text: str = "",
    song: str | None = None,
    argument: str = "",
    quoted: discord.Message | None = None,
    file: discord.Attachment | None = None,
) -> Message:
    me = given.client.user.id if given.client.user else given.application_id
    of_mine = quoted is not None and quoted.author.id == me
    return Message(
        f"{SURFACE}:i:{given.id}",
        place_of(given.channel_id, given.guild_id),
        member_of(given.user, given.locale),
        text=text,
        verb=verb,
        song=song or None,
        argument=argument,
        replied=str(quoted.id) if quoted and of_mine else None,
        quoted=_readable(quoted.content, quoted.mentions, me) if quoted and not of_mine else "",
        attachment=await fetched(file, downloads) if file else None,
    )


def _readable(text: str, mentioned: Sequence[discord.abc.User], me: int) -> str:
    """Members by their names, emoji by theirs, and without the name of the bot itself."""
    text = re.sub(rf"<@!?{me}>", "", text)
    for user in mentioned:
        text = re.sub(rf"<@!?{user.id}>", lambda _, name=user.display_name: f"@{name}", text)  # type: ignore[misc]
    return _EMOJI.sub(r"\1", text).strip()
