"""A message comes in; an answer, and then a song, go out."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.conversation.talk import Standing
from generation.errors import WishError
from storage.songs import Song
from tests.bot.surface import Post, Visitor, opened

SEA = "a 15 second song about the sea, female voice"


def has_song(post: Post) -> bool:
    return any(file.is_audio for file in post.reply.files)


@pytest.mark.asyncio
async def test_a_sentence_becomes_a_song(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        assert "sea" in surface.posts[0].reply.text  # the answer is there before any sheet
        finished = await surface.until(has_song)
        live = await surface.until(lambda post: post.id == surface.posts[0].id and "finished" in post.reply.text)
        (song,) = await house.archive.songs.of(ann.member.id)
        assert (song.status, song.live) == ("made", live.id)
        assert song.note is not None
        assert finished.reply.song == song.id
        file = finished.reply.files[0]
        assert file.title == song.title
        assert file.read()[:3] == b"ID3"
        assert surface.busy_places == [ann.place.id] * len(surface.busy_places) != []


@pytest.mark.asyncio
async def test_the_sheet_first_then_sung_by_its_button(tmp_path: Path) -> None:
    async with opened(tmp_path, sheet_first=True) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        card = await surface.until(lambda post: any(b.verb == "sing" for row in post.reply.buttons for b in row))
        assert not any(has_song(post) for post in surface.posts)
        await asyncio.gather(ann.press(card, "sing"), ann.press(card, "sing"))  # a double click
        await surface.until(has_song)
        await house.idle()
        assert sum(map(has_song, surface.posts)) == 1


@pytest.mark.asyncio
async def test_the_same_message_twice_is_one_song(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        message = ann.message(SEA)
        await asyncio.gather(house.receive(message), house.receive(message))
        await house.receive(message)
        assert len(surface.of(ann.place.id)) == 1
        assert len(await house.archive.songs.of(ann.member.id)) == 1


@pytest.mark.asyncio
async def test_a_flood_is_answered_with_one_sentence(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann, bo = Visitor(house, "ann"), Visitor(house, "bo")
        for _ in range(30):
            await ann.say("help")
        await bo.say("help")
        texts = [post.reply.text for post in surface.of(ann.place.id)]
        assert len(texts) == 11
        assert len(set(texts)) == 2
        assert len(surface.of(bo.place.id)) == 1


@pytest.mark.asyncio
async def test_a_button_pressed_twice_in_a_moment_is_meant_once(tmp_path: Path) -> None:
    async with opened(tmp_path, sheet_first=True) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        card = await surface.until(lambda post: bool(post.reply.buttons))
        await house.idle()
        before = len(surface.posts)
        await ann.press(card, "again")
        await ann.press(card, "again")  # another message to the platform
        assert len(surface.posts) == before + 1
        assert len(await house.archive.songs.of(ann.member.id)) == 2


@pytest.mark.asyncio
async def test_chatter_beside_a_song_written_together_is_no_flood(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann, bo = Visitor(house, "ann", "group"), Visitor(house, "bo", "group")
        await ann.say("our team", verb="together")
        for _ in range(30):
            await bo.say("did you see the match?", addressed=False)
        assert len(surface.posts) == 1
        await bo.say("We came by bus through falling rain", verb="together", argument="line")
        assert "We came by bus" in surface.posts[-1].reply.text


@pytest.mark.asyncio
async def test_what_is_overheard_leaves_no_trace(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann", "group")
        await ann.say("a song about my holidays", addressed=False)
        assert surface.posts == []
        assert await house.archive.members.get(ann.member.id) is None


@pytest.mark.asyncio
async def test_a_song_is_stopped_while_it_is_sung(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say("a 45 second song about the sea")
        (song,) = await house.archive.songs.of(ann.member.id)
        await surface.until(lambda post: "▓" in post.reply.text or "░" in post.reply.text)
        await ann.say(verb="cancel", song=song.id)
        stopped = await surface.until(lambda post: post.id == surface.posts[0].id and "░" not in post.reply.text)
        assert "stopped" in stopped.reply.text
        assert not await house.cancel(song.id)
        await ann.say("a 15 second song about rain", verb="song")  # the studio is free again
        await surface.until(has_song)
        kept = await house.archive.songs.get(song.id)
        assert kept is not None
        assert kept.status == "cancelled"
        assert not list(house.archive.files.folder(song.id).glob("*.mp3"))


@pytest.mark.asyncio
async def test_forgetting_everything_leaves_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "annabelle")
        await ann.say("a 15 second song called Zanzibar Marmalade about the sea")
        await surface.until(has_song)
        await house.idle()
        (song,) = await house.archive.songs.of(ann.member.id)
        await ann.say("everything", verb="forget")
        asked = await surface.until(lambda post: any(b.argument == "yes" for row in post.reply.buttons for b in row))
        await ann.press(asked, "forget", "yes")
        await house.idle()
        assert [post.reply.text for post in surface.of(ann.place.id)][-1].startswith("Everything about you")
        assert not house.archive.files.folder(song.id).exists()
        assert not any(has_song(post) for post in surface.of(ann.place.id))
        await house.close()
        left = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
        for trace in (b"annabelle", b"Zanzibar", b"Marmalade", song.id.encode()):
            assert trace not in left


@pytest.mark.asyncio
async def test_two_hundred_members_at_once_are_all_answered_and_sung_for_in_a_fair_order(tmp_path: Path) -> None:
    async with opened(tmp_path, most_open=2) as (house, surface):
        members = [Visitor(house, f"member{number}") for number in range(200)]
        await asyncio.gather(*(member.say("rain", verb="song") for member in members))
        assert all(len(surface.of(member.place.id)) == 1 for member in members)
        songs = [song for member in members for song in await house.archive.songs.of(member.member.id)]
        assert len({song.id for song in songs}) == 200


@pytest.mark.asyncio
async def test_the_language_chosen_wins_over_the_platforms(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann", language="en")
        await ann.say("zh", verb="language")
        await ann.say("help")
        known = await house.archive.members.get(ann.member.id)
        assert known is not None
        assert known.language == "zh"
        assert surface.posts[-1].reply.language == "zh"


@pytest.mark.asyncio
async def test_an_order_without_a_talk_can_be_watched_to_its_end(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, _):
        api = Visitor(house, "api")
        song = await house.order(api.place, api.member, "a 15 second song about the sea", 7, "en")
        assert (song.status, song.seed) == ("waiting", 7)
        seen = [each async for each in house.watch(song.id)]
        assert isinstance(seen[0], Song)
        assert any(isinstance(each, Standing) for each in seen)
        assert isinstance(seen[-1], Song)
        assert seen[-1].status == "made"
        assert await house.standing(song.id) is None
        assert await house.delete(song.id)
        assert not await house.delete(song.id)
        with pytest.raises(WishError) as refused:
            await house.order(api.place, api.member, "x" * 9000, None, "zh")
        assert refused.value.zh != refused.value.en


@pytest.mark.asyncio
async def test_a_group_that_moves_keeps_its_songs(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann", "group")
        await ann.say(SEA)
        await surface.until(has_song)
        await house.idle()
        await house.moved(ann.place.id, "memory:supergroup")
        (song,) = await house.archive.songs.of(ann.member.id)
        assert song.place == "memory:supergroup"
        await Visitor(house, "ann", "supergroup").say("slower")
        assert surface.posts[-1].place == "memory:supergroup"
        assert len(await house.archive.songs.of(ann.member.id)) == 2
