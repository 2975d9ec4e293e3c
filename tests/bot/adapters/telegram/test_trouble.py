"""Floods, cuts, closed doors and groups that grow."""

from __future__ import annotations

import asyncio

import pytest

from bot.adapters.base import Gone, Unreachable
from bot.conversation.reply import File, Folded, Reply
from tests.bot.adapters.telegram.conftest import Scene, becomes
from tests.stands.telegram.refusal import Refusal, bad

pytestmark = pytest.mark.asyncio
SONG = File("Rain.mp3", "audio/mpeg", content=b"ID3" + bytes(3_000_000))


async def test_a_flood_limit_is_waited_for(scene: Scene) -> None:
    scene.stand.flood("sendMessage", 1)
    await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello"))
    assert len(scene.posts()) == 1


async def test_a_storm_of_flood_limits_ends_in_unreachable(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []
    sleep = asyncio.sleep

    async def nap(seconds: float) -> None:
        naps.append(seconds)
        await sleep(0)

    monkeypatch.setattr("telegram.ext._aioratelimiter.asyncio.sleep", nap)
    scene.stand.flood("sendMessage", 1000, retry_after=3)
    with pytest.raises(Unreachable):
        await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello"))
    assert [seconds for seconds in naps if seconds > 3] == [3.1] * 4
    scene.stand.faults.clear()
    await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello again"))


async def test_an_hours_silence_is_not_waited_for_in_place(scene: Scene) -> None:
    scene.stand.flood("sendMessage", 1, retry_after=3600)
    with pytest.raises(Unreachable):
        await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello"))
    await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello again"))


async def test_an_upload_that_is_cut_is_sent_again_and_comes_once(scene: Scene) -> None:
    scene.stand.cut("sendAudio", 2)
    await scene.surface.post(f"telegram:{scene.anna}", Reply("A song", files=(SONG,)))
    (post,) = scene.posts()
    assert post["audio"]["file_size"] == SONG.size


async def test_a_network_that_stays_away_is_unreachable(scene: Scene) -> None:
    scene.stand.cut("sendAudio", 3)
    with pytest.raises(Unreachable):
        await scene.surface.post(f"telegram:{scene.anna}", Reply("A song", files=(SONG,)))
    assert scene.posts() == []


async def test_a_post_is_whole_or_not_there(scene: Scene) -> None:
    scene.stand.cut("sendMessage", 3)
    reply = Reply("A song", (Folded("Lyrics", "la la la\n" * 600),), files=(SONG,))
    with pytest.raises(Unreachable):
        await scene.surface.post(f"telegram:{scene.anna}", reply)
    assert scene.posts() == []
    await scene.surface.post(f"telegram:{scene.anna}", reply)
    assert len(scene.posts()) == 3


async def test_telegrams_own_faults_are_tried_again(scene: Scene) -> None:
    scene.stand.fail("editMessageText", 2, Refusal(502, "Bad Gateway"))
    name = await scene.surface.post(f"telegram:{scene.anna}", Reply("Waiting"))
    await scene.surface.edit(f"telegram:{scene.anna}", name, Reply("Singing"))
    assert scene.posts()[0]["text"] == "Singing"


async def test_who_blocked_the_bot_is_gone(scene: Scene) -> None:
    scene.people.block(scene.anna)
    with pytest.raises(Gone):
        await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello"))
    await scene.surface.busy(f"telegram:{scene.anna}")


async def test_a_group_that_put_the_bot_out_is_gone(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    name = await scene.surface.post(f"telegram:{group}", Reply("Waiting"))
    scene.people.kick(group)
    with pytest.raises(Gone):
        await scene.surface.edit(f"telegram:{group}", name, Reply("Singing"))
    await scene.surface.delete(f"telegram:{group}", name)


@pytest.mark.parametrize("place", ["telegram:99", "telegram:-100777"])
async def test_a_chat_that_is_not_there_is_gone(scene: Scene, place: str) -> None:
    with pytest.raises(Gone):
        await scene.surface.post(place, Reply("Hello"))


async def test_a_topic_that_was_deleted_is_gone(scene: Scene) -> None:
    forum = scene.people.group(scene.anna, topics=1)
    with pytest.raises(Gone):
        await scene.surface.post(f"telegram:{forum}/55", Reply("Hello"))


async def test_what_telegram_refuses_for_good_is_gone_and_not_asked_for_ever(scene: Scene) -> None:
    scene.stand.fail("sendMessage", 1000, bad("CHAT_SEND_PLAIN_FORBIDDEN"))
    with pytest.raises(Gone):
        await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello"))
    assert scene.stand.counts["sendMessage"] == 1


async def test_a_group_that_grew_is_followed_when_it_says_so(scene: Scene) -> None:
    group = scene.people.group(scene.anna, kind="group")
    new = scene.people.grow(group)
    await becomes(lambda: scene.house.moves == [(f"telegram:{group}", f"telegram:{new}")])
    await scene.surface.post(f"telegram:{group}", Reply("Your song"))
    assert [post["text"] for post in scene.posts(new)] == ["Your song"]


async def test_a_group_that_grew_unheard_is_followed_when_a_post_finds_out(scene: Scene) -> None:
    group = scene.people.group(scene.anna, kind="group")
    await scene.stop()
    new = scene.people.grow(group)
    scene.world.updates.clear()
    await scene.start()
    await scene.surface.post(f"telegram:{group}", Reply("Your song", files=(SONG,)))
    await scene.surface.post(f"telegram:{group}", Reply("Another"))
    assert len(scene.posts(new)) == 2
    await becomes(lambda: scene.house.moves == [(f"telegram:{group}", f"telegram:{new}")])


async def test_a_group_has_twenty_posts_at_once_and_then_one_in_three_seconds(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    posts = [asyncio.create_task(scene.surface.post(f"telegram:{group}", Reply(f"{n}"))) for n in range(23)]
    await becomes(lambda: len(scene.posts(group)) == 20)
    await scene.surface.post(f"telegram:{scene.anna}", Reply("Others do not wait"))
    await scene.surface.busy(f"telegram:{group}")
    assert len(scene.posts(group)) == 20
    for post in posts:
        post.cancel()
