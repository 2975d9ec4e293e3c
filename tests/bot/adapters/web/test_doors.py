"""A house with a password: who comes in, and how."""

from __future__ import annotations

import re
import stat

import httpx
import pytest

from tests.bot.adapters.web.conftest import Come, token_in
from tests.journeys.web_stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def log_in(client: httpx.AsyncClient, password: str = "open sesame") -> httpx.Response:
    return await client.post("/login", data={"password": password})


async def test_nothing_is_shown_before_the_password(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    assert "This house has a password" in (await client.get("/")).text
    for path in ("/events", "/metrics", "/api/songs/aaaaaaaaaa", "/posts/x/player"):
        assert (await client.get(path)).status_code == 401, path
    assert (await client.post("/say", data={"text": "/help"})).status_code == 401
    assert (await client.get("/healthz")).status_code == 200


async def test_the_password_opens_and_log_out_closes(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    assert "not the password" in (await log_in(client, "guess")).text
    assert "composer" in (await log_in(client)).text
    assert (await client.post("/say", data={"text": "/help"}, headers={"HX-Request": "true"})).status_code == 204
    await client.post("/logout")
    assert "This house has a password" in (await client.get("/")).text


async def test_guessing_is_slowed(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    assert [(await log_in(client, str(guess))).status_code for guess in range(7)][-1] == 429
    assert (await log_in(client)).status_code == 429


async def test_an_invitation_lets_somebody_in_and_a_new_one_replaces_it(locked: WebStage, come: Come) -> None:
    operator, guest, late = await come(locked), await come(locked), await come(locked)
    operator.headers["X-CSRF-Token"] = token_in((await log_in(operator)).text)
    first, second = [
        re.search(r"/join/[\w-]+", (await operator.post("/invites")).text)[0]  # type: ignore[index]
        for _ in range(2)
    ]
    assert "do not" not in (await guest.get(second)).text
    assert "composer" in (await guest.post(second)).text
    assert (await guest.post("/invites")).status_code == 403
    assert (await late.post(first)).status_code == 404


async def test_a_forged_or_foreign_cookie_opens_nothing(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    for cookie in ("x", "e30.e30.e30", "." * 5000, '{"door":"password"}'):
        answer = await client.get("/api/songs/aaaaaaaaaa", headers={"Cookie": f"minstrel={cookie}"})
        assert answer.status_code == 401


async def test_the_cookie_is_out_of_scripts_reach_and_its_secret_private(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    given = (await client.get("/login")).headers["set-cookie"].lower()
    assert "httponly" in given
    assert "samesite=lax" in given
    secret = locked.surface_open.web.settings.data / "web" / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


async def test_a_program_comes_in_with_the_password_as_its_key(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    for key, code in (("open sesame", 404), ("wrong", 401), ("x", 401)):
        answer = await client.get("/api/songs/aaaaaaaaaa", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == code
