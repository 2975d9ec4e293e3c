"""Writes one reply into a chat, as several messages where it must."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from telegram import Bot, ForceReply, InputMediaAudio, InputMediaDocument, InputMediaPhoto, Message, ReplyParameters

from bot.adapters.telegram.calls import Calls, Refused
from bot.adapters.telegram.files import Kind, batches, kind_of, played
from bot.adapters.telegram.keyboard import keyboard
from bot.adapters.telegram.markup import CAPTION, html, parts
from bot.adapters.telegram.places import Address, number_of
from bot.adapters.telegram.words import word
from bot.conversation.message import Message as Said
from bot.conversation.reply import File, Reply


@dataclass(frozen=True, slots=True)
class Sent:
    """A post as it stands in the chat, by the numbers of its messages."""

    main: int
    """The one with the buttons."""
    has_file: bool
    """Whether that one is a file with a caption."""
    beside: tuple[int, ...] = ()
    """Texts that did not fit into the main one."""
    files: tuple[int, ...] = ()
    """Files of a post that has several."""


def to(number: int) -> ReplyParameters:
    """As an answer to that message, if it is still there."""
    return ReplyParameters(number, allow_sending_without_reply=True)


class Writer:
    """Writes one reply, message after message, and knows which are out already."""

    def __init__(self, bot: Bot, calls: Calls, where: Address, answering: Said | None, reply: Reply) -> None:
        self.numbers: list[int] = []
        self._bot = bot
        self._calls = calls
        self._where = where
        self._reply = reply
        self._markup: Any = keyboard(reply)
        number = number_of(answering.id) if answering and where.is_shared else None
        self._answers = to(number) if number else None
        self._calling = ""
        if reply.asks and where.is_shared and not self._markup:
            if answering and not number and (member := answering.member.id.rpartition(":")[2]).isdecimal():
                self._calling = f'<a href="tg://user?id={member}">{html(answering.member.name)}</a>: '
            # Without it, a bot in privacy mode would not hear the answer. It opens for who is answered or named.
            self._markup = ForceReply(
                selective=bool(number or self._calling), input_field_placeholder=word("placeholder", reply.language)
            )

    async def write(self) -> Sent:
        """Files first: they fail most easily. Buttons are under the only file, else under the last text."""
        files = self._reply.files
        if len(files) == 1:
            caption, *texts = parts(self._reply, CAPTION)
            await self._file(files[0], caption, self._markup)
            main = self.numbers[0]
            self._answers = to(main)
            for text in texts:
                await self._text(text, None)
            return Sent(main, has_file=True, beside=tuple(self.numbers[1:]))
        for kind, batch in batches(files):
            if len(batch) == 1:
                await self._file(batch[0], "", None)
            else:
                await self._album(kind, batch)
        out = len(self.numbers)
        *texts, last = parts(self._reply)
        for text in texts:
            await self._text(text, None)
        await self._text(last, self._markup)
        return Sent(self.numbers[-1], False, tuple(self.numbers[out:-1]), tuple(self.numbers[:out]))

    async def _text(self, text: str, markup: Any) -> None:
        text, self._calling = f"{self._calling}{text or '…'}", ""
        await self._out(self._bot.send_message, text=text, reply_markup=markup)

    async def _file(self, file: File, caption: str, markup: Any) -> None:
        content = await asyncio.to_thread(file.read)
        shared = {"caption": caption or None, "reply_markup": markup, "filename": file.name}
        kind = kind_of(file)
        if kind == "audio":
            await self._out(self._bot.send_audio, audio=content, **shared, **played(file))
            return
        if kind == "photo":
            try:
                await self._out(self._bot.send_photo, photo=content, **shared)
                return
            except Refused as error:
                if not error.because("photo", "image"):
                    raise
        await self._out(
            self._bot.send_document,
            document=content,
            thumbnail=file.thumbnail,
            disable_content_type_detection=True,
            **shared,
        )

    async def _album(self, kind: Kind, files: list[File]) -> None:
        media: list[InputMediaAudio | InputMediaPhoto | InputMediaDocument] = []
        for file in files:
            content = await asyncio.to_thread(file.read)
            if kind == "audio":
                media.append(InputMediaAudio(content, filename=file.name, **played(file)))
            elif kind == "photo":
                media.append(InputMediaPhoto(content, filename=file.name))
            else:
                media.append(InputMediaDocument(content, filename=file.name, disable_content_type_detection=True))
        await self._out(self._bot.send_media_group, media=media)

    async def _out(self, method: Any, **arguments: Any) -> None:
        sent: Message | tuple[Message, ...] = await self._calls(
            method,
            chat_id=self._where.chat,
            message_thread_id=self._where.topic,
            reply_parameters=self._answers,
            **arguments,
        )
        self.numbers += [message.message_id for message in (sent if isinstance(sent, tuple) else (sent,))]
        self._answers = None
