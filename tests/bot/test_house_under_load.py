"""One member who wants everything at once gets their share, and nobody else waits for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from generation.errors import WishError
from storage.songs import OPEN
from tests.bot.surface import Visitor, opened

LONG = "a 3 minute song about the sea"


@pytest.mark.asyncio
async def test_many_orders_at_once_are_as_many_as_one_may_have(tmp_path: Path) -> None:
    async with opened(tmp_path, most_open=3) as (house, _):
        ann = Visitor(house, "ann")
        orders = (house.order(ann.place, ann.member, LONG, None, "en") for _ in range(20))
        answers = await asyncio.gather(*orders, return_exceptions=True)
        assert sum(isinstance(answer, WishError) for answer in answers) >= 17 - 1  # one may be sung by then


@pytest.mark.asyncio
async def test_orders_in_several_places_count_together(tmp_path: Path) -> None:
    async with opened(tmp_path, most_open=3) as (house, _):
        places = [Visitor(house, "ann", f"group {number}") for number in range(8)]
        await asyncio.gather(*(ann.say(LONG) for ann in places))
        songs = await house.archive.songs.of(places[0].member.id)
        assert len(songs) <= 4
        assert sum(song.status in OPEN for song in songs) <= 3


@pytest.mark.asyncio
async def test_old_songs_on_the_way_count_behind_any_number_of_sheets(tmp_path: Path) -> None:
    async with opened(tmp_path, most_open=1) as (house, _):
        ann = Visitor(house, "ann")
        await ann.say("a 6 minute song about the sea")
        songs = house.archive.songs
        assert [song.status in OPEN for song in await songs.of(ann.member.id, most=0)] == [True]


@pytest.mark.asyncio
async def test_sheets_are_free_but_two_at_a_time(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann, bo = Visitor(house, "ann"), Visitor(house, "bo")
        await asyncio.gather(*(ann.say(LONG, verb="sheet") for _ in range(6)), bo.say(LONG, verb="sheet"))
        refused = [post for post in surface.of(ann.place.id) if "still busy" in post.reply.text]
        await house.idle()
        written = await house.archive.songs.of(ann.member.id)
        assert refused
        assert len(written) + len(refused) == 6
        assert len(await house.archive.songs.of(bo.member.id)) == 1
        await ann.say(LONG, verb="sheet")
        assert "still busy" not in surface.of(ann.place.id)[-1].reply.text


@pytest.mark.asyncio
async def test_what_is_overheard_uses_up_nothing_that_may_be_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann", "group")
        for _ in range(40):
            await ann.say("", verb="song")  # asks what about, so that the next words may be the answer
            await ann.say("…", addressed=False)
            if "quicker" in surface.posts[-1].reply.text:
                break
        assert surface.posts[-1].reply.private
        said = [post for post in surface.posts if "quicker" not in post.reply.text]
        assert len(said) >= 10


@pytest.mark.asyncio
async def test_what_the_house_keeps_is_for_its_owner_only(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    async with opened(tmp_path):
        assert (tmp_path / "data").stat().st_mode & 0o077 == 0
