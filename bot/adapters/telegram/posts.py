"""Posts: a reply as one or several Telegram messages, edited and taken down together."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from telegram import Bot

from bot.adapters.base import Gone, Unreachable
from bot.adapters.telegram.calls import Calls, Refused
from bot.adapters.telegram.files import as_file
from bot.adapters.telegram.keyboard import keyboard
from bot.adapters.telegram.markup import CAPTION, LONGEST, TEXT, length, parts
from bot.adapters.telegram.places import Address
from bot.adapters.telegram.writing import Sent, Writer, to
from bot.conversation.message import Message as Said
from bot.conversation.reply import Reply

REMEMBERED = 4096


class Posts:
    """Sends, edits and deletes posts. Since the start it remembers which messages belong together."""

    def __init__(self, bot: Bot, calls: Calls) -> None:
        self._bot = bot
        self._calls = calls
        self._sent: OrderedDict[tuple[int, int], Sent] = OrderedDict()
        """By chat and each of their numbers."""

    async def send(self, where: Address, reply: Reply, answering: Said | None) -> int:
        """Post a reply: all of it or, where an error is raised, nothing. Returns the number of the message with the
        buttons."""
        if length(reply) > LONGEST:
            reply = as_file(reply)
        writer = Writer(self._bot, self._calls, where, answering, reply)
        try:
            sent = await writer.write()
        except (Gone, Unreachable):
            await self._take_down(where, writer.numbers)
            raise
        self._remember(where, sent)
        return sent.main

    def main_of(self, where: Address, number: int) -> int:
        """The message with the buttons, for any message of a post."""
        sent = self._sent.get((where.chat, number))
        return sent.main if sent else number

    async def edit(self, where: Address, number: int, reply: Reply) -> None:
        """Replace text and buttons. What grew too long goes on in further messages."""
        known = self._sent.get((where.chat, number))
        sent = known or Sent(number, has_file=False)
        try:
            sent = await self._rewrite(where, sent, reply)
        except Refused as error:
            if known or not error.because("no text in the message"):
                raise
            sent = await self._rewrite(where, replace(sent, has_file=True), reply)
        self._remember(where, sent)

    async def delete(self, where: Address, number: int) -> None:
        sent = self._sent.get((where.chat, number), Sent(number, has_file=False))
        await self._take_down(where, [*sent.files, sent.main, *sent.beside])

    async def _rewrite(self, where: Address, sent: Sent, reply: Reply) -> Sent:
        texts = parts(reply, CAPTION if sent.has_file else TEXT)
        main = texts.pop(0) if sent.has_file else texts.pop()
        await self._change(where, sent.main, main, has_file=sent.has_file, reply_markup=keyboard(reply))
        for number, text in zip(sent.beside, texts, strict=False):
            await self._change(where, number, text, has_file=False)
        await self._take_down(where, sent.beside[len(texts) :])
        beside = list(sent.beside[: len(texts)])
        for text in texts[len(sent.beside) :]:
            message = await self._calls(
                self._bot.send_message,
                chat_id=where.chat,
                message_thread_id=where.topic,
                text=text,
                reply_parameters=to(sent.main),
            )
            beside.append(message.message_id)
        return replace(sent, beside=tuple(beside))

    async def _change(self, where: Address, number: int, text: str, *, has_file: bool, **arguments: Any) -> None:
        try:
            if has_file:
                await self._calls(
                    self._bot.edit_message_caption,
                    chat_id=where.chat,
                    message_id=number,
                    caption=text,
                    **arguments,
                )
            else:
                await self._calls(
                    self._bot.edit_message_text, chat_id=where.chat, message_id=number, text=text or "…", **arguments
                )
        except Refused as error:
            if not error.because("message is not modified"):
                raise

    async def _take_down(self, where: Address, numbers: Iterable[int]) -> None:
        for number in numbers:
            with suppress(Gone, Unreachable):
                await self._calls(self._bot.delete_message, chat_id=where.chat, message_id=number)

    def _remember(self, where: Address, sent: Sent) -> None:
        for number in (sent.main, *sent.beside, *sent.files):
            self._sent[where.chat, number] = sent
            self._sent.move_to_end((where.chat, number))
        while len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)
