"""A house with its web chat, spoken to by a plain HTTP client."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from tests.journeys.web_stage import WebStage

Come = Callable[..., Awaitable[httpx.AsyncClient]]


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found, page[:500]
    return found[1]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[WebStage]:
    """One house for all: everybody who comes is somebody new to it."""
    async with WebStage(tmp_path_factory.mktemp("house")) as opened:
        yield opened
        assert opened.violations == []


@pytest_asyncio.fixture(loop_scope="session")
async def apart(tmp_path: Path) -> AsyncIterator[WebStage]:
    """A house of its own, for a test that leaves much unfinished."""
    async with WebStage(tmp_path) as opened:
        yield opened
        assert opened.violations == []


@pytest_asyncio.fixture(loop_scope="session")
async def locked(tmp_path: Path) -> AsyncIterator[WebStage]:
    """A house with a password."""
    async with WebStage(tmp_path, web_password="open sesame") as opened:
        yield opened
        assert opened.violations == []


@pytest_asyncio.fixture(loop_scope="session")
async def come() -> AsyncIterator[Come]:
    """``await come(stage)``: a browser that has the page open; its requests carry the page's token."""
    clients: list[httpx.AsyncClient] = []

    async def opened(stage: WebStage, language: str = "en") -> httpx.AsyncClient:
        headers = {"Accept-Language": language, "Accept": "text/html"}
        client = httpx.AsyncClient(
            base_url=stage.url, headers=headers, follow_redirects=True, event_hooks={"response": [stage.check]}
        )
        clients.append(client)
        client.headers["X-CSRF-Token"] = token_in((await client.get("/")).text)
        return client

    yield opened
    for client in clients:
        await client.aclose()
