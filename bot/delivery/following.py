"""From the order to the song in the chat: the live post while it is made, then the parcel."""

from __future__ import annotations

import asyncio
import logging
import tomllib
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from bot.adapters.base import Gone, Surface, Unconfirmed, Unreachable
from bot.conversation import news
from bot.conversation.message import Message
from bot.conversation.reply import Reply
from bot.delivery.live import Live
from bot.delivery.outbox import LONG, Outbox
from bot.delivery.parcel import part_files, song_file
from bot.jobs import Jobs
from storage.archive import Archive
from storage.song_table import SENDING
from storage.songs import OPEN, Song, Status

Link = Callable[[Song], Awaitable[str]]
"""Gives the address at which a song can be heard from outside, or an empty text."""
ENDS: dict[Status, Callable[[Song, str], Reply]] = {
    "made": news.finished_live,
    "failed": news.failed,
    "cancelled": news.cancelled,
}
_log = logging.getLogger(__name__)


class Following:
    """Implements ``bot.jobs.Events``."""

    def __init__(
        self,
        archive: Archive,
        jobs: Jobs,
        outbox: Outbox,
        ring: Callable[[str], None],
        begin: Callable[[Coroutine[Any, Any, None]], object],
        performer: str,
    ) -> None:
        self._archive = archive
        self._jobs = jobs
        self._outbox = outbox
        self._ring = ring
        self._begin = begin
        self._performer = performer
        self._lives: dict[str, Live] = {}
        self._delivering: set[str] = set()
        self.link: Link | None = None

    async def close(self) -> None:
        await asyncio.gather(*(live.leave() for live in self._lives.values()))

    async def follow(self, song: Song) -> None:
        """Let a live post follow an ordered song; where it has none yet, one is posted."""
        if song.id in self._lives or self._outbox.surface(song.place) is None:
            return
        known = await self._archive.members.get(song.owner)
        post = song.live or await self._new_live(song)

        def shown() -> Reply | None:
            standing = self._jobs.standing(song.id)
            return news.live(song, standing, song.language) if standing else None

        if song.id in self._lives:
            return
        shared = known is None or known.home != song.place
        self._lives[song.id] = Live(self._outbox, song.place, post, shown, shared=shared)
        now = await self._archive.songs.get(song.id)
        if now is None or now.status not in OPEN:
            await self.drop(song.id)

    async def progressed(self, song: str) -> None:
        live = self._lives.get(song)
        if live is not None:
            live.moved()
        self._ring(song)

    async def made(self, song: str) -> None:
        self._ring(song)
        made = await self._archive.songs.get(song)
        if made is not None:
            self._begin(self.deliver(made))

    async def failed(self, song: str) -> None:
        self._begin(self.tell_end(song))

    async def cancelled(self, song: str) -> None:
        self._begin(self.tell_end(song))

    async def deliver(self, song: Song, *, maybe_there: bool = False) -> None:
        """Post a made song. Where the surface can't be reached for hours, it is posted after the next start.

        The archive is told before each try. A song that was sent and not confirmed, by the platform or because the
        house ended just then (``maybe_there``), is sent once more and no oftener, and that post says that it may be
        the second: two songs with a word about it are better than silence, and no platform can be asked.
        """
        surface = self._outbox.surface(song.place)
        if surface is None or song.id in self._delivering:
            return
        self._delivering.add(song.id)
        try:
            posted = await self._post(song, await self._finished(song, surface), maybe_there=maybe_there)
        except Gone:
            _log.info("a finished song is kept, but its chat is gone")
        except Unreachable:
            await self.drop(song.id)
            return
        else:
            if not posted:
                return
        finally:
            self._delivering.discard(song.id)
        await self._archive.songs.change(song.id, only_from=("made",), delivered=1)
        await self.tell_end(song.id)

    async def tell_end(self, song_id: str) -> None:
        """Let the live post say how the song ended; a word of its own says so where that post is gone."""
        self._ring(song_id)
        song = await self._archive.songs.get(song_id)
        said = ENDS.get(song.status) if song else None
        if song is None or said is None:
            return
        last = said(song, song.language)
        live = self._lives.pop(song.id, None)
        if live is None:
            live = Live(self._outbox, song.place, song.live, lambda: None, shared=True)
        if not await live.finish(last) and song.status != "made":
            try:
                await self._outbox.post(song.place, last)
            except (Gone, Unreachable):
                _log.info("nobody is left to be told of a song that ended")
        await self._archive.songs.change(song.id, only_from=(song.status,), delivered=2)

    async def parts(self, song: Song, wanted: tuple[str, ...], language: str, asked: Message) -> None:
        """Make parts of a song and post them where they were asked for.

        Raises ``StudioError``, ``Gone`` or ``Unreachable``.
        """
        place = asked.place.id
        surface = self._outbox.surface(place)
        if surface is None:
            return
        paths = await self._jobs.parts(song, wanted, member=asked.member.id)
        carried, too_big = part_files(paths, song, surface.limits)
        reply = news.parts_ready(song, wanted, carried, language)
        if too_big:
            names = ", ".join(path.name for path in too_big)
            reply = replace(reply, text=f"{reply.text}\n{_said('parts_too_big', song, names=names)}")
        await self._outbox.post(place, reply, tries=LONG)

    async def drop(self, song: str) -> None:
        """Follow a song no more and leave its post alone."""
        live = self._lives.pop(song, None)
        if live is not None:
            await live.leave()
        self._ring(song)

    async def _finished(self, song: Song, surface: Surface) -> Reply:
        """Return the made song as a reply that the surface can carry."""
        parcel = await song_file(song, self._archive.files, surface.limits, self._jobs, self._performer)
        reply = news.finished(song, (parcel,) if parcel else (), song.language)
        if parcel is None:
            link = await self.link(song) if self.link else ""
            reply = replace(reply, text=f"{reply.text}\n\n{_said('linked' if link else 'too_big', song, link=link)}")
        return reply

    async def _post(self, song: Song, reply: Reply, *, maybe_there: bool) -> bool:
        """Post a song, trying for hours. False where it was deleted meanwhile; then nothing stays behind.

        Raises ``Gone`` or ``Unreachable``.
        """
        songs = self._archive.songs
        second = replace(reply, text=f"{_said('maybe_there', song)}\n\n{reply.text}")
        for attempt in range(LONG):
            now = await songs.get(song.id)
            if now is None or not await songs.change(song.id, only_from=("made",), delivered=SENDING):
                return False
            try:
                post = await self._outbox.post(now.place, second if maybe_there else reply, tries=1)
            except Unconfirmed:
                if maybe_there:
                    return True
                maybe_there = True
                await asyncio.sleep(self._outbox.wait_s(attempt))
                continue
            except Unreachable:
                if not maybe_there:
                    await songs.change(song.id, only_from=("made",), delivered=0)
                await asyncio.sleep(self._outbox.wait_s(attempt))
                continue
            now = await self._archive.songs.get(song.id)
            if now is not None and now.status == "made":
                return True
            await self._outbox.take_down(song.place, post)
            await self._archive.posts.forget(song.id)
            return False
        raise Unreachable

    async def _new_live(self, song: Song) -> str:
        standing = self._jobs.standing(song.id)
        try:
            post = await self._outbox.post(song.place, news.live(song, standing, song.language))
        except (Gone, Unreachable):
            return ""
        await self._archive.songs.change(song.id, live=post)
        return post


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("bot.delivery").joinpath("words.toml").read_text(encoding="utf-8"))


def _said(key: str, song: Song, **values: str) -> str:
    sentence = _words()[key]
    return sentence.get(song.language, sentence["en"]).format(**values)
