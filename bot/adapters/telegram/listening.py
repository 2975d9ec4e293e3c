"""Updates of the Bot API, handed on to the house."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from telegram import Bot, CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.adapters.telegram.calls import Calls
from bot.adapters.telegram.incoming import Media, member_of, place_of, read_message
from bot.adapters.telegram.keyboard import read_press
from bot.adapters.telegram.markup import units
from bot.adapters.telegram.places import Address, address_of, press_id
from bot.adapters.telegram.posts import Posts
from bot.adapters.telegram.words import word
from bot.conversation.message import Attachment, Message, Place
from bot.conversation.reply import Reply
from bot.house import House

DOWNLOAD_BYTES = 20_000_000
DOWNLOADS = 4
"""At the same time: they are held in memory."""
TURNS = 32
"""Of one chat at the same time. What comes on top goes unread: where Telegram lets a group hear of us seldom, its
answers pile up, and all chats share the places for updates in work."""
PATIENCE_S = 1.0
"""A pressed button stops glowing after this time, whether or not something is to be said beside it."""
ALERT = 200
WANTED = [Update.MESSAGE, Update.CALLBACK_QUERY]
"""Edited messages and channel posts are not asked for."""
_log = logging.getLogger(__name__)


class Listener:
    """Reads updates. Pressed buttons that are not answered yet can be answered once, with a text for one member."""

    def __init__(self, house: House, bot: Bot, calls: Calls, posts: Posts) -> None:
        self._house = house
        self._bot = bot
        self._calls = calls
        self._posts = posts
        self._pressed: set[str] = set()
        self._downloads = asyncio.Semaphore(DOWNLOADS)
        self._turns: Counter[int] = Counter()

    def listen(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, self._on_message))
        application.add_handler(CallbackQueryHandler(self._on_press))

    async def whisper(self, query: str, reply: Reply) -> bool:
        """Show a reply to who pressed the button alone. False where it is too late or too much for that."""
        if reply.buttons or reply.folded or reply.files or units(reply.text) > ALERT:
            return False
        return await self._answer(query, reply.text, alert=True)

    async def _on_message(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message is None:
            return
        if message.migrate_to_chat_id:
            self._calls.follow(message.chat.id, message.migrate_to_chat_id)
            return
        heard = read_message(message, self._bot.bot)
        if heard is None:
            return
        said = heard.said
        with self._turn(message.chat.id) as is_taken:
            if not is_taken:
                return
            if heard.media and said.attachment:
                said = replace(said, attachment=await self._fetch(heard.media, said.attachment))
            if said.replied:
                post = self._posts.main_of(place_of(message), int(said.replied))
                said = replace(said, replied=str(post))
            await self._house.receive(said)

    async def _on_press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        self._pressed.add(query.id)
        said = _read_query(query)
        if said is None:
            language = member_of(query.from_user).language or "en"
            await self._answer(query.id, word("dead_button", language), alert=False)
            return
        with self._turn(address_of(said.place.id).chat) as is_taken:
            turn = asyncio.create_task(self._house.receive(said)) if is_taken else None
            if turn:
                await asyncio.wait({turn}, timeout=PATIENCE_S)
            await self._answer(query.id, "", alert=False)
            if turn:
                await turn

    @contextmanager
    def _turn(self, chat: int) -> Iterator[bool]:
        """Count one turn of a chat; gives whether it may be taken."""
        self._turns[chat] += 1
        try:
            yield self._turns[chat] <= TURNS
        finally:
            self._turns[chat] -= 1
            if not self._turns[chat]:
                del self._turns[chat]

    async def _answer(self, query: str, text: str, *, alert: bool) -> bool:
        if query not in self._pressed:
            return False
        self._pressed.discard(query)
        try:
            return await self._bot.answer_callback_query(query, text or None, show_alert=alert)
        except TelegramError as error:
            _log.info("a button press was answered too late: %s", error.message)
            return False

    async def _fetch(self, media: Media, attachment: Attachment) -> Attachment:
        """Without content where the file is too big or Telegram does not give it."""
        if attachment.size > DOWNLOAD_BYTES:
            return attachment
        async with self._downloads:
            try:
                file = await media.get_file()
                return replace(attachment, content=bytes(await file.download_as_bytearray()))
            except TelegramError as error:
                _log.warning("a file could not be fetched: %s", type(error).__name__)
                return attachment


def _read_query(query: CallbackQuery) -> Message | None:
    press = read_press(query.data)
    if press is None or query.message is None:
        return None
    # Of a post older than two days Telegram tells the chat only.
    post = query.message
    where = place_of(post) if isinstance(post, TelegramMessage) else Address(post.chat.id)
    return Message(
        press_id(query.id),
        Place(where.place, shared=where.is_shared),
        member_of(query.from_user),
        verb=press.verb,
        song=press.song or None,
        argument=press.argument,
        replied=str(post.message_id),
    )
