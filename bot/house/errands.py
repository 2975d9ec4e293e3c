"""Does what a turn ordered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.adapters.base import Gone, Unreachable
from bot.conversation import news
from bot.conversation.message import Message
from bot.conversation.orders import Cancel, Check, Forget, Order, Parts, Report, SetLanguage, Sing, Write
from bot.conversation.reply import Reply
from bot.conversation.talk import Circle
from bot.delivery.following import Following
from bot.delivery.outbox import Outbox
from bot.house.writing import Writing
from bot.jobs import Jobs
from bot.logs import tell
from generation.errors import StudioError
from generation.song import from_json, to_json
from storage.archive import Archive
from storage.songs import Song, Status

BEFORE_SINGING: tuple[Status, ...] = ("written", "failed", "cancelled")
_log = logging.getLogger(__name__)


class Errands:
    """``begin`` what must be so before the answer goes out, ``finish`` the rest afterwards."""

    def __init__(
        self, archive: Archive, jobs: Jobs, outbox: Outbox, following: Following, moderators: frozenset[str]
    ) -> None:
        self._archive = archive
        self._jobs = jobs
        self._outbox = outbox
        self._following = following
        self._moderators = moderators
        self._writing = Writing(archive, jobs, following, self._say)

    async def begin(self, orders: Sequence[Order]) -> tuple[Order, ...]:
        """Keep what was ordered, so that no crash loses it. Returns the orders that are still to be finished."""
        left: list[Order] = []
        for order in orders:
            match order:
                case SetLanguage():
                    await self._archive.members.choose_language(order.member, order.language)
                    await self._archive.songs.speak(order.member, order.language)
                    continue
                case Write() if await self._archive.songs.add(replace(order.song, live="", credits=order.credits)):
                    await self._writing.keep_hummed(order)
                case Sing() if not await self._reopen(order.song):
                    continue
            left.append(order)
        return tuple(left)

    async def finish(self, order: Order, message: Message, language: str) -> None:
        """Do one order. Never raises for what can happen; the member is told in a sentence."""
        place = message.place.id
        try:
            match order:
                case Write():
                    await self.write(order, message)
                case Sing():
                    await self.sing(order.song)
                case Cancel():
                    await self.cancel(order.song)
                case Parts():
                    await self._parts(order, message, language)
                case Forget(member=member, song=""):
                    await self.forget_member(member)
                    await self._outbox.post(place, news.forgotten(None, language), message)
                case Forget():
                    song = await self.forget(order.song)
                    if song is not None:
                        await self._outbox.post(place, news.forgotten(song, language), message)
                case Report():
                    await self._report(order, message)
                case Check():
                    await self._check(order, message, language)
        except StudioError as error:
            await self._say(place, news.refused(error, language), message)
        except (Gone, Unreachable):
            _log.info("an answer could not be posted")
        except Exception as error:  # noqa: BLE001 - whatever fails, the member gets a sentence
            tell(_log, "an order could not be done", error)
            await self._say(place, news.fault(language), message)

    async def write(self, order: Write, message: Message | None = None) -> None:
        """Write a song's sheet, or write it anew, and show or sing it."""
        song = await self._writing.write(order, message)
        if song is not None and song.status == "waiting":
            await self.sing(song.id)

    async def write_on(self, song: Song) -> None:
        """Write a song that has waited for its sheet since before a restart, or never got one."""
        await self.write(await self._writing.left(song))

    async def sing(self, song_id: str) -> None:
        """Put a song in the queue; one that never got onto paper is written first."""
        song = await self._archive.songs.get(song_id)
        if song is None or song.status != "waiting":
            return
        if song.sheet is None:
            await self.write_on(song)
            return
        await self._following.follow(song)
        await self._jobs.order(song)

    async def cancel(self, song: str) -> bool:
        stopped = await self._jobs.cancel(song)
        if stopped:
            await self._following.cancelled(song)
        return stopped

    async def forget(self, song_id: str) -> Song | None:
        """Wipe a song and take its posts down. Returns it as it was, or None where there is none."""
        song = await self._archive.songs.get(song_id)
        if song is None or song.status == "deleted":
            return None
        await self._jobs.cancel(song_id)
        await self._following.drop(song_id)
        posts = await self._archive.posts.of_song(song_id)
        await self._archive.posts.forget(song_id)
        await self._archive.songs.forget(song_id)
        await asyncio.to_thread(self._archive.files.delete, song_id)
        for place, post in posts:
            await self._outbox.take_down(place, post)
        return song

    async def forget_member(self, member: str) -> None:
        for song in await self._archive.songs.ids_of(member):
            await self.forget(song)
        for place, kept in await self._archive.talks.circles():
            circle = from_json(kept, Circle)
            lines = tuple(line for line in circle.lines if line.member != member)
            left = None if circle.host == member else to_json(replace(circle, lines=lines))
            await self._archive.talks.put_circle(place, left)
        await self._archive.forget_member(member)

    async def _parts(self, order: Parts, message: Message, language: str) -> None:
        song = await self._archive.songs.get(order.song)
        if song is not None:
            await self._following.parts(song, order.wanted, language, message)

    async def _report(self, order: Report, message: Message) -> None:
        await self._archive.reports.add(order.member, order.song, order.text)
        song = await self._archive.songs.get(order.song)
        for moderator in self._moderators:
            known = await self._archive.members.get(moderator)
            if song is not None and known is not None and known.home:
                language = known.language or "en"
                await self._say(known.home, news.reported(song, message.member.name, order.text, language))

    async def _check(self, order: Check, message: Message, language: str) -> None:
        found = await self._jobs.check(order.attachment.content or b"", member=message.member.id)
        song = await self._archive.songs.of_passport(found.passport_id) if found else None
        await self._outbox.post(message.place.id, news.checked(found, song, language), message)

    async def _reopen(self, song: str) -> bool:
        return await self._archive.songs.change(
            song, only_from=BEFORE_SINGING, status="waiting", delivered=0, reason=None
        )

    async def _say(self, place: str, reply: Reply, message: Message | None = None) -> None:
        try:
            await self._outbox.post(place, reply, message)
        except (Gone, Unreachable):
            _log.info("an answer could not be posted")
