"""The other pages: door, invitation, programs' page, and what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.axe import faults_by_day_and_night
from tests.browser.conftest import Open
from tests.journeys.web_stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_page_for_programs_is_readable(visit: Open) -> None:
    page = await visit("phone", path="/api")
    await expect(page.get_by_role("heading", level=1)).to_have_text("The JSON API")
    assert await faults_by_day_and_night(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_door_opens_with_the_password_and_guests_are_invited(tmp_path: Path, browser: Browser) -> None:
    async with WebStage(tmp_path, web_password="open sesame") as stage:
        context = await browser.new_context(locale="en-US")
        page = await context.new_page()
        await page.goto(stage.url)
        assert await faults_by_day_and_night(page) == []
        await page.get_by_label("Password").fill("guess")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_have_text("That is not the password.")
        assert await faults_by_day_and_night(page) == []
        await page.get_by_label("Password").fill("open sesame")
        await page.keyboard.press("Enter")
        await expect(page.locator("#hello")).to_be_visible()
        await page.wait_for_load_state()
        await page.get_by_role("button", name="You", exact=True).click()
        await page.get_by_role("button", name="Invite someone").click()
        link = await page.get_by_label("Invite someone").input_value()
        assert await faults_by_day_and_night(page) == []
        guest = await (await browser.new_context(locale="zh-CN")).new_page()
        await guest.goto(link)
        await guest.get_by_role("button", name="进来").click()
        await expect(guest.locator("#hello")).to_be_visible()
        missing = await guest.goto(stage.url + "/s/nothing")
        assert missing is not None
        assert missing.status == 404
        await expect(guest.get_by_role("heading", level=1)).to_have_text("这首歌已经不在了。")
        assert await faults_by_day_and_night(guest) == []
