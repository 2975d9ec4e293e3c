"""Writes the sheets that turns order, so that a crash in the middle loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from weakref import WeakValueDictionary

from bot.conversation import news
from bot.conversation.message import Attachment, Message
from bot.conversation.orders import Write
from bot.conversation.reply import Reply
from bot.conversation.together import credited
from bot.delivery.following import Following
from bot.jobs import Heard, Jobs
from generation.changes import Tune, changes_from_json
from generation.errors import StudioError, StudioFault
from generation.song import Remark, Sheet
from storage.archive import Archive
from storage.songs import Song

HUMMED = "hummed"
"""The member's own recording, kept in the song's folder until its notes are on paper."""
Say = Callable[[str, Reply, Message | None], Awaitable[None]]
"""Posts a reply in a place, answering a message; where that can't be done it is left undone."""


class Writing:
    def __init__(self, archive: Archive, jobs: Jobs, following: Following, say: Say) -> None:
        self._archive = archive
        self._jobs = jobs
        self._following = following
        self._say = say
        self._pens: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def write(self, order: Write, message: Message | None) -> Song | None:
        """Write a song's sheet, or write it anew, and show it where it is not to be sung.

        Returns the song as it was kept, or None where it came to nothing; then the member was told.
        """
        async with self._pens.setdefault(order.song.id, asyncio.Lock()):
            known = await self._archive.songs.get(order.song.id)
            if known is None or known.status not in ("written", "waiting", "cancelled"):
                return None
            if known.sheet is not None and not order.changes and not order.hummed:
                return known
            return await self._written(order, known, message)

    async def left(self, song: Song) -> Write:
        """Return the order that a song without a sheet still waits for, as far as the archive knows it."""
        hummed = None
        path = self._archive.files.path(song.id, HUMMED)
        if path is not None:
            content = await asyncio.to_thread(path.read_bytes)
            hummed = Attachment(HUMMED, "audio/*", len(content), content)
        return Write(song, song.status == "waiting", changes_from_json(list(song.changes)), hummed)

    async def keep_hummed(self, order: Write) -> None:
        if order.hummed and order.hummed.content:
            path, content = self._hummed_path(order.song), order.hummed.content

            def keep() -> None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

            await asyncio.to_thread(keep)

    async def _written(self, order: Write, known: Song, message: Message | None) -> Song | None:
        """Return the song with its new sheet as it was kept, or None where it came to nothing."""
        wanted = order.song
        parent = await self._archive.songs.get(wanted.parent) if wanted.parent else None
        given = known.credits or (parent.credits if parent else ())
        try:
            sheet, heard = await self._sheet(order, known, parent)
        except StudioError as error:
            await self._not_written(known, error, message)
            return None
        fresh = replace(
            known,
            request=heard.request if heard else wanted.request,
            seed=wanted.seed,
            changes=wanted.changes,
            parent=wanted.parent,
            sheet=credited(sheet, given) if given else sheet,
            credits=given,
            language=wanted.language,
            status="waiting" if order.sing else known.status,
        )
        if not await self._archive.songs.put(fresh, only_from=("written", "waiting")):
            await self._archive.songs.put(replace(fresh, status="cancelled"), only_from=("cancelled",))
            return None
        await asyncio.to_thread(self._hummed_path(known).unlink, missing_ok=True)
        if not order.sing:
            card = news.sheet_card(fresh, fresh.language)
            if heard:
                card = news.heard(fresh, heard.notes, heard.picture, heard.named)
            await self._say(fresh.place, card, message)
        return fresh

    async def _sheet(self, order: Write, known: Song, parent: Song | None) -> tuple[Sheet, Heard | None]:
        wanted, base, passport = order.song, None, None
        if order.changes or order.hummed:
            base = known.sheet
            if base is None and parent is not None:
                base, passport = parent.sheet, self._passport(parent)
        if order.changes and base is None and wanted.parent:
            raise StudioFault("The song this was to be made from is no longer there.", "要修改的那首歌已经不在了。")
        heard, changes, request = None, order.changes, wanted.request
        if order.hummed:
            if base is not None:
                plan = base.plan
                request = replace(request, key=plan.key, tempo_bpm=plan.tempo_bpm, time_signature=plan.time_signature)
            heard = await self._jobs.hear(order.hummed.content or b"", request, member=wanted.owner)
            request, changes = heard.request, (Tune(heard.notes), *changes)
        sheet = base or await self._jobs.write(request, wanted.seed, member=wanted.owner)
        if changes:
            sheet = await self._jobs.revise(sheet, changes, wanted.seed, passport, member=wanted.owner)
        return sheet, heard

    async def _not_written(self, song: Song, error: StudioError, message: Message | None) -> None:
        """A song that has its sheet keeps it; a new one has failed."""
        await asyncio.to_thread(self._hummed_path(song).unlink, missing_ok=True)
        if song.sheet is None:
            reason = Remark(error.en, error.zh)
            await self._archive.songs.change(song.id, only_from=("written", "waiting"), status="failed", reason=reason)
            if song.status == "waiting":
                await self._following.failed(song.id)
                return
        await self._say(song.place, news.refused(error, song.language), message)

    def _hummed_path(self, song: Song) -> Path:
        return self._archive.files.folder(song.id) / HUMMED

    def _passport(self, song: Song) -> Path | None:
        name = song.file(".json")
        return self._archive.files.path(song.id, name) if name else None
