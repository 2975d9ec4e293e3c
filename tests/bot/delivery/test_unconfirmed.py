"""A song that was sent and never confirmed: at most twice, and the second one says so."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.adapters.base import Unconfirmed
from bot.conversation.reply import File, Reply
from bot.delivery.outbox import Outbox
from storage.archive import Archive
from tests.bot.surface import MemorySurface, Post, Visitor, opened
from tests.journeys.house import open_house

SEA = "a 15 second song about the sea, female voice"
MAYBE = "may have this song already"


def songs(surface: MemorySurface) -> list[Post]:
    return [post for post in surface.posts if any(file.is_audio for file in post.reply.files)]


@pytest.mark.asyncio
@pytest.mark.parametrize("unconfirmed", [1, 5])
async def test_it_is_sent_once_more_and_no_oftener(tmp_path: Path, unconfirmed: int) -> None:
    surface = MemorySurface()
    surface.unconfirmed = unconfirmed
    async with opened(tmp_path, surface) as (house, _):
        await Visitor(house, "ann").say(SEA)
        await surface.until(lambda post: MAYBE in post.reply.text)
        await house.idle()
    async with opened(tmp_path, surface) as (house, _):
        await house.idle()
    assert [MAYBE in post.reply.text for post in songs(surface)] == [False, True]


@pytest.mark.asyncio
async def test_a_house_that_ends_while_it_sends_says_so_after_the_next_start(tmp_path: Path) -> None:
    surface = MemorySurface()
    surface.hold_files.clear()
    house = open_house(tmp_path)
    await house.start()
    house.open(surface)
    await Visitor(house, "ann").say(SEA)
    await asyncio.wait_for(surface.uploading.wait(), 20)
    await house.close()
    surface.hold_files.set()
    async with opened(tmp_path, surface) as (house, _):
        await surface.until(lambda post: MAYBE in post.reply.text)
        await house.idle()
    async with opened(tmp_path, surface) as (house, _):
        await house.idle()
    assert len(songs(surface)) == 1


@pytest.mark.asyncio
async def test_no_other_file_is_sent_oftener_than_twice_either(tmp_path: Path) -> None:
    surface = MemorySurface()
    surface.unconfirmed = 10
    archive = Archive(tmp_path)
    outbox = Outbox(archive, pace=0.001)
    outbox.open(surface)
    with pytest.raises(Unconfirmed):
        await outbox.post(
            "memory:here", Reply("parts", files=(File("a.mid", "audio/midi", content=b"MThd"),)), tries=50
        )
    assert len(surface.posts) == 2
