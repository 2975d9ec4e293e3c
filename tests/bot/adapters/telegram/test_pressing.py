"""Pressed buttons: answered at once, heard once, harmless where they are not ours."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Button, Reply
from tests.bot.adapters.telegram.conftest import Scene, becomes

pytestmark = pytest.mark.asyncio
SONG = "abcde23456"
REPLY = Reply("A song", buttons=((Button("Sing it", "sing", SONG), Button("Delete", "forget", SONG, "yes")),))


async def posted(scene: Scene, chat: int = 0) -> int:
    return int(await scene.surface.post(f"telegram:{chat or scene.anna}", REPLY))


async def test_a_press_is_heard_and_stops_glowing(scene: Scene) -> None:
    post = await posted(scene)
    query = scene.people.press(scene.anna, post, f"forget:{SONG}:yes")
    (heard,) = await scene.hears()
    assert (heard.id, heard.verb, heard.song, heard.argument) == (f"telegram:cb:{query}", "forget", SONG, "yes")
    assert (heard.member.name, heard.replied) == ("Anna", str(post))
    await becomes(lambda: not scene.world.queries)


async def test_a_press_stops_glowing_before_a_slow_turn_is_over(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.telegram.listening.PATIENCE_S", 0.05)
    scene.house.slow_s = 60.0
    scene.surface.connection.goodbye_s = 0.05
    scene.people.press(scene.anna, await posted(scene), f"sing:{SONG}:")
    await becomes(lambda: not scene.world.queries, 2.0)


async def test_what_is_for_one_member_is_shown_to_them_alone(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    scene.house.script = [Reply("That is Bo's song.", private=True)]
    scene.people.press(scene.anna, await posted(scene, group), f"forget:{SONG}:", group)
    (alert,) = await becomes(lambda: scene.world.alerts)
    assert (alert.person, alert.text) == (scene.anna, "That is Bo's song.")
    assert len(scene.posts(group)) == 1


async def test_what_is_too_long_for_an_alert_is_posted(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    scene.house.script = [Reply("No. " * 100, private=True)]
    scene.people.press(scene.anna, await posted(scene, group), f"forget:{SONG}:", group)
    await becomes(lambda: len(scene.posts(group)) == 2)
    await becomes(lambda: not scene.world.queries)
    assert not scene.world.alerts


async def test_a_whisper_to_a_written_command_is_a_post(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    scene.house.script = [Reply("You have 3 songs left.", private=True)]
    scene.people.write(scene.anna, "/quota@minstrel_stand_bot", chat=group)
    await becomes(lambda: scene.posts(group))


@pytest.mark.parametrize("data", ["nonsense", "forget:../../etc:yes", "fly:abc:", "drop table:x:y"])
async def test_forged_buttons_are_answered_and_never_heard(scene: Scene, data: str) -> None:
    post = await posted(scene)
    await scene.ignores(lambda: scene.people.press(scene.anna, post, data))
    await becomes(lambda: [alert.text for alert in scene.world.alerts] == ["This button does nothing any more."])


async def test_a_button_of_long_ago_works(scene: Scene) -> None:
    post = await posted(scene)
    scene.people.press(scene.anna, post, f"sing:{SONG}:", is_old=True)
    (heard,) = await scene.hears()
    assert (heard.place.id, heard.verb) == (f"telegram:{scene.anna}", "sing")


async def test_an_answer_that_comes_too_late_is_no_fault(scene: Scene) -> None:
    post = await posted(scene)
    scene.people.press(scene.anna, post, f"sing:{SONG}:")
    scene.world.queries.clear()
    await scene.hears()
    await scene.ignores(lambda: None)


async def test_a_press_is_the_same_message_when_it_is_delivered_twice(scene: Scene) -> None:
    scene.people.press(scene.anna, await posted(scene), f"sing:{SONG}:")
    await scene.hears()
    again = next(iter(scene.house.heard))
    scene.world.updates.append({**_last_press(scene), "update_id": scene.world.next_id()})
    scene.world.happened.set()
    heard = await scene.hears(2)
    assert heard[1].id == again.id


def _last_press(scene: Scene) -> dict[str, object]:
    message = next(iter(scene.world.chats[scene.anna].messages.values()))
    query = scene.house.heard[0].id.removeprefix("telegram:cb:")
    user = scene.world.users[scene.anna]
    press = {"id": query, "from": user, "message": {**message}, "chat_instance": "1", "data": f"sing:{SONG}:"}
    return {"callback_query": {**press, "message": {key: value for key, value in message.items() if key[0] != "_"}}}
