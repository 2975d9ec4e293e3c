"""Gathers what a turn may need to know."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime

from bot.conversation.message import Message
from bot.conversation.talk import Circle, Facts, Talk
from bot.delivery.outbox import Outbox
from bot.jobs import Jobs
from bot.settings import Settings
from bot.understanding.message import read
from generation.song import from_json
from storage.archive import Archive
from storage.songs import OPEN, Song

SEEDS = 2**32


class Gathering:
    def __init__(self, archive: Archive, jobs: Jobs, outbox: Outbox, settings: Settings) -> None:
        self._archive = archive
        self._jobs = jobs
        self._outbox = outbox
        self._settings = settings

    async def talk(self, message: Message) -> tuple[Talk, Circle | None]:
        """Return the talk with this member here, and the circle of the place."""
        talk, circle = await self._archive.talks.get(message.place.id, message.member.id)
        return (
            from_json(talk, Talk) if talk else Talk(),
            from_json(circle, Circle) if circle else None,
        )

    async def is_awaited(self, message: Message) -> bool:
        """Whether something overheard may be the answer to a question."""
        talk, _ = await self.talk(message)
        return bool(talk.expects)

    async def facts(self, message: Message, talk: Talk, circle: Circle | None) -> Facts:
        member = message.member
        home = "" if message.place.shared else message.place.id
        known, (about, pointed), mine, hosts = await asyncio.gather(
            self._archive.members.met(member.id, member.name, home),
            self._about(message, talk),
            self._archive.songs.of(member.id),
            self._archive.songs.of(circle.host if circle else member.id),
        )
        return Facts(
            language=known.language or member.language or _written_in(message, about),
            now=datetime.now(UTC).isoformat(timespec="seconds"),
            seed=secrets.randbelow(SEEDS),
            song=about,
            pointed=pointed,
            mine=mine,
            standings={
                song.id: standing
                for song in (*mine, *([about] if about else []))
                if song.status in OPEN and (standing := self._jobs.standing(song.id))
            },
            circle=circle,
            sheet_first=self._settings.sheet_first,
            most_open=self._settings.most_open,
            host_open=sum(song.status in OPEN for song in hosts),
            is_moderator=member.id in self._settings.moderators,
        )

    async def _about(self, message: Message, talk: Talk) -> tuple[Song | None, bool]:
        """The song the message names, and whether it does; else the one the talk is about."""
        named = message.song or ""
        if not named and message.replied:
            named = await self._answered(message.place.id, message.replied)
        song = await self._archive.songs.get(named or talk.focus) if named or talk.focus else None
        return song, bool(named and song)

    async def _answered(self, place: str, post: str) -> str:
        song = await self._archive.posts.song(place, post)
        if not song:
            await self._outbox.settled(place)
            song = await self._archive.posts.song(place, post)
        return song


def _written_in(message: Message, about: Song | None) -> str:
    if not message.text and about is not None:
        return about.language
    return read(message.text).language
