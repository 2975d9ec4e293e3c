"""What is refused before anybody looks at it."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bot.adapters.web.app import WebSurface
from bot.errors import UsageError
from bot.settings import Settings
from tests.bot.adapters.web.conftest import Come
from tests.journeys.house import open_house
from tests.journeys.web_stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")
MALFORMED = [
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"),
    ("multipart/form-data; boundary=x", b"--y--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
    ),
    ("application/json", b"{"),
]
WRONG = [
        "/static/../app.py", "/static/%2e%2e/app.py", "/posts/..%2f..%2fsecret/files/0", "/posts/x/files/999999999999",
        "/posts/x/files/-1", "/s/..%2f..%2fsecret/audio", "/songs/../../etc/passwd", "/nowhere", "/s/", "/static/",
]  # fmt: skip


async def test_a_name_that_only_points_here_is_not_answered(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    for host in ("evil.example", "localhost.evil.example", "192.168.1.5:8080", "", "[::1", "127.0.0.1.nip.io"):
        answer = await client.get("/", headers={"Host": host})
        assert answer.status_code == 421, host
        assert "does not belong" in answer.text


async def test_this_machine_by_any_of_its_names(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    for host in ("localhost", "127.0.0.1:1", "[::1]:8080"):
        assert (await client.get("/healthz", headers={"Host": host})).status_code == 200


async def test_the_public_address_of_a_house_without_a_door_shows_shared_songs_only(tmp_path: Path) -> None:
    async with WebStage(tmp_path, public_url="https://songs.example") as stage, httpx.AsyncClient() as client:
        outside = {"Host": "songs.example"}
        assert (await client.get(stage.url + "/", headers=outside)).status_code == 421
        assert (await client.get(stage.url + "/api/openapi.json", headers=outside)).status_code == 421
        assert (await client.get(stage.url + "/s/none", headers=outside)).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "Via"])
async def test_what_came_through_another_server_is_from_elsewhere(stage: WebStage, come: Come, header: str) -> None:
    client = await come(stage)
    for value in ("203.0.113.9", "127.0.0.1", ""):
        client.headers[header] = value
        assert (await client.get("/")).status_code == 421
        assert (await client.post("/api/songs", json={"text": "a song"})).status_code == 421
        assert (await client.get("/s/none")).status_code == 404


async def test_another_pages_request_is_refused(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert (await client.post("/say", data={"text": "/help"}, headers=headers)).status_code == 403


async def test_a_form_without_the_pages_token_is_refused(stage: WebStage, come: Come) -> None:
    client, other = await come(stage), await come(stage)
    for token in ("", "x", other.headers["X-CSRF-Token"]):
        answer = await client.post("/say", data={"text": "/help"}, headers={"X-CSRF-Token": token})
        assert answer.status_code == 403
        assert "load it again" in answer.text


async def test_too_much_is_refused_in_a_sentence(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    long = await client.post("/say", data={"text": "x" * 10_000_000})
    assert long.status_code in (400, 413)
    huge = await client.post("/say", content=b"x" * (22 * 2**20), headers={"Content-Type": "text/plain"})
    assert huge.status_code == 413
    assert "too big" in huge.text

    async def stream() -> object:
        for _ in range(22):
            yield b"x" * 2**20

    unsaid = await client.post("/api/songs", content=stream(), headers={"Content-Type": "application/json"})  # type: ignore[arg-type]
    assert unsaid.status_code == 413


async def test_a_flood_is_slowed(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    codes = [(await client.post("/name", data={"name": "Anna"})).status_code for _ in range(50)]
    assert 429 in codes


# Starlette leaves an upload that was cut off to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_malformed_form_is_answered_in_a_sentence(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    for content_type, body in MALFORMED:
        for path in ("/say", "/press", "/language", "/share"):
            answer = await client.post(path, content=body, headers={"Content-Type": content_type})
            assert 400 <= answer.status_code < 500, (path, body)


async def test_a_wrong_path_leads_nowhere(stage: WebStage, come: Come) -> None:
    client = await come(stage, "zh")
    for path in WRONG:
        answer = await client.get(path)
        assert 400 <= answer.status_code < 500, path
        assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.text), path


async def test_a_house_open_to_a_network_needs_a_password(tmp_path: Path) -> None:
    house = open_house(tmp_path)
    for host in ("0.0.0.0", "::", "192.168.1.5", "songs.example"):
        with pytest.raises(UsageError, match="MINSTREL_WEB_PASSWORD"):
            WebSurface(Settings(data=tmp_path, web_host=host), house)
        WebSurface(Settings(data=tmp_path, web_host=host, web_password="open sesame"), house)


async def test_a_taken_port_is_said(stage: WebStage, tmp_path: Path) -> None:
    port = int(stage.url.rpartition(":")[2])
    surface = WebSurface(Settings(data=tmp_path / "other", web_port=port), stage.house)
    with pytest.raises(UsageError, match="MINSTREL_WEB_PORT"):
        await surface.__aenter__()
