"""Deleted channels, a bot put out, an overloaded Discord, missing rights, a wrong token."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp
import discord
import pytest
from discord.backoff import ExponentialBackoff
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from bot.adapters.base import Gone, Unreachable
from bot.adapters.discord import client
from bot.adapters.discord.trouble import telling
from bot.conversation.reply import File, Folded, Reply
from tests.bot.adapters.discord.conftest import TestHouse, World, surface_of

pytestmark = pytest.mark.asyncio
SONG = File("sea.mp3", "audio/mpeg", content=b"ID3" + bytes(2000))
MESSAGES = "/channels/*/messages"


async def test_a_deleted_channel_is_gone(world: World) -> None:
    name = await world.surface.post(world.here, Reply("A song"))
    world.env.backend.delete_channel(world.channel.id)
    await world.env.settle()
    for trying in (world.surface.post(world.here, Reply("More")), world.surface.edit(world.here, name, Reply("Less"))):
        with pytest.raises(Gone):
            await trying
    await world.surface.delete(world.here, name)
    await world.surface.busy(world.here)


async def test_a_server_that_puts_the_bot_out_is_gone(world: World) -> None:
    world.env.backend.remove_member(world.guild.id, world.me)
    await world.env.settle()
    with pytest.raises(Gone):
        await world.surface.post(world.here, Reply("Hello?"))


@pytest.mark.parametrize("place", ["discord:", "discord:songs", "discord:-5"])
async def test_a_place_that_cannot_be_is_gone(world: World, place: str) -> None:
    with pytest.raises(Gone):
        await world.surface.post(place, Reply("Hello?"))


async def test_a_post_that_cannot_be_is_gone(world: World) -> None:
    with pytest.raises(Gone):
        await world.surface.edit(world.here, "no number", Reply("Hello?"))


@pytest.mark.parametrize("status", [500, 502, 503, 429])
async def test_an_overloaded_discord_is_tried_again_later(world: World, status: int) -> None:
    world.env.inject_error("POST", MESSAGES, status=status)
    with pytest.raises(Unreachable):
        await world.surface.post(world.here, Reply("A song", files=(SONG,)))
    await world.surface.post(world.here, Reply("A song", files=(SONG,)))
    last: Any = world.channel.last_message
    assert last.attachments[0].size == 2003


@pytest.mark.parametrize(
    "error", [aiohttp.ClientConnectionError("cut"), TimeoutError(), ConnectionResetError(), discord.RateLimited(9.0)]
)
async def test_a_cut_network_is_tried_again_later(error: Exception) -> None:
    with pytest.raises(Unreachable), telling():
        raise error


async def test_our_own_fault_stays_what_it_is(world: World) -> None:
    world.env.inject_error("POST", MESSAGES, status=400, code=50035)
    with pytest.raises(discord.HTTPException):
        await world.surface.post(world.here, Reply("A song"))


async def test_an_archived_thread_that_is_locked_is_gone(world: World) -> None:
    world.env.inject_error("POST", MESSAGES, status=400, code=50083)
    with pytest.raises(Gone):
        await world.surface.post(world.here, Reply("A song"))


async def test_missing_rights_are_named_where_they_are_missing(world: World) -> None:
    everyone = world.guild.default_role.id
    denied = discord.Permissions(attach_files=True, embed_links=True).value
    world.env.backend.set_overwrite(world.channel.id, Overwrite(everyone, OverwriteType.ROLE, deny=denied))
    await world.env.settle()
    await world.surface.post(world.here, Reply("A song", files=(SONG,)))
    await world.surface.post(world.here, Reply("A song", folded=(Folded("Lyrics", "la"),), language="zh"))
    files, _, cards, _ = [message.content for message in world.channel.history()]
    assert "Attach Files" in files
    assert "Embed Links" in cards
    assert "管理员" in cards


async def test_without_the_right_to_read_what_was_said_it_is_answered_without_quoting_it(world: World) -> None:
    world.env.inject_error("POST", MESSAGES, status=400, code=160002)
    await world.anna.send(world.channel, f"<@{world.me}> a song")
    last: Any = world.channel.last_message
    assert (last.content, last.reference) == ("Understood.", None)


async def test_nothing_can_be_said_before_signing_in(world: World) -> None:
    surface = surface_of(world.folder, world.house)
    with pytest.raises(Unreachable):
        await surface.post(world.here, Reply("Too early"))
    await surface.busy(world.here)


async def test_a_refused_token_is_one_sentence_without_the_token(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, world: World
) -> None:
    async def refused(_self: Any, _token: str) -> None:
        raise discord.LoginFailure("Improper token has been passed.")

    monkeypatch.setattr(discord.http.HTTPClient, "static_login", refused)
    surface = surface_of(world.folder, TestHouse(world.house.archive))
    with caplog.at_level(logging.INFO):
        async with surface:
            await asyncio.wait_for(surface.client.refused.wait(), 5)
    (record,) = [record for record in caplog.records if record.name == client.__name__]
    assert "DISCORD_TOKEN" in record.getMessage()
    assert "simcord" not in caplog.text


async def test_a_connection_ended_for_good_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, world: World
) -> None:
    async def ended(_self: Any, _token: str) -> None:
        raise discord.PrivilegedIntentsRequired(0)

    monkeypatch.setattr(client.MinstrelClient, "start", ended)
    async with surface_of(world.folder, TestHouse(world.house.archive)) as surface:
        await asyncio.wait_for(surface.client.refused.wait(), 5)
    assert "ended the connection for good" in caplog.text


async def test_leaving_before_anything_was_tried_is_quiet(world: World) -> None:
    async with surface_of(world.folder, TestHouse(world.house.archive)) as surface:
        pass
    assert surface.client.refused.is_set() is False


async def test_no_network_at_the_start_is_tried_again(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    tries: list[int] = []

    async def cut(_self: Any, _token: str) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise aiohttp.ClientConnectionError("no route")
        raise discord.LoginFailure("Enough.")

    monkeypatch.setattr(discord.http.HTTPClient, "static_login", cut)
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _self: 0.0)
    async with surface_of(world.folder, TestHouse(world.house.archive)) as surface:
        await asyncio.wait_for(surface.client.refused.wait(), 5)
    assert len(tries) == 3


async def test_an_unexpected_fault_is_logged_without_what_was_written(
    caplog: pytest.LogCaptureFixture, world: World
) -> None:
    words = f"words of {world.anna.id}"
    try:
        raise RuntimeError(words)
    except RuntimeError:
        await client.MinstrelClient.on_error(world.surface.client, "on_message")
    assert "on_message failed: RuntimeError" in caplog.text
    assert str(world.anna.id) not in caplog.text


async def test_long_folded_texts_never_break_a_post(world: World) -> None:
    reply = Reply("A song", folded=tuple(Folded(f"Part {n}", "la " * 2000) for n in range(12)))
    await world.surface.post(world.here, reply)
    files = [file for message in world.channel.history() for file in message.attachments]
    assert len(files) == 12
