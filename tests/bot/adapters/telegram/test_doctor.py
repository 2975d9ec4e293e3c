"""The doctor looks at a token and says what to do."""

from __future__ import annotations

from typing import Any

import pytest

from bot.adapters.telegram.doctor import check
from bot.settings import Settings
from tests.bot.adapters.telegram.conftest import Scene

pytestmark = pytest.mark.asyncio
HOOK = "https://song.example/telegram"


async def said(scene: Scene, **settings: Any) -> dict[str, bool]:
    return {sentence: well for well, sentence in await check(scene.settings(**settings))}


async def test_a_good_token_is_well(scene: Scene) -> None:
    findings = await said(scene)
    assert all(findings.values())
    assert "https://t.me/minstrel_stand_bot" in " ".join(findings)
    assert "Privacy mode is on" in " ".join(findings)


async def test_a_wrong_token_says_where_to_get_it(scene: Scene) -> None:
    ((well, sentence),) = await check(Settings(telegram_token="1:wrong", telegram_api_url=scene.stand.url))
    assert not well
    assert "BotFather" in sentence


async def test_no_network_says_so() -> None:
    ((well, sentence),) = await check(Settings(telegram_token="1:any", telegram_api_url="http://127.0.0.1:9"))
    assert not well
    assert "HTTPS_PROXY" in sentence


@pytest.mark.parametrize(
    ("webhook", "settings", "sentence"),
    [
        ({"url": "https://other.example/x"}, {}, "other.example"),
        ({"url": ""}, {"telegram_webhook_url": "http://song.example/telegram"}, "must begin"),
        ({"url": ""}, {"telegram_webhook_url": HOOK, "telegram_webhook_secret": "a b"}, "A-Z"),
        (
            {"url": HOOK, "last_error_message": "Connection refused"},
            {"telegram_webhook_url": HOOK},
            "Connection refused",
        ),
    ],
)
async def test_what_is_wrong_with_a_webhook(
    scene: Scene, webhook: dict[str, str], settings: dict[str, str], sentence: str
) -> None:
    scene.world.webhook = webhook
    findings = await said(scene, **settings)
    assert [well for said_, well in findings.items() if sentence in said_] == [False]
    await scene.stop()
    scene.world.webhook = {"url": ""}


async def test_a_bot_that_may_join_no_group_is_told_how(scene: Scene) -> None:
    scene.world.bot["can_join_groups"] = False
    assert "/setjoingroups" in " ".join(await said(scene))
