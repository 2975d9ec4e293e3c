"""Slash commands, the message menu, and when Discord is told of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.discord.rights import invite
from bot.conversation.reply import Reply
from bot.conversation.verbs import verbs
from generation.song import SongRequest
from storage.songs import Song
from tests.bot.adapters.discord.conftest import World

pytestmark = pytest.mark.asyncio
GUIDE = Path(__file__).resolve().parents[4] / "docs" / "discord.md"


def told(world: World) -> dict[str, Any]:
    (sync,) = world.asked("PUT", "/commands")
    return {command["name"]: command for command in sync.json}


def song(number: int, owner: str, title: str) -> Song:
    created = f"2026-01-{number:02}T10:00:00+00:00"
    name = f"song{number:06}"
    return Song(name, owner, "Anna", "discord:1", "en", "written", created, SongRequest(text=title), 1, name=title)


async def test_every_verb_is_a_command_in_english_and_chinese(world: World) -> None:
    commands = told(world)
    assert set(commands) == {*verbs(), "Sing this"}
    for verb in verbs().values():
        command = commands[verb.name]
        assert command["description"] == verb.says["en"]
        assert command["name_localizations"]["zh-CN"] == verb.label["zh"]
        assert command["description_localizations"]["zh-TW"] == verb.says["zh"]
        assert command["contexts"] == [0, 1]
        wanted = {"text"} if verb.takes != "nothing" else set()
        wanted |= {"file"} if verb.file else set()
        wanted |= {"song"} if verb.song else set()
        assert {option["name"] for option in command.get("options", [])} == wanted


async def test_discord_is_told_only_of_what_changed(world: World) -> None:
    told(world)
    await world.restart()
    told(world)
    (world.folder / "discord-commands").write_text("something older")
    await world.restart()
    assert len(world.asked("PUT", "/commands")) == 2


async def test_a_command_is_a_message_with_its_verb(world: World) -> None:
    world.languages[world.anna.id] = "zh"
    answered = await world.anna.slash(world.channel, "song", text="rain", file=("words.txt", b"la la"))
    (message,) = world.house.received
    assert (message.verb, message.text, message.member.name, message.member.language) == ("song", "rain", "Anna", "zh")
    assert message.id == f"discord:i:{answered._interaction.id}"
    assert message.place.id == world.here
    assert message.place.shared
    assert message.attachment is not None
    assert (message.attachment.name, message.attachment.content) == ("words.txt", b"la la")
    assert answered.response is not None
    assert answered.response.content == "Understood."


async def test_a_command_alone_with_the_bot(world: World) -> None:
    answered = await world.anna.user.slash("status")
    assert not world.house.received[0].place.shared
    assert answered.response.content == "Understood."


async def test_the_message_menu_sings_somebodys_words(world: World) -> None:
    words = await world.anna.send(world.channel, "I left my shoes beside the door")
    await world.anna.context_menu(world.channel, "Sing this", words)
    message = world.house.received[-1]
    assert (message.verb, message.quoted, message.text) == ("song", "I left my shoes beside the door", "")


async def test_the_message_menu_on_a_sheet_sings_that_sheet(world: World) -> None:
    await world.surface.post(world.here, Reply("A sheet"))
    sheet: Any = world.channel.last_message
    await world.anna.context_menu(world.channel, "Sing this", sheet)
    message = world.house.received[-1]
    assert (message.verb, message.replied, message.quoted) == ("sing", str(sheet.id), "")


async def test_a_command_of_an_older_version_is_answered(world: World) -> None:
    world.surface.client.tree.remove_command("status")
    answered = await world.anna.slash(world.channel, "status")
    assert answered.response is not None
    assert answered.response.ephemeral
    world.excused = len(world.env.errors)
    assert world.excused == 1
    assert world.house.received == []


async def test_a_members_own_songs_are_offered_while_they_type(world: World) -> None:
    for number, title in enumerate(("Rain", "Sea", "Raindrops"), 1):
        await world.house.archive.songs.add(song(number, f"discord:{world.anna.id}", title))
    await world.house.archive.songs.add(song(9, "discord:4711", "Rain of another"))
    choices = await world.anna.autocomplete(world.channel, "sing", "song", "rain")
    assert [choice["name"] for choice in choices] == ["Raindrops · 2026-01-03", "Rain · 2026-01-01"]
    await world.anna.slash(world.channel, "sing", song=choices[0]["value"])
    assert world.house.received[-1].song == "song000003"


async def test_a_song_may_be_named_by_its_title_too(world: World) -> None:
    await world.house.archive.songs.add(song(1, f"discord:{world.anna.id}", "Rain"))
    await world.anna.slash(world.channel, "sing", song="rain")
    await world.anna.slash(world.channel, "sing", song="no such song")
    assert [message.song for message in world.house.received] == ["song000001", "no such song"]


async def test_the_guide_gives_the_exact_rights_and_commands() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert invite(1).replace("client_id=1&", "client_id=APPLICATION_ID&") in guide
    named = set(re.findall(r"`/([^`]+)`", guide))
    assert named <= {*verbs(), *(verb.label["zh"] for verb in verbs().values())}


async def test_a_hundred_songs_are_offered_as_the_newest_25(world: World) -> None:
    for number in range(1, 31):
        await world.house.archive.songs.add(song(number, f"discord:{world.anna.id}", "x" * 200))
    choices = await world.anna.autocomplete(world.channel, "sing", "song", "")
    assert len(choices) == 25
    assert all(len(choice["name"]) <= 100 for choice in choices)
