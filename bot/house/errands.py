"""Does what a turn ordered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from weakref import WeakValueDictionary

import cattrs

from bot.adapters.base import Gone, Unreachable
from bot.conversation import news
from bot.conversation.message import Attachment, Message
from bot.conversation.orders import Cancel, Check, Forget, Order, Parts, Report, SetLanguage, Sing, Write
from bot.conversation.reply import Reply
from bot.conversation.talk import Circle
from bot.conversation.together import credited
from bot.delivery.following import Following
from bot.delivery.outbox import Outbox
from bot.jobs import Heard, Jobs
from generation.changes import Tune, changes_from_json
from generation.errors import StudioError, StudioFault
from generation.song import Remark, Sheet
from storage.archive import Archive
from storage.songs import Song, Status

HUMMED = "hummed"
"""The member's own recording, kept in the song's folder until its notes are on paper."""
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
        self._pens: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def begin(self, orders: Sequence[Order]) -> tuple[Order, ...]:
        """Keep what was ordered, so that no crash loses it. Returns the orders that are still to be finished."""
        left: list[Order] = []
        for order in orders:
            match order:
                case SetLanguage():
                    await self._archive.members.choose_language(order.member, order.language)
                    continue
                case Write() if await self._archive.songs.add(replace(order.song, live="")):
                    await self._keep_hummed(order)
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
                    await self._parts(order, place, language)
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

    async def write(self, order: Write, message: Message | None = None) -> None:
        """Write a song's sheet, or write it anew, and show or sing it."""
        async with self._pens.setdefault(order.song.id, asyncio.Lock()):
            known = await self._archive.songs.get(order.song.id)
            if known is None or known.status not in ("written", "waiting", "cancelled"):
                return
            again = known.sheet is not None and not order.changes and not order.hummed
            if not again and (known := await self._written(order, known, message)) is None:
                return
        if known.status == "waiting":
            await self.sing(known.id)

    async def left(self, song: Song) -> Write:
        """Return the order that a song without a sheet still waits for, as far as the archive knows it."""
        hummed = None
        path = self._archive.files.path(song.id, HUMMED)
        if path is not None:
            content = await asyncio.to_thread(path.read_bytes)
            hummed = Attachment(HUMMED, "audio/*", len(content), content)
        return Write(song, song.status == "waiting", changes_from_json(list(song.changes)), hummed)

    async def sing(self, song_id: str) -> None:
        """Put a song in the queue; one that never got onto paper is written first."""
        song = await self._archive.songs.get(song_id)
        if song is None or song.status != "waiting":
            return
        if song.sheet is None:
            await self.write(await self.left(song))
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
            circle = cattrs.structure(kept, Circle)
            lines = tuple(line for line in circle.lines if line.member != member)
            left = None if circle.host == member else cattrs.unstructure(replace(circle, lines=lines))
            await self._archive.talks.put_circle(place, left)
        await self._archive.forget_member(member)

    async def _written(self, order: Write, known: Song, message: Message | None) -> Song | None:
        """Return the song with its new sheet as it was kept, or None where it came to nothing."""
        wanted = order.song
        try:
            sheet, heard = await self._sheet(order, known)
        except StudioError as error:
            await self._not_written(known, error, message)
            return None
        fresh = replace(
            known,
            request=heard.request if heard else wanted.request,
            seed=wanted.seed,
            changes=wanted.changes,
            parent=wanted.parent,
            sheet=sheet,
            language=wanted.language,
            status="waiting" if order.sing else known.status,
        )
        if not await self._archive.songs.put(fresh, only_from=("written", "waiting")):
            await self._archive.songs.put(replace(fresh, status="cancelled"), only_from=("cancelled",))
            return None
        await asyncio.to_thread(self._hummed_path(known).unlink, missing_ok=True)
        if not order.sing:
            card = news.heard(fresh, heard.notes, heard.picture) if heard else news.sheet_card(fresh, fresh.language)
            await self._say(fresh.place, card, message)
        return fresh

    async def _sheet(self, order: Write, known: Song) -> tuple[Sheet, Heard | None]:
        wanted, base, passport = order.song, None, None
        if order.changes or order.hummed:
            base = known.sheet
            if base is None and wanted.parent and (parent := await self._archive.songs.get(wanted.parent)):
                base, passport = parent.sheet, self._passport(parent)
        if order.changes and base is None and wanted.parent:
            raise StudioFault("The song this was to be made from is no longer there.", "要修改的那首歌已经不在了。")
        heard, changes, request = None, order.changes, wanted.request
        if order.hummed:
            if base is not None:
                plan = base.plan
                request = replace(request, key=plan.key, tempo_bpm=plan.tempo_bpm, time_signature=plan.time_signature)
            heard = await self._jobs.hear(order.hummed.content or b"", request)
            request, changes = heard.request, (Tune(heard.notes), *changes)
        sheet = base or await self._jobs.write(request, wanted.seed)
        if changes:
            sheet = await self._jobs.revise(sheet, changes, wanted.seed, passport)
        return credited(sheet, order.credits) if order.credits else sheet, heard

    async def _not_written(self, song: Song, error: StudioError, message: Message | None) -> None:
        """A song that has its sheet keeps it; a new one has failed."""
        if song.sheet is None:
            reason = Remark(error.en, error.zh)
            await self._archive.songs.change(song.id, only_from=("written", "waiting"), status="failed", reason=reason)
            if song.status == "waiting":
                await self._following.failed(song.id)
                return
        await self._say(song.place, news.refused(error, song.language), message)

    async def _parts(self, order: Parts, place: str, language: str) -> None:
        song = await self._archive.songs.get(order.song)
        if song is not None:
            await self._following.parts(song, order.wanted, language, place)

    async def _report(self, order: Report, message: Message) -> None:
        await self._archive.reports.add(order.member, order.song, order.text)
        song = await self._archive.songs.get(order.song)
        for moderator in self._moderators:
            known = await self._archive.members.get(moderator)
            if song is not None and known is not None and known.home:
                language = known.language or "en"
                await self._say(known.home, news.reported(song, message.member.name, order.text, language))

    async def _check(self, order: Check, message: Message, language: str) -> None:
        found = await self._jobs.check(order.attachment.content or b"")
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

    async def _keep_hummed(self, order: Write) -> None:
        if order.hummed and order.hummed.content:
            path, content = self._hummed_path(order.song), order.hummed.content

            def keep() -> None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

            await asyncio.to_thread(keep)

    def _hummed_path(self, song: Song) -> Path:
        return self._archive.files.folder(song.id) / HUMMED

    def _passport(self, song: Song) -> Path | None:
        name = next((name for name in song.files if name.endswith(".json")), "")
        return self._archive.files.path(song.id, name) if name else None
