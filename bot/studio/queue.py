"""The queue: songs are performed one at a time, in an order that is fair to members."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from bot.conversation.talk import Standing
from bot.jobs import Events, FoundTags, Heard
from bot.logs import tell
from bot.studio import work
from bot.studio.course import Course
from bot.studio.line import Line, round_of
from bot.studio.room import OpenStudio, Room, StudioBroke, Work
from generation.changes import Change
from generation.errors import Cancelled, StudioError, WishError
from generation.passport import Operator
from generation.song import Remark, Sheet, SongRequest
from storage.archive import Archive
from storage.songs import OPEN, Song

FIRST_GUESS = 0.25
"""Seconds of work a second of song, before anything was measured."""
NEWEST = 0.3
"""Weight of the newest measurement in the running mean."""
TELLING = 0.2
"""From this share of the work on, a song's own pace tells more than that of the songs before."""
OVERDUE = 0.25
"""What takes longer than it should will take at least this share of its time more."""
TELL_EVERY_S = 0.25
WRITING_S = 30.0
"""What is only thought about on paper, listened to or looked at takes a second or two; words made to stall it end."""
SMALLER_S = 180.0
MOST_PARTS = 3
"""So many requests for parts one member may have at a time."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ticket:
    song: str
    owner: str
    seconds: float
    """Length of the song."""
    course: Course
    round: int = 0
    """As ``bot.studio.line.round_of`` gives it."""
    started: float = 0.0
    told: float = 0.0
    part: bool = False
    """It is a part of a song that is made: whoever ``called`` wakes makes it, and says when it is ``done``."""
    called: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Queue:
    """Implements ``bot.jobs.Jobs`` with two rooms: one writes and hears, the other sings."""

    def __init__(
        self, archive: Archive, open_studio: OpenStudio, operator: Operator, *, in_process: bool = False
    ) -> None:
        self._archive = archive
        self._operator = operator
        self._writer = Room(open_studio, in_process=in_process)
        self._singer = Room(open_studio, in_process=in_process)
        self._papers = Line()
        self._asked_parts: Counter[str] = Counter()
        self._hands: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._waiting: dict[str, Ticket] = {}
        self._now: Ticket | None = None
        self._round = 0
        self._pace = FIRST_GUESS
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, events: Events) -> None:
        self._events = events
        for work_to_do in (self._warm(), self._sing_on()):
            self._tasks.add(asyncio.create_task(work_to_do))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(asyncio.to_thread(self._writer.close), asyncio.to_thread(self._singer.close))

    @property
    def singing_process(self) -> int | None:
        """Id of the process that performs, while there is one."""
        return self._singer.process_id

    async def write(self, request: SongRequest, seed: int, *, member: str = "") -> Sheet:
        sheet: Sheet = await self._on_paper(member, work.write, request, seed)
        return sheet

    async def revise(
        self,
        sheet: Sheet,
        changes: tuple[Change, ...],
        seed: int,
        passport: Path | None = None,
        *,
        member: str = "",
    ) -> Sheet:
        revised: Sheet = await self._on_paper(member, work.revise, sheet, changes, seed, passport)
        return revised

    async def hear(self, audio: bytes, request: SongRequest, *, member: str = "") -> Heard:
        heard: Heard = await self._on_paper(member, work.hear, audio, request)
        return heard

    async def check(self, content: bytes, *, member: str = "") -> FoundTags | None:
        found: FoundTags | None = await self._on_paper(member, work.check, content)
        return found

    async def smaller(self, path: Path, most_bytes: int) -> bytes | None:
        made: bytes | None = await self._on_paper("", work.smaller, path, most_bytes, limit_s=SMALLER_S)
        return made

    async def parts(self, song: Song, wanted: Sequence[str], *, member: str = "") -> tuple[Path, ...]:
        if song.sheet is None or song.status != "made":
            raise WishError("This song isn't made yet.", "这首歌还没有做好。")
        member = member or song.owner
        if self._asked_parts[member] >= MOST_PARTS:
            raise WishError(
                "I'm still making the other files you asked for. Please ask again when they are here.",
                "你要的其他文件还在做，等它们做好再要吧。",
            )
        self._asked_parts[member] += 1
        try:
            async with self._hands.setdefault(member, asyncio.Lock()):
                made = [path for part in wanted for path in await self._part(song, part, member)]
        finally:
            self._asked_parts[member] -= 1
            if not self._asked_parts[member]:
                del self._asked_parts[member]
        now = await self._archive.songs.get(song.id)
        if now is None or now.status != "made":
            await asyncio.to_thread(self._archive.files.delete, song.id)
            raise WishError("This song was deleted.", "这首歌已经删除了。")
        return tuple(made)

    async def order(self, song: Song) -> None:
        if song.id in self._waiting or (self._now and self._now.song == song.id) or song.sheet is None:
            return
        plan = song.sheet.plan
        self._take_place(Ticket(song.id, song.owner, plan.duration_s, Course(sung=bool(plan.voices))))
        await self._events.progressed(song.id)

    async def cancel(self, song: str) -> bool:
        if not await self._archive.songs.change(song, only_from=OPEN, status="cancelled"):
            return False
        if self._waiting.pop(song, None) is not None:
            await self._tell_waiting()
        elif self._now is not None and self._now.song == song:
            await self._singer.stop(song)
        return True

    def standing(self, song: str) -> Standing | None:
        now = self._now
        if now is not None and now.song == song:
            return Standing(0, 0, self._left_s(now), now.course.stage, now.course.fraction)
        if song not in self._waiting:
            return None
        line = self._line()
        place = next(index for index, ticket in enumerate(line) if ticket.song == song)
        before = ([now] if now else []) + line[:place]
        seconds = sum(ticket.seconds for ticket in line[: place + 1]) * self._pace
        others = {ticket.owner for ticket in before} - {line[place].owner}
        return Standing(place + 1, len(others), seconds + (self._left_s(now) if now else 0.0))

    def _line(self) -> list[Ticket]:
        """The waiting songs in the order they will be sung: every member's first song before anyone's second."""
        return sorted(self._waiting.values(), key=lambda ticket: ticket.round)

    def _take_place(self, ticket: Ticket) -> None:
        taken = [*self._waiting.values(), *([self._now] if self._now else [])]
        ticket.round = round_of(ticket.owner, ((each.owner, each.round) for each in taken), self._round)
        self._waiting[ticket.song] = ticket
        self._wake.set()

    def _left_s(self, ticket: Ticket) -> float:
        spent = time.monotonic() - ticket.started
        done = ticket.course.fraction
        if done >= TELLING:
            return max(1.0, spent * (1 - done) / done)
        return max(1.0, ticket.seconds * self._pace - spent, OVERDUE * spent)

    async def _on_paper(self, member: str, what: Work, *arguments: Any, limit_s: float = WRITING_S) -> Any:
        async with self._papers.turn(member):
            return await self._writer.call(what, *arguments, limit_s=limit_s)

    async def _part(self, song: Song, part: str, member: str) -> list[Path]:
        """Return the files of one part, made when the member's turn has come unless they are there."""
        folder = self._archive.files.folder(song.id) / "parts" / part
        if not await asyncio.to_thread(folder.is_dir):
            async with self._singers_turn(song, part, member):
                await self._singer.call(
                    work.write_part, song.sheet, folder, part, song.passport_id, self._operator, song.created
                )
        return await asyncio.to_thread(_files_in, folder)

    @asynccontextmanager
    async def _singers_turn(self, song: Song, part: str, member: str) -> AsyncIterator[None]:
        seconds = song.sheet.plan.duration_s if song.sheet else 0.0
        ticket = Ticket(f"{song.id}/{part}/{member}", member, seconds, Course(sung=True), part=True)
        self._take_place(ticket)
        try:
            await ticket.called.wait()
            yield
        finally:
            self._waiting.pop(ticket.song, None)
            ticket.done.set()

    async def _warm(self) -> None:
        for room, wanted in ((self._writer, work.warm), (self._singer, work.warm_up)):
            try:
                await room.call(wanted)
            except StudioError:
                continue  # a broken studio is told to whoever orders a song, and by the doctor

    async def _sing_on(self) -> None:
        while True:
            await self._wake.wait()
            if not self._waiting:
                self._wake.clear()
                continue
            ticket = self._now = self._line()[0]
            del self._waiting[ticket.song]
            self._round = ticket.round
            ticket.started = time.monotonic()
            try:
                if ticket.part:
                    ticket.called.set()
                    await ticket.done.wait()
                else:
                    await self._sing(ticket)
            except Exception as error:  # noqa: BLE001 - one song's trouble must not end the queue
                tell(_log, "a song could not be made", error)
                with suppress(Exception):  # where even that can't be kept the song is sung after the next start
                    await self._failed(ticket.song, StudioBroke())
            finally:
                self._now = None
            await self._tell_waiting()

    async def _sing(self, ticket: Ticket) -> None:
        songs = self._archive.songs
        song = await songs.get(ticket.song)
        if song is None or song.sheet is None or not await songs.change(song.id, only_from=OPEN, status="singing"):
            return
        await self._events.progressed(song.id)
        loop = asyncio.get_running_loop()

        def told(stage: str, fraction: float) -> None:
            before = ticket.course.stage
            ticket.course.tell(stage, fraction)
            if ticket.course.stage != before or time.monotonic() - ticket.told >= TELL_EVERY_S:
                ticket.told = time.monotonic()
                telling = loop.create_task(self._events.progressed(ticket.song))
                self._tasks.add(telling)
                telling.add_done_callback(self._tasks.discard)

        folder = self._archive.files.folder(song.id)
        try:
            made: work.Made = await self._singer.call(
                work.perform, song.sheet, folder, self._operator, song.created, name=song.id, told=told
            )
        except StudioError as error:
            await self._failed(song.id, error)
            return
        self._pace += NEWEST * ((time.monotonic() - ticket.started) / max(1.0, ticket.seconds) - self._pace)
        if await songs.change(
            song.id,
            only_from=("singing",),
            status="made",
            note=made.note,
            passport_id=made.passport_id,
            files=made.files,
            remarks=made.remarks,
            reason=None,
        ):
            self._now = None
            await self._events.made(song.id)
        else:  # cancelled or deleted while the last files were written
            await asyncio.to_thread(self._archive.files.delete, song.id)

    async def _failed(self, song: str, error: StudioError) -> None:
        if isinstance(error, Cancelled):
            await asyncio.to_thread(self._archive.files.delete, song)
        elif await self._archive.songs.change(
            song, only_from=("singing",), status="failed", reason=Remark(error.en, error.zh)
        ):
            self._now = None
            await self._events.failed(song)

    async def _tell_waiting(self) -> None:
        for song in list(self._waiting):
            await self._events.progressed(song)


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
