"""Somebody who opens connections and says nothing on them: nobody else notices."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.adapters.web import connections
from bot.adapters.web.connections import most_connections, most_of_one
from bot.adapters.web.rates import neighbourhood
from tests.bot.adapters.web.conftest import Come
from tests.journeys.web_stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")
DESCRIPTORS = 200


async def half_open(url: str, source: str = "127.0.0.1") -> socket.socket:
    """A connection on which a request begins that never ends."""
    host, _, port = url.removeprefix("http://").rpartition(":")
    opened = socket.socket()
    opened.setblocking(False)
    opened.bind((source, 0))
    loop = asyncio.get_running_loop()
    await loop.sock_connect(opened, (host, int(port)))
    await loop.sock_sendall(opened, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    return opened


async def is_closed(opened: socket.socket, seconds: float = 0.2) -> bool:
    try:
        return not await asyncio.wait_for(asyncio.get_running_loop().sock_recv(opened, 1), seconds)
    except TimeoutError:
        return False
    except OSError:
        return True


@pytest_asyncio.fixture(loop_scope="session")
async def small_house(tmp_path: Path) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """The bot as a process of its own, which may open few files."""
    environment = os.environ | {
        "MINSTREL_ENGINE": "debug", "MINSTREL_DATA": str(tmp_path / "data"), "MINSTREL_WEB_PORT": "0",
        "TELEGRAM_TOKEN": "", "DISCORD_TOKEN": "", "MINSTREL_WEB_PASSWORD": "", "MINSTREL_WEB_HOST": "127.0.0.1",
    }  # fmt: skip
    command = f'ulimit -n {DESCRIPTORS}; exec "{sys.executable}" -m bot serve --no-browser'
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec("sh", "-c", command, env=environment, stdout=pipe, stderr=pipe)
    assert process.stdout
    said = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    yield said.rpartition(" ")[2].strip(), process
    if process.returncode is None:
        process.terminate()
    await process.communicate()


async def test_a_flood_of_silent_connections_leaves_the_house_answering(
    small_house: tuple[str, asyncio.subprocess.Process],
) -> None:
    url, process = small_house
    with ExitStack() as flood:
        async with httpx.AsyncClient(base_url=url, timeout=5) as browser:
            for _ in range(3):
                opened = await asyncio.gather(*(half_open(url) for _ in range(300)), return_exceptions=True)
                for connection in opened:
                    if isinstance(connection, socket.socket):
                        flood.enter_context(connection)
                assert (await browser.get("/healthz", headers={"Connection": "close"})).status_code == 200
        held = len(list(Path(f"/proc/{process.pid}/fd").iterdir())) if Path("/proc").is_dir() else 0
        assert held < DESCRIPTORS - 20
    process.terminate()
    _, complaints = await asyncio.wait_for(process.communicate(), 20)
    assert complaints.decode().strip() == ""


async def test_who_does_not_finish_a_request_is_cut_off(stage: WebStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADERS_S", 0.1)
    with await half_open(stage.url) as slow:
        assert await is_closed(slow, 5)


async def test_a_second_request_that_never_ends_is_cut_off_too(
    stage: WebStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEADERS_S", 0.1)
    host, _, port = stage.url.removeprefix("http://").rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    await reader.readuntil(b"}")
    writer.write(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
    async with asyncio.timeout(3):
        assert await reader.read() == b""
    writer.close()


async def test_a_body_that_never_ends_is_cut_off(stage: WebStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BODY_S", 0.1)
    host, _, port = stage.url.removeprefix("http://").rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /api/songs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n")
    writer.write(b"Content-Length: 50\r\n\r\n{")
    async with asyncio.timeout(5):
        await reader.read()
    writer.close()


async def test_one_address_has_a_share_of_the_room_and_its_oldest_silence_makes_way(stage: WebStage) -> None:
    with ExitStack() as flood:
        opened = [flood.enter_context(await half_open(stage.url, "127.0.0.2")) for _ in range(most_of_one() + 3)]
        async with asyncio.timeout(5):
            assert all([await is_closed(early, 3) for early in opened[:3]])
        assert not await is_closed(opened[-1])


async def test_a_session_follows_only_so_much_at_once(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    async with AsyncExitStack() as streams:
        codes = [(await streams.enter_async_context(client.stream("GET", "/events"))).status_code for _ in range(14)]
    assert codes == [200] * 12 + [429] * 2
    session = stage.surface_open.web.sessions.read(client.cookies["minstrel"])
    assert session
    async with asyncio.timeout(5):
        while session.id in stage.surface_open.web.streams:
            await asyncio.sleep(0.01)


async def test_the_bounds_follow_the_descriptors_there_are() -> None:
    assert most_connections() >= 8
    assert most_of_one() <= most_connections()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.1", "192.0.2.1"), ("::1", "::1"), ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"), ("::ffff:192.0.2.1", "192.0.2.1"), ("fe80::1%eth0", "fe80::/64"),
        ("nobody", "nobody"),
    ],
)  # fmt: skip
async def test_who_has_a_whole_network_is_one_caller(address: str, name: str) -> None:
    assert neighbourhood(address) == name
