"""How the chat looks, for docs/chat.md: the web on a desktop and on a phone, Discord, and a talk on Telegram.

    PYTHONPATH=. .venv/bin/python benchmarks/chat_pictures.py

Songs are real ones. The web is taken in Chromium; Discord is drawn by simcord from what the bot sent; Telegram is the
stand of the tests. Chinese needs a font (fonts-wqy-microhei).
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.journeys.person import Seen
from tests.journeys.telegram_stage import TelegramPerson, TelegramStage
from tests.journeys.web_stage import WebStage
from tests.stands.discord.preview import chromium, take

CHAT = Path(__file__).parent.parent / "docs" / "chat"
PATIENCE_S = 300.0
ENGLISH = "a calm folk song about leaving home at dawn, female voice, 1 minute"
CHINESE = "写一首国风歌，讲外婆的茶园，男声，慢一点，一分钟"


async def main() -> None:
    CHAT.mkdir(parents=True, exist_ok=True)
    await _web()
    await take(CHAT / "discord.png", ENGLISH, engine="embedded")
    await _telegram()


async def _web() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with WebStage(Path(folder), engine="embedded") as stage, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            await _song_in(browser, stage.url, ENGLISH, "web-desktop", (1180, 960), "light", "en-GB")
            await _song_in(browser, stage.url, CHINESE, "web-phone", (390, 844), "dark", "zh-CN")
            await browser.close()


async def _song_in(
    browser: Browser, url: str, wish: str, name: str, size: tuple[int, int], theme: str, language: str
) -> None:
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if theme == "dark" else "light",
        locale=language,
        device_scale_factor=2 if size[0] < 500 else 1,
    )
    page: Page = await context.new_page()
    await page.goto(url)
    await page.get_by_role("textbox").first.fill(wish)
    await page.keyboard.press("Enter")
    player = page.locator(".player[data-awake=ready]")
    await player.wait_for(timeout=PATIENCE_S * 1000)
    await page.evaluate("document.querySelector('.player').wave.setTime(14)")
    await player.scroll_into_view_if_needed()
    await page.wait_for_timeout(800)
    await page.screenshot(path=CHAT / f"{name}.png")
    await context.close()


async def _telegram() -> None:
    """A talk in words: what is said, what comes back, and which buttons are under it."""
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramStage(Path(folder), engine="embedded") as stage:
            anna = await stage.person("Anna")
            script = [
                "# A talk on Telegram",
                "",
                "As the stand of the tests recorded it; every request fits the Bot API.",
                "",
            ]
            sheet = await _said(script, anna, "/sheet " + ENGLISH, lambda: anna.command("sheet", ENGLISH), _has("sing"))
            sheet = await _said(
                script,
                anna,
                "in D, a little slower",
                lambda: anna.say("in D, a little slower", answering=sheet),
                lambda seen: (
                    (seen.has("sing") and seen.post != sheet.post) or ("D major" in seen.text and seen.has("sing"))
                ),
            )
            song = await _said(script, anna, "[🎤 Sing it]", lambda: anna.press(sheet, "sing"), _is_song)
            question = "can I use this in an ad?"
            await _said(script, anna, question, lambda: anna.say(question, answering=song), _says("In an ad"))
            await _said(
                script,
                anna,
                "change dawn to dusk",
                lambda: anna.say("change dawn to dusk", answering=song),
                lambda seen: _is_song(seen) and seen.post != song.post,
            )
            (CHAT / "telegram.md").write_text("\n".join(script).rstrip() + "\n", encoding="utf-8")


async def _said(
    script: list[str],
    person: TelegramPerson,
    words: str,
    say: Callable[[], Awaitable[None]],
    wanted: Callable[[Seen], bool],
) -> Seen:
    before = {(seen.post, seen.text) for seen in person.posts()}
    await say()
    found = await person.until(wanted, PATIENCE_S)
    script += [f"**{person.name}**: {words}", ""]
    for seen in person.posts():
        if (seen.post, seen.text) not in before:
            script += ["> " + line for line in seen.text.splitlines()]
            script += (
                ["> " + " ".join(f"`{name}` ({size / 1e6:.1f} MB)" for name, size in seen.files)] if seen.files else []
            )
            script += ["> " + " ".join(f"[{label}]" for label, _ in seen.buttons)] if seen.buttons else []
            script.append("")
    return found


def _has(verb: str) -> Callable[[Seen], bool]:
    return lambda seen: seen.has(verb)


def _says(words: str) -> Callable[[Seen], bool]:
    return lambda seen: words in seen.text


def _is_song(seen: Seen) -> bool:
    return any(name.endswith(".mp3") for name, _ in seen.files)


if __name__ == "__main__":
    asyncio.run(main())
