"""A real browser (Debian's Chromium) on a whole house."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, Request, async_playwright

from tests.journeys.web_stage import WebStage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
Open = Callable[..., Awaitable[Page]]


async def until(page: Page, expression: str, seconds: float = 20.0) -> None:
    """Wait until a JavaScript expression holds. (Playwright's own way needs an ``eval`` that our pages forbid.)"""
    async with asyncio.timeout(seconds):
        while not await page.evaluate(expression):
            await asyncio.sleep(0.05)


@pytest.fixture(autouse=True, scope="session")
def chromium() -> str:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing; the checks of the web chat may not be left out here")
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    return CHROMIUM


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[WebStage]:
    """One house for all: every visitor is somebody new to it."""
    async with WebStage(tmp_path_factory.mktemp("house"), operator="Riverside Music Club") as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, stage: WebStage) -> AsyncIterator[Open]:
    """Open the chat as somebody new. At the end no page complained, and none asked another host for anything."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def outside(request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host is not None and host not in ("127.0.0.1", "localhost"):
            complaints.append(f"asked {request.url}")

    async def opened(size: str = "desktop", theme: str = "light", language: str = "en-US", path: str = "/") -> Page:
        width, height = SIZES[size]
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            locale=language,
            has_touch=size == "phone",
            reduced_motion="reduce",
        )
        contexts.append(context)
        await context.grant_permissions(["microphone", "clipboard-write"])
        page = await context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", outside)
        await page.goto(path if path.startswith("http") else stage.url + path)
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert complaints == []


@pytest.fixture
def shot() -> Callable[[Page, str], Awaitable[None]]:
    """Keep a picture of a page in the folder ``MINSTREL_PICTURES``, where it is set."""

    async def taken(page: Page, name: str) -> None:
        folder = os.environ.get("MINSTREL_PICTURES")
        if folder:
            await page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")

    return taken
