"""What the doctor says about a token, an application and its servers; asked over HTTP on this machine."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
import pytest_asyncio
from aiohttp import web

from bot.adapters.discord.doctor import check
from bot.adapters.discord.rights import NEEDED
from bot.settings import Settings
from tests.stands.discord.judge import Judge

pytestmark = pytest.mark.asyncio
TOKEN = "MTIz.abc.def"
USER = {"id": "123", "username": "minstrel", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    "id": "123",
    "name": "Minstrel",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "",
    "flags": 0,
    "owner": USER,
    "team": None,
}


class Portal:
    """Discord's side of the three questions."""

    def __init__(self) -> None:
        self.application: dict[str, Any] = dict(APPLICATION)
        self.servers: list[dict[str, Any]] = []
        self.judge = Judge()

    async def answer(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix("/api/v10")
        self.judge.see(request.method, path, None, dict(request.query))
        if request.headers["Authorization"] != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        answers: dict[str, Any] = {
            "/users/@me": USER,
            "/oauth2/applications/@me": self.application,
            "/users/@me/guilds": self.servers,
        }
        return _json(answers[path])


def _json(content: Any, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(content).encode(), status=status, content_type="application/json")


@pytest_asyncio.fixture
async def portal(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Portal]:
    opened = Portal()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", opened.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{port}/api/v10")
    yield opened
    await runner.cleanup()
    assert opened.judge.violations == []


async def told(token: str = TOKEN) -> str:
    return "\n".join(
        f"{'ok' if well else 'FAIL'} {sentence}" for well, sentence in await check(Settings(discord_token=token))
    )


async def test_without_a_token_discord_is_off() -> None:
    assert (await told("")).startswith("ok Discord is off")


async def test_a_good_token_names_the_bot_and_gives_the_invitation(portal: Portal) -> None:
    portal.servers = [{"id": "5", "name": "Band room", "permissions": str(NEEDED.value)}]
    said = await told()
    assert "FAIL" not in said
    assert "Minstrel" in said
    assert f"permissions={NEEDED.value}" in said
    assert "scope=bot+applications.commands" in said
    assert TOKEN not in said


async def test_a_refused_token_says_where_to_get_another(portal: Portal) -> None:
    said = await told("MTIz.wrong.wrong")
    assert portal.judge.requests == 1
    assert said.startswith("FAIL Discord refuses DISCORD_TOKEN")
    assert "wrong" not in said


async def test_missing_rights_are_named_by_server(portal: Portal) -> None:
    portal.servers = [
        {
            "id": "5",
            "name": "Band room",
            "permissions": str(NEEDED.value & ~discord.Permissions(attach_files=True).value),
        },
        {"id": "6", "name": "Admins", "permissions": str(discord.Permissions(administrator=True).value)},
    ]
    said = await told()
    assert "FAIL In Band room, the bot may not: Attach Files." in said
    assert "Admins" not in said


async def test_settings_of_the_portal_that_would_keep_it_from_working(portal: Portal) -> None:
    portal.application |= {"interactions_endpoint_url": "https://a.example", "bot_require_code_grant": True}
    said = await told()
    assert "Clear Interactions Endpoint URL" in said
    assert "Switch off Requires OAuth2 Code Grant" in said


async def test_no_network_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:9/api/v10")
    assert (await told()).startswith("FAIL Discord cannot be reached")
