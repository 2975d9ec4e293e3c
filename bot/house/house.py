"""The house itself: one of it in a process."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from weakref import WeakValueDictionary

from bot.adapters.base import Gone, Surface, Unreachable
from bot.conversation import news
from bot.conversation.message import Member, Message, Place
from bot.conversation.orders import Order, Sing, Write
from bot.conversation.talk import Facts, Standing, Talk, Turn
from bot.conversation.turn import is_on_paper, turn
from bot.delivery.following import Following, Link
from bot.delivery.outbox import Outbox
from bot.house.bells import Bells
from bot.house.errands import Errands
from bot.house.facts import Gathering
from bot.house.flood import Flood
from bot.house.presses import Presses
from bot.house.tasks import Tasks
from bot.jobs import Jobs
from bot.logs import tell
from bot.settings import Settings
from bot.understanding.message import read
from generation.errors import WishError
from generation.song import to_json
from storage.archive import Archive
from storage.songs import OPEN, Song

PATIENCE_S = 2.0
"""How long closing waits for an answer or an errand that is nearly done."""
WARMING = ("a calm song about the sea", "写一首关于海的歌", "hm, the other one maybe", "把那个弄得不一样")
"""A wish and something unclear in each language: between them they are read with every list there is."""
_log = logging.getLogger(__name__)


class House:
    """``bot.app.open_house(settings)`` builds it. ``archive`` and ``jobs`` are for reading."""

    def __init__(self, settings: Settings, archive: Archive, jobs: Jobs, *, pace: float = 1.0) -> None:
        self.settings = settings
        self.archive = archive
        self.jobs = jobs
        self._tasks = Tasks()
        self._bells = Bells()
        self._outbox = Outbox(archive, pace)
        self._following = Following(archive, jobs, self._outbox, self._bells.ring, self._tasks.begin, settings.operator)
        self._errands = Errands(archive, jobs, self._outbox, self._following, settings.moderators)
        self._gathering = Gathering(archive, jobs, self._outbox, settings)
        self._flood = Flood()
        self._presses = Presses()
        self._in_hand: set[str] = set()
        self._closing = False
        self._nothing_in_hand = asyncio.Event()
        self._nothing_in_hand.set()
        self._on_paper: Counter[str] = Counter()
        self._places: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._members: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def start(self) -> None:
        """Open the archive, queue again what was open, start the studio in the background. Raises ``OSError``."""
        await self.archive.open()
        await self.jobs.start(self._following)
        self._tasks.begin(self._warm())
        for song in await self.archive.songs.open():
            whole = await self.archive.songs.get(song.id)
            if whole is not None and whole.sheet is not None:
                await self.archive.songs.change(song.id, only_from=OPEN, status="waiting")
                await self.jobs.order(replace(whole, status="waiting"))

    async def close(self) -> None:
        """Stop within moments: messages in hand are answered, none is taken any more, and whatever is open goes on
        after the next start."""
        self._closing = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._nothing_in_hand.wait(), PATIENCE_S)
        await self._tasks.end(PATIENCE_S * self._outbox.pace)
        await self._following.close()
        await self.jobs.close()
        await self.archive.close()

    def open(self, surface: Surface) -> None:
        """A surface is ready to post (it calls this itself when entered): its open songs are followed again, finished
        ones delivered. Twice the same surface does nothing."""
        if self._outbox.open(surface):
            self._tasks.begin(self._resume(surface.id))

    @property
    def link(self) -> Link | None:
        """Gives the address at which a song can be heard that no chat can carry; the web chat sets it."""
        return self._following.link

    @link.setter
    def link(self, link: Link) -> None:
        self._following.link = link

    async def receive(self, message: Message) -> None:
        """Take one message; the answer is posted through the surface. Returns when it was answered, before any song
        is made. Never raises."""
        if message.id in self._in_hand or self._closing:
            return
        self._in_hand.add(message.id)
        self._nothing_in_hand.clear()
        try:
            await self._receive(message)
        except (Gone, Unreachable):
            _log.info("an answer could not be posted")
        except Exception as error:  # noqa: BLE001 - whatever fails, the member gets a sentence
            if not self._closing:
                tell(_log, "a message could not be answered", error)
                await self._apologise(message)
        finally:
            self._in_hand.discard(message.id)
            if not self._in_hand:
                self._nothing_in_hand.set()

    async def moved(self, old_place: str, new_place: str) -> None:
        """A place has a new id (a Telegram group became a supergroup): talks, songs and posts go along."""
        await self.archive.moved(old_place, new_place)

    async def order(self, place: Place, member: Member, text: str, seed: int | None, language: str) -> Song:
        """Order a song without a talk (the JSON API). Returns it as kept, waiting. Raises ``StudioError``."""
        message = Message(f"{place.id}:order:{secrets.token_hex(16)}", place, member, text, "song")
        async with self._members.setdefault(member.id, asyncio.Lock()):
            facts = await self._gathering.facts(message, Talk(), None)
            facts = replace(facts, language=language, song=None, sheet_first=False)
            if seed is not None:
                facts = replace(facts, seed=seed)
            come = turn(Talk(), message, facts)
            order = next((order for order in come.orders if isinstance(order, Write)), None)
            if order is None:
                answers = [turn(Talk(), message, replace(facts, language=each)).replies for each in ("en", "zh")]
                raise WishError(*("\n".join(reply.text for reply in replies) for replies in answers))
            await self._errands.begin([order])
        self._tasks.begin(self._errands.write(order))
        return order.song

    async def standing(self, song: str) -> Standing | None:
        """Where an ordered song stands; None where it is not ordered."""
        return self.jobs.standing(song)

    async def watch(self, song: str) -> AsyncIterator[Song | Standing]:
        """The song as it is now, then every change of it: ``Standing`` while it is open, ``Song`` when its record
        changed. Ends after its final state (or at once where there is no such song)."""
        last: Song | Standing | None = None
        with self._bells.listen(song) as rung:
            while True:
                rung.clear()
                standing = self.jobs.standing(song) if last is not None else None
                seen = standing or await self.archive.songs.get(song)
                if seen is None:
                    return
                if seen != last:
                    yield seen
                    last = seen
                if isinstance(seen, Song) and _is_final(seen):
                    return
                await rung.wait()

    async def cancel(self, song: str) -> bool:
        """Stop a waiting or running song. False where there is nothing to stop."""
        return await self._errands.cancel(song)

    async def delete(self, song: str) -> bool:
        """Delete a song: files, words and posts; its id stays known as deleted. False where there is no such song."""
        return await self._errands.forget(song) is not None

    async def idle(self) -> None:
        """Wait until nothing is being done beside the queue."""
        await self._tasks.idle()

    async def _receive(self, message: Message) -> None:
        if not message.addressed and not await self._gathering.is_awaited(message):
            return
        if self._presses.is_again(message, time.monotonic()):
            return
        # What is overheard beside a question has a measure of its own: it must not use up what is said to the bot.
        spoken = message.member.id if message.addressed else f"{message.member.id} overheard"
        match self._flood.take(spoken, time.monotonic()):
            case "say" if message.addressed:
                await self._outbox.post(message.place.id, news.flood(_language(message)), message)
                return
            case "say" | "quiet":
                return
        if await self.archive.seen.answered(message.id):
            return
        # Always in this order. The member's is for what counts across places, the place's for its circle.
        members, places = self._members, self._places
        async with (
            members.setdefault(message.member.id, asyncio.Lock()),
            places.setdefault(message.place.id, asyncio.Lock()),
        ):
            talk, circle = await self._gathering.talk(message)
            facts = await self._gathering.facts(message, talk, circle)
            facts = replace(facts, on_paper=self._on_paper[message.member.id])
            come = turn(talk, message, facts)
            talked = message.place.id, message.member.id, to_json(come.talk), to_json(come.circle)
            orders, _ = await asyncio.gather(self._errands.begin(come.orders), self.archive.talks.put(*talked))
            lives = await self._answer(message, come, orders)
            songs, seen = self.archive.songs, self.archive.seen
            await asyncio.gather(
                seen.keep(message.id, time.time()), *(songs.change(song, live=post) for song, post in lives.items())
            )
            self._on_paper.update(message.member.id for order in orders if is_on_paper(order))
            for order in orders:
                self._tasks.begin(self._finish(order, message, facts.language))

    async def _finish(self, order: Order, message: Message, language: str) -> None:
        try:
            await self._errands.finish(order, message, language)
        finally:
            if is_on_paper(order):
                self._on_paper[message.member.id] -= 1
                self._on_paper += Counter()  # forgets who has nothing left

    async def _answer(self, message: Message, come: Turn, orders: tuple[Order, ...]) -> dict[str, str]:
        """Post the replies; return the live post of every ordered song. It is made even where nothing can be posted."""
        ordered = {_ordered(order) for order in orders}
        lives: dict[str, str] = {}
        for reply in come.replies:
            try:
                post = await self._outbox.post(message.place.id, reply, message)
            except (Gone, Unreachable):
                _log.info("an answer could not be posted")
                continue
            if reply.song and reply.song in ordered:
                lives[reply.song] = post
        return lives

    async def _resume(self, surface: str) -> None:
        songs, here = self.archive.songs, f"{surface}:"
        for made, maybe_there in ((await songs.undelivered(), False), (await songs.unconfirmed(), True)):
            for song in made:
                whole = await songs.get(song.id) if song.place.startswith(here) else None
                if whole is not None:
                    self._tasks.begin(self._following.deliver(whole, maybe_there=maybe_there))
        for song in await songs.open():
            whole = await songs.get(song.id) if song.place.startswith(here) else None
            if whole is not None and whole.sheet is not None:
                self._tasks.begin(self._following.follow(whole))
        for song in await songs.untold():
            if song.place.startswith(here):
                self._tasks.begin(self._following.tell_end(song.id))
        for song in await songs.unwritten():
            if song.place.startswith(here):
                self._tasks.begin(self._errands.write_on(song))

    async def _warm(self) -> None:
        """Read the word lists and examples before the first member waits for them."""
        for text in WARMING:
            message = Message("warm", Place("warm"), Member("warm", "warm"), text)
            await asyncio.to_thread(turn, Talk(), message, Facts(language="en", now="", seed=1))

    async def _apologise(self, message: Message) -> None:
        try:
            await self._outbox.post(message.place.id, news.fault(_language(message)), message)
        except Exception as error:  # noqa: BLE001 - there is nobody left to tell
            tell(_log, "an apology could not be posted", error)


def _ordered(order: Order) -> str:
    match order:
        case Write(sing=True):
            return order.song.id
        case Sing():
            return order.song
    return ""


def _is_final(song: Song) -> bool:
    return song.status not in OPEN and (song.status != "written" or song.sheet is not None)


def _language(message: Message) -> str:
    return message.member.language or read(message.text).language
