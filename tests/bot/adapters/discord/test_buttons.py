"""Buttons, and the forms behind those that ask."""

from __future__ import annotations

from typing import Any

import pytest
from simcord import actors

from bot.conversation.reply import Button, Reply
from tests.bot.adapters.discord.conftest import World

pytestmark = pytest.mark.asyncio

ROW = (
    Button("Again", "again", "abc123"),
    Button("Change", "change", "abc123", asks="What should be different?"),
    Button("Delete", "forget", "abc123", "yes"),
)


async def shown(world: World, *rows: tuple[Button, ...]) -> Any:
    await world.surface.post(world.here, Reply("A song", buttons=rows or (ROW,)))
    return world.channel.last_message


async def forged(world: World, custom_id: str) -> Any:
    message = await shown(world)
    stored = world.env.backend.get_message(world.channel.id, message.id)
    return await actors._component_interaction(world.anna, stored, {"custom_id": custom_id, "component_type": 2})


async def test_a_press_says_verb_song_and_argument(world: World) -> None:
    await world.anna.click(await shown(world), label="Delete")
    message = world.house.received[-1]
    assert (message.verb, message.song, message.argument) == ("forget", "abc123", "yes")
    assert message.member.id == f"discord:{world.anna.id}"


async def test_buttons_work_after_a_restart(world: World) -> None:
    message = await shown(world)
    await world.restart()
    await world.anna.click(message, label="Again")
    assert world.house.received[-1].verb == "again"


async def test_a_button_that_asks_opens_a_form_and_its_words_are_the_text(world: World) -> None:
    form = await world.anna.click(await shown(world), label="Change")
    assert world.house.received == []
    assert form.modal is not None
    assert form.modal["title"] == "Change"
    assert form.modal["components"][0]["label"] == "what to change"
    answered = await world.anna.submit_modal(form, {"text": "in D minor\nplease"})
    message = world.house.received[-1]
    assert (message.verb, message.song, message.text) == ("change", "abc123", "in D minor\nplease")
    assert answered.response is not None


async def test_a_form_is_in_the_language_of_its_button(world: World) -> None:
    form = await world.anna.click(
        await shown(world, (Button("修改", "change", "abc123", asks="改哪里？"),)), label="修改"
    )
    assert form.modal is not None
    assert form.modal["components"][0]["label"] == "要改哪里"


async def test_a_form_that_was_open_during_a_restart_is_read(world: World) -> None:
    form = await world.anna.click(await shown(world), label="Change")
    await world.restart()
    await world.anna.submit_modal(form, {"text": "slower"})
    assert world.house.received[-1].text == "slower"


async def test_two_presses_are_two_messages(world: World) -> None:
    message = await shown(world)
    first = await world.anna.click(message, label="Again")
    second = await world.anna.click(message, label="Again")
    one, two = world.house.received
    assert one.id == f"discord:i:{first._interaction.id}"
    assert one.id != two.id == f"discord:i:{second._interaction.id}"


@pytest.mark.parametrize(
    "custom_id", ["m:drop table:x:y", "nonsense", "m:nothing::", "m:sing:../..:", "m:sing:" + "x" * 90, "a:", "\x00"]
)
async def test_a_forged_button_is_refused_for_its_presser_alone(world: World, custom_id: str) -> None:
    answered = await forged(world, custom_id)
    assert world.house.received == []
    assert answered.response is not None
    assert answered.response.ephemeral
    assert "not one of mine" in answered.response.content


async def test_a_forged_song_is_for_the_house_to_refuse(world: World) -> None:
    await forged(world, "m:forget:zzzzzzzzzz:yes")
    assert world.house.received[-1].song == "zzzzzzzzzz"


async def test_silence_after_a_press_leaves_nothing_waiting(world: World) -> None:
    world.house.replies = []
    answered = await world.anna.click(await shown(world), label="Again")
    assert answered.acknowledged
    assert answered.response is None or answered.response.content == "A song"


async def test_sixty_buttons_are_three_messages_and_all_of_them_work(world: World) -> None:
    rows = tuple((Button(f"Song {n}", "lyrics", f"song{n}"), Button("Delete", "forget", f"song{n}")) for n in range(30))
    await shown(world, *rows)
    messages = world.channel.history()
    counts = [sum(len(getattr(row, "children", ())) for row in message.components) for message in messages]
    assert counts == [25, 25, 10]
    await world.anna.click(messages[-1], custom_id="m:forget:song29:")
    assert world.house.received[-1].song == "song29"


async def test_the_same_button_twice_is_shown_once(world: World) -> None:
    message = await shown(world, (ROW[0],), (ROW[0],))
    assert len(message.components) == 1
