"""What goes wrong outside the house, and how the house goes on."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.adapters.base import Limits
from bot.conversation import news
from bot.conversation.message import Message
from tests.bot.surface import QUICK, MemorySurface, Post, Visitor, opened
from tests.journeys.house import open_house

SEA = "a 15 second song about the sea, female voice"
LONG = "a 45 second song about the sea"


def has_song(post: Post) -> bool:
    return any(file.is_audio for file in post.reply.files)


@pytest.mark.asyncio
async def test_a_restart_in_the_middle_goes_on_in_the_same_post(tmp_path: Path) -> None:
    surface = MemorySurface()
    async with opened(tmp_path, surface) as (house, _):
        ann, bo = Visitor(house, "ann"), Visitor(house, "bo")
        await ann.say(LONG)
        await surface.until(lambda post: "░" in post.reply.text)
        await bo.say(SEA)  # waits
    before = len(surface.posts)
    async with opened(tmp_path, surface) as (house, _):
        finished = await surface.until(lambda post: has_song(post) and post.place == bo.place.id)
        await surface.until(lambda post: has_song(post) and post.place == ann.place.id)
        await house.idle()
        assert len(surface.posts) == before + 2  # no second live post, each song once
        assert "finished" in surface.posts[0].reply.text
        (song,) = await house.archive.songs.of(bo.member.id)
        assert finished.reply.song == song.id


@pytest.mark.asyncio
async def test_a_song_made_while_its_chat_was_away_is_posted_after_the_next_start(tmp_path: Path) -> None:
    house = open_house(tmp_path)
    await house.start()
    surface = MemorySurface()
    house.open(surface)
    ann = Visitor(house, "ann")
    await ann.say(SEA)
    surface.unreachable = 10**6
    (song,) = await house.archive.songs.of(ann.member.id)
    async for _ in house.watch(song.id):
        pass
    await house.close()
    surface.unreachable = 0
    async with opened(tmp_path, surface) as (house, _):
        await surface.until(has_song)
        await house.idle()
    async with opened(tmp_path, surface) as (house, _):
        await house.idle()
        assert sum(map(has_song, surface.posts)) == 1


@pytest.mark.asyncio
async def test_a_cut_network_delays_the_answer_and_loses_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        surface.unreachable = 2
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        assert len(surface.posts) == 1
        surface.unreachable = 5
        await surface.until(has_song)
        await house.idle()
        assert sum(map(has_song, surface.posts)) == 1
        assert "finished" in surface.posts[0].reply.text


@pytest.mark.asyncio
async def test_a_live_post_that_was_deleted_does_not_stop_the_song(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        surface.posts[0].deleted = True
        assert await surface.until(has_song)
        await house.idle()


@pytest.mark.asyncio
async def test_a_song_is_kept_when_the_chat_is_gone(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann", "group")
        await ann.say(SEA)
        surface.gone.add(ann.place.id)
        (song,) = await house.archive.songs.of(ann.member.id)
        async for _ in house.watch(song.id):
            pass
        await house.idle()
        again = Visitor(house, "ann")
        await again.say(verb="mine")
        assert song.id in str(surface.posts[-1].reply.buttons)
        assert await house.archive.songs.undelivered() == ()


@pytest.mark.asyncio
async def test_a_failed_song_says_why_even_where_its_live_post_is_gone(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say("a 3 second song about the sea")
        await house.idle()
        assert "15 seconds" in surface.posts[0].reply.text
        again = asyncio.create_task(ann.say("a 4 second song about the sea", verb="song"))
        await again
        surface.posts[1].deleted = True
        told = await surface.until(lambda post: post.id not in {"1", "2"})
        assert "15 seconds" in told.reply.text


@pytest.mark.asyncio
async def test_a_bug_is_one_sentence_for_the_member_and_no_private_word_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def bug(_: object, message: Message, *__: object) -> None:
        raise LookupError(message.text)

    async with opened(tmp_path) as (house, surface):
        await house.idle()
        monkeypatch.setattr("bot.house.house.turn", bug)
        with caplog.at_level(logging.INFO):
            await Visitor(house, "ann", language="zh").say("我的秘密")
        assert [post.reply for post in surface.posts] == [news.fault("zh")]
        assert "LookupError" in caplog.text
        assert "秘密" not in caplog.text


@pytest.mark.asyncio
async def test_an_order_that_breaks_is_one_sentence_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path) as (house, surface):
        await house.idle()
        monkeypatch.setattr(type(house.archive.reports), "add", None)
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        (song,) = await house.archive.songs.of(ann.member.id)
        await ann.say("it is rude", verb="report", song=song.id)
        assert await surface.until(lambda post: post.reply.text == news.fault("en").text)


@pytest.mark.asyncio
async def test_a_broken_adapter_breaks_nothing_else(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        other = MemorySurface("other")
        house.open(other)
        surface.broken = True
        await Visitor(house, "ann").say("help")
        await Visitor(house, "bo", on="other").say("help")
        assert len(other.posts) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("upload_bytes", "carried"), [(400_000, True), (50_000, False)], ids=["at a lower rate", "not at all"]
)
async def test_a_song_too_big_for_the_chat(tmp_path: Path, upload_bytes: int, carried: bool) -> None:
    small = Limits(QUICK.text, upload_bytes, QUICK.edit_every_s, QUICK.edit_every_shared_s)
    async with opened(tmp_path, MemorySurface(limits=small)) as (house, surface):

        async def link(song: object) -> str:
            del song
            return "https://songs.example.org/s/abc"

        house.link = link
        await Visitor(house, "ann").say(SEA)
        post = await surface.until(lambda post: has_song(post) or "songs.example.org" in post.reply.text)
        await house.idle()
        assert has_song(post) is carried


@pytest.mark.asyncio
async def test_moderators_are_told_of_a_report_where_they_are_alone_with_the_bot(tmp_path: Path) -> None:
    async with opened(tmp_path, moderators=frozenset({"memory:mo"})) as (house, surface):
        ann, mo = Visitor(house, "ann"), Visitor(house, "mo")
        await mo.say("help")
        await ann.say(SEA)
        (song,) = await house.archive.songs.of(ann.member.id)
        await ann.say("it is rude", verb="report", song=song.id)
        told = await surface.until(lambda post: post.place == mo.place.id and "rude" in post.reply.text)
        assert told.reply.song == song.id
