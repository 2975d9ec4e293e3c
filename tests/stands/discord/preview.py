"""Takes a picture of a channel in which a song was asked for: ``python -m tests.stands.discord.preview picture.png``.

The bot and the house are real; simcord draws the channel, and Chromium takes the picture.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.journeys.discord_stage import DiscordStage
from tests.journeys.person import Seen

SONG = "a calm 20 second pop song about the sea, female voice, 100 bpm"
WIDTH, HEIGHT = 1000, 980
PATIENCE_S = 300.0


def chromium() -> str | None:
    """Return the path of a Chromium on this machine."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


async def take(picture: Path, wish: str = SONG, language: str = "en", engine: str = "debug") -> None:
    """Walk the journey and write a PNG. Raises ``FileNotFoundError`` without Chromium."""
    browser_path = chromium()
    if browser_path is None:
        raise FileNotFoundError("no Chromium here; set CHROMIUM to its path")
    with tempfile.TemporaryDirectory() as folder:
        async with DiscordStage(Path(folder), engine=engine) as stage:
            (anna,) = await stage.together("Anna")
            stage.speaks(anna, language)
            await anna.command("song", wish)
            await anna.until(_is_song, PATIENCE_S)
            await stage.env.settle()
            async with (
                stage.env.preview(
                    anna.channel, viewers=[anna.actor], layout="channel", display="fixed", width=WIDTH, height=HEIGHT
                ) as preview,
                async_playwright() as playwright,
            ):
                browser = await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
                page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2)
                await page.goto(preview.url)
                await page.get_by_role("button", name="Play").first.wait_for()
                await page.wait_for_load_state("networkidle")
                await page.locator(".preview-stage").screenshot(path=picture)
                await browser.close()


def _is_song(seen: Seen) -> bool:
    return any(name.endswith(".mp3") for name, _ in seen.files)


def main() -> int:
    try:
        asyncio.run(take(Path(sys.argv[1])))
    except FileNotFoundError as error:
        print(f"skipped: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
