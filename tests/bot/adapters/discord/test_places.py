"""Where people write: alone with the bot, in channels, threads and forums; and what is not for the bot."""

from __future__ import annotations

from typing import Any

import pytest
import simcord
from simcord.backend.models.message import AllowedMentions

from bot.conversation.reply import File, Reply
from tests.bot.adapters.discord.conftest import World

pytestmark = pytest.mark.asyncio
SONG = File("sea.mp3", "audio/mpeg", content=b"ID3" + bytes(2000))

NO_MENTION = AllowedMentions(replied_user=False)


async def thread_of(world: World, parent: simcord.ChannelHandle) -> simcord.ChannelHandle:
    thread = world.env.backend.create_thread(parent.id, "a song together", world.anna.id)
    await world.env.settle()
    return simcord.ChannelHandle(world.env, world.guild, thread)


async def test_a_private_chat(world: World) -> None:
    sent = await world.anna.send_dm("a song about rain")
    (message,) = world.house.received
    assert (message.text, message.place.shared, message.addressed) == ("a song about rain", False, True)
    assert message.id == f"discord:{sent.id}"
    assert message.place.id == f"discord:{world.anna.user.dm_channel.id}"
    last: Any = world.anna.user.dm_channel.last_message
    assert (last.content, last.reference) == ("Understood.", None)


async def test_a_mention_is_a_sentence_without_the_bots_name_and_is_answered_as_one(world: World) -> None:
    bo = world.guild.add_member(world.env.create_user("bo", global_name="Bo"))
    sent = await world.anna.send(world.channel, f"hey <@{world.me}> a song for <@{bo.id}> <:drum:42>")
    assert world.house.received[0].text == "hey  a song for @Bo :drum:"
    last: Any = world.channel.last_message
    assert last.reference.message_id == sent.id
    assert not last.mentions


async def test_a_finished_song_calls_the_one_who_asked(world: World) -> None:
    world.house.replies = [Reply("Here", files=(SONG,))]
    await world.anna.send(world.channel, f"<@{world.me}> a song")
    last: Any = world.channel.last_message
    assert [user.id for user in last.mentions] == [world.anna.id]


async def test_talk_among_people_is_not_heard(world: World) -> None:
    await world.anna.send(world.channel, "lovely weather")
    assert world.house.received == []
    assert len(world.channel.history()) == 1


async def test_an_answer_that_discord_hides_is_told_so(world: World) -> None:
    await world.surface.post(world.here, Reply("A song"))
    post: Any = world.channel.last_message
    reference = {"channel_id": str(world.channel.id), "message_id": str(post.id)}
    world.env.backend.create_message(
        world.channel.id, world.anna.id, "slower", reference=reference, allowed_mentions=NO_MENTION
    )
    await world.env.settle()
    assert world.house.received == []
    last: Any = world.channel.last_message
    assert "Keep the @ on" in last.content


async def test_other_bots_and_the_bot_itself_are_not_heard(world: World) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"<@{world.me}> a song")
    await world.surface.post(world.here, Reply("I talk to myself"))
    assert world.house.received == []


async def test_an_answer_to_a_post_means_that_post(world: World) -> None:
    await world.surface.post(world.here, Reply("A song"))
    post: Any = world.channel.last_message
    await world.anna.send(world.channel, f"<@{world.me}> slower", reply_to=post)
    message = world.house.received[-1]
    assert (message.replied, message.text, message.quoted) == (str(post.id), "slower", "")


async def test_an_answer_to_somebodys_words_quotes_them(world: World) -> None:
    words = await world.anna.send(world.channel, f"<@{world.me}> we came by bus")
    await world.anna.send(world.channel, f"<@{world.me}> sing this", reply_to=words)
    message = world.house.received[-1]
    assert (message.replied, message.quoted) == (None, "we came by bus")


async def test_a_thread_is_a_place_of_its_own(world: World) -> None:
    thread = await thread_of(world, world.channel)
    await world.anna.slash(thread, "together", text="our team")
    await world.anna.send(thread, f"<@{world.me}> a line")
    assert [message.place.id for message in world.house.received] == [f"discord:{thread.id}"] * 2
    assert all(message.place.shared for message in world.house.received)
    assert len(thread.history()) == 3


async def test_a_post_in_a_forum_is_a_place_of_its_own(world: World) -> None:
    thread = await thread_of(world, world.guild.create_forum_channel("requests"))
    await world.anna.send(thread, f"<@{world.me}> a song")
    assert world.house.received[-1].place.id == f"discord:{thread.id}"
    last: Any = thread.last_message
    assert last.content == "Understood."


async def test_a_voice_note_and_a_file_come_with_their_sentence(world: World) -> None:
    backend = world.env.backend
    files = backend.store_attachments(world.anna.user.dm_channel.id, [("hum.ogg", b"OggS" + bytes(100))])
    await world.anna.send_dm("hummed", attachments=files)
    attachment = world.house.received[-1].attachment
    assert attachment is not None
    assert (attachment.name, attachment.media_type, attachment.size) == ("hum.ogg", "audio/ogg", 104)
    assert attachment.content == b"OggS" + bytes(100)


async def test_a_file_that_is_too_big_is_not_fetched(world: World) -> None:
    files = world.env.backend.store_attachments(world.anna.user.dm_channel.id, [("hum.wav", b"")])
    files[0]["size"] = 30 * 1024 * 1024
    await world.anna.send_dm("hummed", attachments=files)
    attachment = world.house.received[-1].attachment
    assert attachment is not None
    assert (attachment.size, attachment.content) == (30 * 1024 * 1024, None)


async def test_after_a_restart_a_finished_song_still_calls_its_member(world: World) -> None:
    from tests.bot.adapters.discord.test_commands import song

    await world.house.archive.songs.add(song(1, f"discord:{world.anna.id}", "Sea"))
    await world.restart()
    await world.surface.post(world.here, Reply("Here", files=(SONG,), song="song000001"))
    last: Any = world.channel.last_message
    assert last.content == f"<@{world.anna.id}> Here"
    assert [user.id for user in last.mentions] == [world.anna.id]
