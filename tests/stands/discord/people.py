"""People with Discord open: what they see and do, alone with the bot or in a channel."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import discord
import simcord
from simcord import actors, interactions

from tests.journeys.person import Seen

LOCALES = {"en": "en-US", "zh": "zh-CN"}
ATTACHMENT_BYTES = 10 * 1024 * 1024
_ESCAPED = re.compile(r"\\([^\w\s])")


class DiscordPerson:
    def __init__(
        self, env: simcord.Env, actor: Any, channel: simcord.ChannelHandle, turn: asyncio.Lock, mention: str = ""
    ) -> None:
        self.name: str = actor.name
        self.actor = actor
        self.channel = channel
        self._env = env
        self._turn = turn
        """simcord lets one person act at a time."""
        self._mention = mention

    async def say(
        self, text: str, *, answering: Seen | None = None, file: tuple[str, str, bytes] | None = None
    ) -> None:
        files = [(file[0], file[2])] if file else []
        text = f"{self._mention} {text}".strip()
        async with self._turn:
            if self._mention:
                target = self._message(answering.post) if answering else None
                await self.actor.send(self.channel, text, reply_to=target, attachments=files)
                return
            backend = self._env.backend
            given: dict[str, Any] = {"attachments": backend.store_attachments(self.channel.id, files)}
            if answering:
                reference = {"channel_id": str(self.channel.id), "message_id": answering.post}
                given["reference"] = backend.normalize_message_reference(self.channel.id, reference)
            await self.actor.send_dm(text, **given)

    async def command(self, verb: str, text: str = "", *, file: tuple[str, str, bytes] | None = None) -> None:
        options: dict[str, Any] = {"text": text} if text else {}
        if file:
            options["file"] = (file[0], file[2])
        async with self._turn:
            where = (self.channel,) if self._mention else ()
            await self.actor.slash(*where, verb, **options)

    async def press(self, seen: Seen, verb: str, argument: str | None = None, *, answer: str = "") -> None:
        wanted = (
            data
            for _, data in seen.buttons
            if data.split(":")[0] == verb and (argument is None or data.split(":", 2)[2] == argument)
        )
        data = next(wanted, None)
        assert data is not None, f"no button {verb} {argument} among {seen.buttons}"
        async with self._turn:
            message = self._message(seen.post)
            shown = await self.actor.click(message, custom_id=_custom_id(message, data))
            if shown.modal:
                await self.actor.submit_modal(shown, {"text": answer})

    async def press_data(self, seen: Seen, data: str) -> None:
        stored = self._env.backend.get_message(self.channel.id, int(seen.post))
        async with self._turn:
            # A real app cannot press what is not there; only the wire can.
            await actors._component_interaction(self.actor, stored, {"custom_id": f"m:{data}", "component_type": 2})

    def posts(self) -> Sequence[Seen]:
        stored = sorted(self._env.backend.messages.get(self.channel.id, {}).values(), key=lambda each: each.id)
        me = self._env.backend.bot_user.id
        return [self._seen(each) for each in stored if each.author_id == me and each.visible_to(self.actor.id)]

    async def until(self, wanted: Callable[[Seen], bool], seconds: float = 30.0) -> Seen:
        end = time.monotonic() + seconds
        while True:
            found = next((seen for seen in reversed(self.posts()) if wanted(seen)), None)
            if found is not None:
                return found
            assert time.monotonic() < end, "\n".join(["nothing like that among:", *map(str, self.posts())])
            await asyncio.sleep(0.02)

    def _message(self, post: str) -> discord.Message:
        history = self.channel.history(viewer=self.actor)
        return next(message for message in history if str(message.id) == post)

    def _seen(self, stored: Any) -> Seen:
        texts = [stored.content]
        for card in stored.embeds:
            texts += [card.get("title") or "", card.get("description") or ""]
        for file in stored.attachments:
            if file["filename"].endswith(".txt"):
                texts.append((self._env.backend.cdn.get(file["url"]) or b"").decode())
        items = [item for row in stored.components for item in row.get("components", ())]
        return Seen(
            post=str(stored.id),
            text=readable("\n".join(filter(None, texts))),
            buttons=tuple((item["label"], item["custom_id"].partition(":")[2]) for item in items),
            files=tuple((file["filename"], int(file["size"])) for file in stored.attachments),
            private=bool(stored.is_ephemeral),
        )


def readable(text: str) -> str:
    """As the app shows it: without the escapes."""
    return _ESCAPED.sub(r"\1", text).replace("@\u200b", "@")


@contextmanager
def apps_in(languages: Mapping[int, str]) -> Iterator[None]:
    """Each member's app is in their language, by user id, and a file may have 10 MiB; simcord has neither setting."""
    build = interactions.base_payload

    def base_payload(backend: Any, **given: Any) -> Any:
        record, payload = build(backend, **given)
        payload["locale"] = LOCALES[languages.get(given["user_id"], "en")]
        payload["attachment_size_limit"] = ATTACHMENT_BYTES
        return record, payload

    interactions.base_payload = base_payload
    try:
        yield
    finally:
        interactions.base_payload = build


def _custom_id(message: discord.Message, data: str) -> str:
    for row in message.components:
        for item in getattr(row, "children", ()):
            custom_id = getattr(item, "custom_id", None) or ""
            if custom_id.partition(":")[2] == data:
                return str(custom_id)
    raise AssertionError(f"no button {data} any more")
