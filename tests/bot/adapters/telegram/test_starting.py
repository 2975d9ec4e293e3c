"""Going to Telegram, staying there, and leaving."""

from __future__ import annotations

import logging
import socket
from typing import cast

import pytest

from bot.adapters.base import Unreachable
from bot.adapters.telegram.app import TelegramSurface
from bot.adapters.telegram.connection import _can_use_environment, webhook_secret
from bot.conversation.reply import Reply
from bot.conversation.verbs import verbs
from bot.house import House
from tests.bot.adapters.telegram.conftest import Scene, ScriptedHouse, becomes
from tests.stands.telegram.stand import TOKEN

pytestmark = pytest.mark.asyncio


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_the_menu_holds_every_verb_in_both_languages(scene: Scene) -> None:
    menus = scene.world.menus
    await becomes(lambda: ("short_description", "zh") in scene.world.described)
    for code in ("", "zh"):
        assert [row["command"] for row in menus["default", code]] == list(verbs())
        assert scene.world.described["description", code]
    assert "写一首歌" in menus["default", "zh"][0]["description"]


async def test_a_second_start_sets_nothing_again_and_keeps_the_owners_words(scene: Scene) -> None:
    await becomes(lambda: ("short_description", "zh") in scene.world.described)
    scene.world.described["description", ""] = "Our own band"
    await scene.stop()
    asked = scene.stand.counts["getMyShortDescription"]
    await scene.start()
    await becomes(lambda: scene.stand.counts["getMyShortDescription"] == asked + 2)
    assert scene.stand.counts["setMyCommands"] == 2
    assert scene.world.described["description", ""] == "Our own band"


async def test_a_socks_proxy_in_the_environment_is_no_reason_to_fall(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    await scene.stop()
    request.addfinalizer(_can_use_environment.cache_clear)
    _can_use_environment.cache_clear()
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    await scene.start()
    await scene.write(scene.anna, "hello")


async def test_a_menu_set_too_often_does_not_silence_the_bot(scene: Scene) -> None:
    await scene.stop()
    scene.world.menus.clear()
    scene.stand.flood("setMyCommands", 10, retry_after=3600)
    await scene.start()
    await becomes(lambda: scene.stand.faults[0].times < 10)
    await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello"))


async def test_what_was_written_while_it_was_away_is_heard_once(scene: Scene) -> None:
    await scene.write(scene.anna, "before")
    await scene.stop()
    scene.people.write(scene.anna, "meanwhile")
    await scene.start()
    await scene.hears(2)
    await scene.ignores(lambda: None)
    assert [message.text for message in scene.house.heard] == ["before", "meanwhile", "the next message"]


async def test_the_house_is_told_that_it_is_there(scene: Scene) -> None:
    assert scene.house.surface is scene.surface


async def test_a_webhook_is_set_and_only_telegram_is_heard_through_it(scene: Scene) -> None:
    await scene.stop()
    port = free_port()
    settings = scene.settings(telegram_webhook_url="https://song.example/telegram/hook")
    scene.stand.gateway = f"http://127.0.0.1:{port}"
    await scene.start(settings=settings, webhook_port=port)
    assert scene.world.webhook["secret_token"] == webhook_secret(settings)
    assert TOKEN not in webhook_secret(settings)
    scene.world.webhook["secret_token"] = "guessed"
    scene.people.write(scene.anna, "a song")
    await becomes(lambda: "403" in scene.world.webhook.get("last_error_message", ""))
    assert scene.house.heard == []
    scene.world.webhook["secret_token"] = webhook_secret(settings)
    assert (await scene.hears())[0].text == "a song"


@pytest.mark.parametrize("wrong", ["4711:wrong-secret", "no token at all", "4711:../../etc"])
async def test_a_wrong_token_is_one_sentence_and_the_house_goes_on(
    scene: Scene, caplog: pytest.LogCaptureFixture, wrong: str
) -> None:
    settings = scene.settings()
    settings = type(settings)(telegram_token=wrong, telegram_api_url=settings.telegram_api_url)
    async with TelegramSurface(settings, cast("House", ScriptedHouse())) as surface:
        with pytest.raises(Unreachable):
            await surface.post(f"telegram:{scene.anna}", Reply("Hello"))
    assert "does not know this token" in caplog.text
    assert wrong not in caplog.text


async def test_a_telegram_that_is_away_is_tried_again(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    await scene.stop()
    scene.stand.cut("getMe", 1)
    surface = TelegramSurface(scene.settings(), cast("House", scene.house))
    surface.connection.again_s = 0.01
    async with surface:
        await becomes(lambda: "cannot be reached" in caplog.text)
        await scene.write(scene.anna, "hello")


async def test_two_programs_with_one_token_are_told_so(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    async with TelegramSurface(scene.settings(), cast("House", ScriptedHouse())):
        await becomes(lambda: "same Telegram token" in caplog.text)
    assert caplog.text.count("same Telegram token") <= 2
    await scene.write(scene.anna, "still here")


async def test_the_token_is_in_no_log(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    await scene.write(scene.anna, "hello", file=("hum.ogg", "audio/ogg", b"OggS"))
    scene.stand.cut("sendMessage", 3)
    with pytest.raises(Unreachable):
        await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello"))
    await scene.stop()
    assert TOKEN not in caplog.text


async def test_leaving_waits_for_a_turn_but_not_for_ever(scene: Scene) -> None:
    scene.house.slow_s = 60.0
    scene.surface.connection.goodbye_s = 0.05
    await scene.write(scene.anna, "hello")
    await scene.stop()
    with pytest.raises(Unreachable):
        await scene.surface.post(f"telegram:{scene.anna}", Reply("Hello"))
