"""Three seconds to answer, fifteen minutes to go on, and the channel after that."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.adapters.base import Gone
from bot.adapters.discord import app
from bot.conversation.message import Message
from bot.conversation.reply import Button, File, Reply
from tests.bot.adapters.discord.conftest import World

pytestmark = pytest.mark.asyncio
SONG = File("sea.mp3", "audio/mpeg", content=b"ID3" + bytes(2000), title="Sea", thumbnail=b"\xff\xd8jpeg")


class Thinking:
    """A house that answers when it is told to."""

    def __init__(self, world: World, *replies: Reply) -> None:
        self.go = asyncio.Event()
        self._world = world
        self._replies = replies

    async def __call__(self, message: Message) -> None:
        await self._world.env.external_wait(self.go.wait(), reason="thinking")
        for reply in self._replies:
            await self._world.surface.post(message.place.id, reply, message)


async def test_a_quick_answer_is_the_first_response(world: World) -> None:
    answered = await world.anna.slash(world.channel, "help")
    assert not answered.deferred
    assert answered.response is not None
    assert not answered.ephemeral


async def test_what_is_private_is_seen_by_its_member_alone(world: World) -> None:
    world.house.replies = [Reply("Three songs are enough.", private=True)]
    answered = await world.anna.slash(world.channel, "song", text="rain")
    assert answered.response is not None
    assert answered.response.ephemeral
    bo = world.guild.add_member(world.env.create_user("bo"))
    assert not world.channel.history(viewer=bo)


async def test_the_second_answer_follows_the_first(world: World) -> None:
    world.house.replies = [Reply("One."), Reply("Two.", private=True)]
    answered = await world.anna.slash(world.channel, "help")
    assert [(each.content, each.ephemeral) for each in answered.followups] == [("Two.", True)]


async def test_slow_thinking_is_shown_within_three_seconds_and_then_answered(world: World) -> None:
    world.house.script = thinking = Thinking(world, Reply("Now.", files=(SONG,)))
    answered = await world.anna.slash(world.channel, "song", text="rain")
    assert not answered.acknowledged
    await world.env.advance_time(2)
    assert answered.deferred
    thinking.go.set()
    await world.env.settle()
    assert answered.response is not None
    assert answered.response.content == "Now."
    assert [file.filename for file in answered.response.attachments] == ["cover.jpg", "sea.mp3"]


async def test_slow_and_private_is_still_private(world: World) -> None:
    world.house.script = thinking = Thinking(world, Reply("Only you.", private=True))
    answered = await world.anna.slash(world.channel, "song", text="rain")
    await world.env.advance_time(2)
    thinking.go.set()
    await world.env.settle()
    assert answered.response is None
    assert [(each.content, each.ephemeral) for each in answered.followups] == [("Only you.", True)]


async def test_too_late_for_discord_is_answered_in_the_channel(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "PATIENCE_S", 60.0)
    world.house.script = thinking = Thinking(world, Reply("At last."))
    await world.anna.slash(world.channel, "song", text="rain")
    await world.env.advance_time(10)
    thinking.go.set()
    await world.env.settle()
    assert world.channel.last_message is not None
    assert world.channel.last_message.content == f"<@{world.anna.id}> At last."


async def test_silence_leaves_no_command_hanging(world: World) -> None:
    world.house.replies = []
    answered = await world.anna.slash(world.channel, "status")
    assert answered.response is not None
    assert answered.response.ephemeral


async def test_after_fifteen_minutes_the_song_comes_through_the_channel_and_calls_its_member(world: World) -> None:
    posts: list[tuple[str, Message]] = []

    async def script(message: Message) -> None:
        posts.append((await world.surface.post(world.here, Reply("It waits.", song="a1"), message), message))

    world.house.script = script
    await world.anna.slash(world.channel, "song", text="rain")
    ((live, message),) = posts
    with world.env.time_context():
        await world.surface.edit(world.here, live, Reply("It sings."))
        assert world.asked("PATCH", "/webhooks/")
        await world.env.advance_time(16 * 60)
        await world.surface.edit(world.here, live, Reply("It is done."))
        assert world.asked("PATCH", f"/channels/{world.channel.id}/messages/{live}")
        await world.surface.post(world.here, Reply("Here it is.", files=(SONG,), song="a1"), message)
    done, result = world.channel.history()
    assert done.content == "It is done."
    assert result.content == f"<@{world.anna.id}> Here it is."
    assert [user.id for user in result.mentions] == [world.anna.id]


async def test_an_edit_keeps_the_files_and_takes_away_buttons(world: World) -> None:
    reply = Reply("A song", files=(SONG,), buttons=((Button("Again", "again", "a1"),),))
    name = await world.surface.post(world.here, reply)
    await world.surface.edit(world.here, name, Reply("A song, once"))
    (message,) = world.channel.history()
    assert (message.content, len(message.attachments), message.components) == ("A song, once", 2, [])


async def test_a_post_is_taken_down_once_and_twice(world: World) -> None:
    name = await world.surface.post(world.here, Reply("Oh"))
    await world.surface.delete(world.here, name)
    await world.surface.delete(world.here, name)
    assert world.channel.history() == []
    with pytest.raises(Gone):
        await world.surface.edit(world.here, name, Reply("Ah"))


async def test_members_words_cannot_call_anyone(world: World) -> None:
    await world.surface.post(world.here, Reply(f"@everyone <@{world.anna.id}> **hi** [x](http://evil)"))
    message: Any = world.channel.last_message
    assert not message.mentions
    assert not message.mention_everyone
    assert message.content == f"@\u200beveryone \\<@\u200b{world.anna.id}\\> \\*\\*hi\\*\\* \\[x\\](http://evil)"


async def test_typing_is_shown(world: World) -> None:
    await world.surface.busy(world.here)
    await world.surface.busy("discord:1")
    assert len(world.asked("POST", "/typing")) == 2
