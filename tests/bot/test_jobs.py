"""The queue and its rooms: fair turns, processes that die, songs that are stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import open_studio
from bot.studio.queue import Queue
from generation.errors import StudioError, WishError
from generation.passport import Operator
from generation.pipeline import write_sheet
from generation.song import Sheet, SongRequest
from storage.archive import Archive
from storage.songs import Song


class Told:
    """Implements ``bot.jobs.Events`` by keeping what it is told."""

    def __init__(self) -> None:
        self.news: list[tuple[str, str]] = []
        self.changed = asyncio.Event()

    async def progressed(self, song: str) -> None:
        self._tell("progressed", song)

    async def made(self, song: str) -> None:
        self._tell("made", song)

    async def failed(self, song: str) -> None:
        self._tell("failed", song)

    async def until(self, what: str, song: str) -> None:
        async with asyncio.timeout(30):
            while (what, song) not in self.news:
                self.changed.clear()
                await self.changed.wait()

    def _tell(self, what: str, song: str) -> None:
        self.news.append((what, song))
        self.changed.set()


class House:
    def __init__(self, archive: Archive, queue: Queue, told: Told, sheet: Sheet) -> None:
        self.archive, self.queue, self.told, self.sheet = archive, queue, told, sheet

    async def order(self, name: str, owner: str = "ann") -> None:
        created = "2026-01-01T00:00:00+00:00"
        song = Song(name, owner, owner, "here", "en", "waiting", created, self.sheet.request, 1, sheet=self.sheet)
        await self.archive.songs.add(song)
        await self.queue.order(song)

    async def status(self, name: str) -> str:
        song = await self.archive.songs.get(name)
        return song.status if song else "unknown"

    async def singing(self, name: str) -> int:
        """Wait until a song is being performed; return the process that does it."""
        async with asyncio.timeout(30):
            while not ((now := self.queue.standing(name)) and now.stage and self.queue.singing_process):
                self.told.changed.clear()
                await self.told.changed.wait()
        assert self.queue.singing_process
        return self.queue.singing_process


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    studio = open_studio("debug")
    return write_sheet(SongRequest(theme="tea", duration_s=40.0, vocals="female"), 1, studio.lyricist, studio.singer)


@asynccontextmanager
async def opened(folder: Path, sheet: Sheet, *, in_process: bool) -> AsyncIterator[House]:
    archive = Archive(folder)
    await archive.open()
    queue = Queue(archive, partial(open_studio, "debug"), Operator("Test"), in_process=in_process)
    told = Told()
    await queue.start(told)
    try:
        yield House(archive, queue, told, sheet)
    finally:
        await queue.close()
        await archive.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, sheet: Sheet) -> AsyncIterator[House]:
    """With processes, which take seconds to start: one house for all tests."""
    async with opened(tmp_path_factory.mktemp("house"), sheet, in_process=False) as house:
        yield house


@pytest.mark.asyncio
async def test_everyones_first_song_comes_before_anyones_second(tmp_path: Path, sheet: Sheet) -> None:
    async with opened(tmp_path, sheet, in_process=True) as house:
        for name, owner in (("a0", "ann"), ("a1", "ann"), ("a2", "ann"), ("b0", "bo"), ("b1", "bo"), ("c0", "cy")):
            await house.order(name, owner)
        await house.order("a2", "ann")  # ordered twice: it stays where it is
        names = ["a0", "b0", "c0", "a1", "b1", "a2"]
        standings = [house.queue.standing(name) for name in names]
        places = [standing.place for standing in standings if standing]
        assert places in ([1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5])
        estimates = [standing.estimate_s for standing in standings if standing]
        assert estimates == sorted(estimates)
        assert [standing.ahead_members for standing in standings if standing] == [0, 1, 2, 2, 2, 2]
        assert house.queue.standing("unknown") is None


@pytest.mark.asyncio(loop_scope="module")
async def test_a_song_is_stopped_within_a_step_and_its_process_kept(house: House) -> None:
    await house.order("one")
    process = await house.singing("one")
    await house.order("two")
    assert await house.queue.cancel("one")
    assert not await house.queue.cancel("one")
    assert await house.queue.cancel("two")
    await house.order("three")
    await house.told.until("made", "three")
    assert await house.status("one") == await house.status("two") == "cancelled"
    assert house.queue.singing_process == process
    assert not house.archive.files.folder("one").exists()


@pytest.mark.asyncio(loop_scope="module")
async def test_a_killed_studio_sings_the_song_after_all_and_gives_it_up_when_killed_again(house: House) -> None:
    await house.order("four")
    killed = await house.singing("four")
    os.kill(killed, signal.SIGKILL)
    await house.told.until("made", "four")
    assert await house.status("four") == "made"

    await house.order("five")
    await house.order("six", "bo")
    killed = await house.singing("five")
    os.kill(killed, signal.SIGKILL)
    async with asyncio.timeout(30):
        while (again := house.queue.singing_process) in (None, killed):
            await asyncio.sleep(0.01)
    assert again
    os.kill(again, signal.SIGKILL)
    await house.told.until("failed", "five")
    song = await house.archive.songs.get("five")
    assert song is not None
    assert song.reason is not None
    assert "again" in song.reason.en
    await house.told.until("made", "six")


@pytest.mark.asyncio(loop_scope="module")
async def test_an_error_keeps_its_sentence_on_the_way_out_of_a_process(house: House) -> None:
    with pytest.raises(WishError) as refused:
        await house.queue.write(SongRequest(theme="tea", duration_s=3.0), 1)
    assert "秒" in refused.value.zh
    with pytest.raises(StudioError, match="went wrong"):
        await house.queue.write("not a request", 1)  # type: ignore[arg-type]


@pytest.mark.asyncio
async def test_a_song_that_breaks_the_queue_is_a_failed_song_and_the_next_one_is_sung(
    tmp_path: Path, sheet: Sheet
) -> None:
    async with opened(tmp_path, sheet, in_process=True) as house:
        await house.order("../not an id")
        await house.order("two")
        await house.told.until("made", "two")
        assert await house.status("../not an id") == "failed"


@pytest.mark.asyncio
async def test_parts_are_whole_or_not_there_and_never_outlive_their_song(tmp_path: Path, sheet: Sheet) -> None:
    async with opened(tmp_path, sheet, in_process=True) as house:
        await house.order("one")
        await house.told.until("made", "one")
        song = await house.archive.songs.get("one")
        assert song is not None
        left = house.archive.files.folder("one") / "parts" / ".midi"  # by a crash
        left.mkdir(parents=True)
        left.joinpath("half.mid").touch()
        both = await asyncio.gather(house.queue.parts(song, ["midi"]), house.queue.parts(song, ["midi"]))
        assert both[0] == both[1] != ()
        assert {path.stem for path in both[0]} >= {Path(song.file(".mp3")).stem}
        await house.archive.songs.forget("one")
        with pytest.raises(WishError, match="deleted"):
            await house.queue.parts(song, ["lrc"])
        assert not house.archive.files.folder("one").exists()


@pytest.mark.asyncio
async def test_parts_wait_in_line_and_one_member_asks_for_a_few_at_a_time(tmp_path: Path, sheet: Sheet) -> None:
    async with opened(tmp_path, sheet, in_process=True) as house:
        await house.order("one")
        await house.told.until("made", "one")
        song = await house.archive.songs.get("one")
        assert song is not None
        await house.order("two", "bo")
        await house.order("three", "cy")
        asked = [asyncio.create_task(house.queue.parts(song, [part])) for part in ("midi", "lrc", "sheet", "karaoke")]
        with pytest.raises(WishError, match="other files"):
            await asked[3]
        last = house.queue.standing("three")
        assert last is None or last.ahead_members <= 2
        await asyncio.gather(*asked[:3])
        made = house.told.news
        assert ("made", "two") in made  # it was there first
        await house.told.until("made", "three")
        assert len(await house.queue.parts(song, ["midi"])) > 0


WITHOUT_GOODBYE = """
import asyncio, functools, sys
from bot.app import open_studio
from bot.studio.room import Room
from bot.studio.work import warm

async def main():
    room = Room(functools.partial(open_studio, "debug"))
    await room.call(warm)
    print(room.process_id, flush=True)
    await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_a_room_ends_with_its_house_even_if_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "house.py"
    script.write_text(WITHOUT_GOODBYE)
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(root)}
    ) as house:
        assert house.stdout
        room = int(house.stdout.readline())
        house.kill()
    end = time.monotonic() + 10
    while _runs(room):
        assert time.monotonic() < end, "the studio outlived its house"
        time.sleep(0.05)


def _runs(process: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
