"""What a house remembers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import open_studio
from generation.pipeline import write_sheet
from generation.song import Remark, Sheet, SongRequest
from storage.archive import Archive
from storage.songs import Song, Status

REQUEST = SongRequest(text="a song about tea", theme="tea", duration_s=15.0)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Archive]:
    archive = Archive(folder)
    await archive.open()
    try:
        yield archive
    finally:
        await archive.close()


def song(name: str, owner: str = "memory:ann", status: Status = "waiting", sheet: Sheet | None = None) -> Song:
    created = f"2026-01-01T00:00:{len(name):02}+00:00"
    return Song(name, owner, "Ann", "memory:room", "en", status, created, REQUEST, 2**32 - 1, sheet=sheet)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    studio = open_studio("debug")
    return write_sheet(REQUEST, 1, studio.lyricist, studio.singer)


@pytest.mark.asyncio
async def test_a_song_comes_back_as_it_was_kept_even_after_a_restart(tmp_path: Path, sheet: Sheet) -> None:
    kept = replace(
        song("one", status="made", sheet=sheet),
        note=Remark("note", "说明"),
        files=("one.mp3",),
        changes=({"change": "Tempo", "bpm": 90.0},),
        remarks=(Remark("no drums", "没有鼓"),),
        passport_id="ABCD2345",
        live="7",
    )
    async with opened(tmp_path) as archive:
        assert await archive.songs.add(kept)
    async with opened(tmp_path) as archive:
        assert await archive.songs.get("one") == replace(kept, name=sheet.lyrics.title)
        assert await archive.songs.get("two") is None


@pytest.mark.asyncio
async def test_a_list_knows_titles_but_reads_no_sheets(tmp_path: Path, sheet: Sheet) -> None:
    async with opened(tmp_path) as archive:
        for name in ("a", "bb", "ccc"):
            await archive.songs.add(song(name, sheet=sheet))
        await archive.songs.add(song("dddd", owner="memory:bo"))
        await archive.songs.forget("bb")
        listed = await archive.songs.of("memory:ann")
        assert [each.id for each in listed] == ["ccc", "a"]
        assert all(each.sheet is None and each.title == sheet.lyrics.title for each in listed)


@pytest.mark.asyncio
async def test_of_many_at_once_one_takes_the_song(tmp_path: Path) -> None:
    async with opened(tmp_path) as archive:
        added = await asyncio.gather(*(archive.songs.add(song("one")) for _ in range(20)))
        assert sum(added) == 1
        taken = await asyncio.gather(
            *(archive.songs.change("one", only_from=("waiting",), status="singing") for _ in range(20))
        )
        assert sum(taken) == 1


@pytest.mark.asyncio
async def test_a_cancelled_song_is_not_made_after_all(tmp_path: Path, sheet: Sheet) -> None:
    async with opened(tmp_path) as archive:
        await archive.songs.add(song("one", status="singing"))
        await archive.songs.change("one", status="cancelled")
        assert not await archive.songs.put(song("one", status="made", sheet=sheet), only_from=("singing",))
        kept = await archive.songs.get("one")
        assert kept is not None
        assert kept.status == "cancelled"


@pytest.mark.asyncio
async def test_half_of_a_transaction_never_stays(tmp_path: Path) -> None:
    async with opened(tmp_path) as archive:
        with pytest.raises(TypeError):
            await archive.talks.put("memory:room", "memory:ann", {"focus": "one"}, {"host": object()})
        assert await archive.talks.get("memory:room", "memory:ann") == (None, None)
        await archive.talks.put("memory:room", "memory:ann", {"focus": "one"}, {"host": "memory:ann"})
        assert await archive.talks.get("memory:room", "memory:bo") == (None, {"host": "memory:ann"})
        await archive.talks.put_circle("memory:room", None)
        assert await archive.talks.circles() == ()


@pytest.mark.asyncio
async def test_an_answered_message_is_known_for_as_long_as_it_may_come_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as archive:
        assert not await archive.seen.answered("memory:1")
        await archive.seen.keep("memory:1", 0.0)
    async with opened(tmp_path) as archive:
        assert await archive.seen.answered("memory:1")
        await archive.seen.keep("memory:2", 30 * 86_400.0)  # by then no platform repeats the first any more
        assert not await archive.seen.answered("memory:1")
        assert await archive.seen.answered("memory:2")


@pytest.mark.asyncio
async def test_a_member_is_known_by_what_they_chose_and_where_they_are_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as archive:
        await archive.members.choose_language("memory:ann", "zh")
        await archive.members.met("memory:ann", "Ann", "memory:1")
        known = await archive.members.met("memory:ann", "Anna")
        assert (known.name, known.language, known.home) == ("Anna", "zh", "memory:1")
        assert await archive.members.get("memory:bo") is None


@pytest.mark.asyncio
async def test_a_forgotten_song_leaves_its_id_and_nothing_else(tmp_path: Path, sheet: Sheet) -> None:
    async with opened(tmp_path) as archive:
        await archive.songs.add(song("one", sheet=sheet))
        await archive.songs.forget("one")
        left = await archive.songs.get("one")
        assert left is not None
        assert (left.status, left.sheet, left.request, left.title) == ("deleted", None, SongRequest(), "")
    words = sheet.lyrics.sections[0].lines[0].text.encode()
    assert not any(words in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.asyncio
async def test_a_place_that_moves_takes_everything_along(tmp_path: Path) -> None:
    async with opened(tmp_path) as archive:
        await archive.songs.add(song("one"))
        await archive.posts.add("memory:room", "7", "one")
        await archive.talks.put("memory:room", "memory:ann", {"focus": "one"}, {"wanted": 8})
        await archive.talks.put("memory:hall", "memory:ann", {"focus": ""}, None)
        await archive.moved("memory:room", "memory:hall")
        assert await archive.posts.song("memory:hall", "7") == "one"
        assert await archive.talks.get("memory:hall", "memory:ann") == ({"focus": "one"}, {"wanted": 8})
        assert await archive.posts.of_song("one") == (("memory:hall", "7"),)


@pytest.mark.asyncio
async def test_the_archive_is_for_its_owner_only(tmp_path: Path) -> None:
    async with opened(tmp_path):
        assert (tmp_path / "minstrel.db").stat().st_mode & 0o077 == 0
