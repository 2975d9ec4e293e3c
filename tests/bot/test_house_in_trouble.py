"""What goes wrong outside the house, and how the house goes on."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.base import Limits
from bot.conversation import news
from bot.conversation.message import Message
from bot.conversation.reply import Reply
from generation.song import SongRequest
from storage.archive import Archive
from storage.songs import Song
from tests.bot.surface import QUICK, MemorySurface, Post, Visitor, opened
from tests.journeys.house import open_house

SEA = "a 15 second song about the sea, female voice"
LONG = "a 30 second song about the sea"


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
async def test_closing_in_the_middle_of_a_sentence_is_quiet_and_loses_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    surface = MemorySurface()
    house = open_house(tmp_path)
    await house.start()
    house.open(surface)
    ann, bo = Visitor(house, "ann"), Visitor(house, "bo")
    await ann.say(SEA)  # its sheet is being written
    answering = asyncio.create_task(bo.say(SEA))
    await asyncio.sleep(0)
    await house.close()
    await answering
    await Visitor(house, "cy").say(SEA)  # too late: the platform will repeat it
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    async with opened(tmp_path, surface) as (house, _):
        for member in (ann, bo):
            await surface.until(lambda post, place=member.place.id: has_song(post) and post.place == place)  # type: ignore[misc]
        await house.idle()
    assert sum(map(has_song, surface.posts)) == 2


@pytest.mark.asyncio
async def test_the_names_of_those_who_gave_the_lines_outlive_a_crash(tmp_path: Path) -> None:
    lines = ("We came by bus through falling rain", "We missed the goal and shot again") * 2
    request = SongRequest(lyrics="[Verse]\n" + "\n".join(lines), duration_s=20.0, language="en")
    song = Song("abc", "memory:ann", "Ann", "memory:ann", "en", "written", "2026-01-01T00:00:00+00:00", request, 1)
    archive = Archive(tmp_path / "data")
    await archive.open()
    await archive.songs.add(replace(song, credits=((lines[0], "Ann"), (lines[1], "Bo"))))
    await archive.close()
    async with opened(tmp_path) as (house, surface):
        await surface.until(lambda post: post.reply.song == song.id)
        kept = await house.archive.songs.get(song.id)
        assert kept is not None
        assert kept.sheet is not None
        assert {line.by for part in kept.sheet.lyrics.sections for line in part.lines} == {"Ann", "Bo"}


@pytest.mark.asyncio
async def test_a_song_deleted_while_it_is_uploaded_leaves_nothing_behind(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        surface.hold_files.clear()
        await surface.uploading.wait()
        (song,) = await house.archive.songs.of(ann.member.id)
        assert await house.delete(song.id)
        surface.hold_files.set()
        await house.idle()
        assert surface.of(ann.place.id) == []
        assert await house.archive.posts.of_song(song.id) == ()
        assert not house.archive.files.folder(song.id).exists()


@pytest.mark.asyncio
async def test_a_live_post_left_behind_by_a_crash_is_finished_after_the_next_start(tmp_path: Path) -> None:
    surface = MemorySurface()
    async with opened(tmp_path, surface) as (house, _):
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        await surface.until(has_song)
        await house.idle()
        (song,) = await house.archive.songs.of(ann.member.id)
        await house.archive.songs.change(song.id, delivered=1)
    told, surface.posts[0].reply = surface.posts[0].reply.text, Reply("99 %")
    async with opened(tmp_path, surface) as (house, _):
        await house.idle()
        assert surface.posts[0].reply.text == told
        assert len(surface.posts) == 2


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
