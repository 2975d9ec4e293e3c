"""A house with a password: who comes in, and how."""

from __future__ import annotations

import asyncio
import re
import stat
from pathlib import Path

import httpx
import pytest

from bot.adapters.web.app import WebSurface
from bot.errors import UsageError
from bot.settings import Settings
from tests.bot.adapters.web.conftest import Come, token_in
from tests.journeys.house import open_house
from tests.journeys.web_stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def log_in(client: httpx.AsyncClient, password: str = "open sesame") -> httpx.Response:
    """Log in; the page that follows has a token of its own, which the next requests carry."""
    answer = await client.post("/login", data={"password": password})
    if answer.status_code == 200:
        client.headers["X-CSRF-Token"] = token_in(answer.text)
    return answer


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
    slowed = await log_in(client)
    assert slowed.status_code == 429
    assert slowed.headers["retry-after"] == "20"


async def test_a_programs_key_is_no_way_round_it(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    keys = [{"Authorization": f"Bearer {guess}"} for guess in range(7)]
    assert [(await client.get("/metrics", headers=key)).status_code for key in keys][-1] == 429
    assert (await log_in(client)).status_code == 429


async def test_nor_is_an_address_made_up_at_this_machine(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    codes = set()
    for guess in range(42):
        claims = {"X-Forwarded-For": f"203.0.113.{guess}", "Authorization": f"Bearer {guess}"}
        codes.add((await client.get("/metrics", headers=claims)).status_code)
    assert codes == {401, 429}


async def test_the_right_key_is_never_slowed(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    key = {"Authorization": "Bearer open sesame"}
    assert {(await client.get("/metrics", headers=key)).status_code for _ in range(12)} == {200}


async def test_a_session_is_new_at_the_door_and_closed_for_good_behind_it(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    sessions = locked.surface_open.web.sessions
    before = sessions.read(client.cookies["minstrel"])
    await log_in(client)
    kept = client.cookies["minstrel"]
    within = sessions.read(kept)
    assert before
    assert within
    assert before.id != within.id
    async with client.stream("GET", "/events") as followed:
        await client.post("/logout")
        async with asyncio.timeout(5):
            async for _ in followed.aiter_lines():
                pass
    client.cookies.clear()
    for _ in range(2):
        answer = await client.get("/metrics", headers={"Cookie": f"minstrel={kept}"})
        assert answer.status_code == 401
        await locked.restart()


async def test_the_cookie_stays_on_https_where_it_came_by_https(tmp_path: Path) -> None:
    async with (
        WebStage(tmp_path, web_password="open sesame", public_url="https://songs.example") as stage,
        httpx.AsyncClient(base_url=stage.url) as client,
    ):
        for headers, secure in (
            ({"Host": "songs.example"}, True),
            ({"X-Forwarded-Proto": "https"}, True),
            ({}, False),
        ):
            given = (await client.get("/login", headers=headers)).headers["set-cookie"].lower()
            assert ("secure" in given) is secure, headers


async def test_links_never_carry_a_name_that_was_made_up(locked: WebStage, come: Come) -> None:
    client = await come(locked)
    await log_in(client)
    page = (await client.post("/invites", headers={"Host": "evil.example", "Origin": "http://evil.example"})).text
    assert "evil.example" not in page
    assert f"{locked.url}/join/" in page


async def test_a_password_that_is_soon_guessed_is_refused(tmp_path: Path) -> None:
    for password in ("x", "1234567"):
        with pytest.raises(UsageError, match="at least 8"):
            WebSurface(Settings(data=tmp_path, web_password=password), open_house(tmp_path))


async def test_an_invitation_lets_somebody_in_and_a_new_one_replaces_it(locked: WebStage, come: Come) -> None:
    operator, guest, late = await come(locked), await come(locked), await come(locked)
    await log_in(operator)
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
