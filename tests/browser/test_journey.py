"""A new visitor's way through the web chat, on a phone and on a desktop, by day and by night."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.axe import faults, faults_by_day_and_night
from tests.browser.conftest import Open, until

pytestmark = pytest.mark.asyncio(loop_scope="session")
Shot = Callable[[Page, str], Awaitable[None]]
WISH = "a calm 15 second pop song about the sea, female voice, 100 bpm"


async def a_song(page: Page, wish: str = WISH) -> None:
    await page.get_by_role("textbox").first.fill(wish)
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".player[data-awake=ready]")


@pytest.mark.parametrize("size", ["phone", "desktop"])
async def test_from_the_first_visit_to_a_shared_song(visit: Open, shot: Shot, size: str) -> None:
    page = await visit(size)
    await expect(page.locator("#hello")).to_be_visible()
    await shot(page, f"{size}-welcome")
    assert await faults_by_day_and_night(page) == []

    await a_song(page)
    await expect(page.locator("#hello")).to_be_hidden()
    await expect(page.locator(".player h3")).to_be_in_viewport()
    await page.locator(".karaoke p:not(.heading)").first.click()
    began = await page.evaluate("document.querySelector('.player').wave.getCurrentTime()")
    await page.get_by_role("button", name="Play").click()
    await until(page, f"document.querySelector('.player').wave.getCurrentTime() > {began} + 0.3")
    await until(page, "document.querySelectorAll('.karaoke .sung .said').length > 0")
    await shot(page, f"{size}-song")
    await page.get_by_role("button", name="Pause").click()
    assert await faults_by_day_and_night(page) == []

    await page.get_by_role("button", name="Share").click()
    await expect(page.locator("[data-copy]")).to_have_text("Copy")
    link = await page.get_by_label("Share", exact=True).input_value()
    shared = await visit(size, path=link)
    await shared.wait_for_selector(".player[data-awake=ready]")
    await expect(shared.get_by_text("made with AI")).to_be_visible()
    await expect(shared.get_by_text("What you may do with it")).to_be_visible()
    await shared.get_by_role("button", name="Play").click()
    await until(shared, "document.querySelector('.player').wave.getCurrentTime() > 0.3")
    await shot(shared, f"{size}-shared")
    assert await faults_by_day_and_night(shared) == []

    await page.get_by_role("button", name="Stop sharing").click()
    await expect(page.get_by_text("does not work any more")).to_be_visible()


async def test_the_page_never_scrolls_sideways(visit: Open) -> None:
    page = await visit("phone")
    await a_song(page, "a 20 second folk song called " + "Donaudampfschifffahrtsgesellschaft" * 3)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_what_was_said_is_there_after_a_reload(visit: Open) -> None:
    page = await visit()
    await a_song(page)
    before = await page.locator(".post").count()
    await page.reload()
    await page.wait_for_selector(".player[data-awake=ready]")
    assert await page.locator(".post").count() == before
    await expect(page.locator(".mine").first).to_have_text(WISH)


async def test_a_change_is_asked_for_within_the_post(visit: Open, shot: Shot) -> None:
    page = await visit()
    await page.get_by_role("textbox").first.fill("/sheet " + WISH)
    await page.keyboard.press("Enter")
    change = page.locator("summary[data-verb=change]").last
    await change.click()
    await shot(page, "desktop-light-change")
    assert await faults_by_day_and_night(page) == []
    await expect(page.locator("details.ask[open] input[name=text]")).to_be_focused()
    await page.keyboard.type("in D minor")
    await page.keyboard.press("Enter")
    await expect(page.locator(".sheet", has_text="D minor").last).to_be_visible()
    await expect(page.locator(".sheet").last.locator(".chords b").first).to_be_visible()
    await expect(page.locator(".sheet").last.locator(".verse").first).to_be_visible()


async def test_the_language_is_switched_in_place(visit: Open, shot: Shot) -> None:
    page = await visit()
    await page.get_by_role("button", name="切换到中文").click()
    await expect(page.locator("#hello")).to_have_text("今天唱点什么？")
    await expect(page.locator("html")).to_have_attribute("lang", "zh")
    await a_song(page, "写一首20秒的歌，关于大海，女声")
    await expect(page.get_by_role("button", name="播放")).to_be_visible()
    await shot(page, "desktop-light-chinese")
    assert await faults(page) == []


async def test_light_and_dark_can_be_chosen_and_stay(visit: Open) -> None:
    page = await visit(theme="light")
    paper = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.get_by_role("button", name="Light or dark").click()
    dark = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper != dark
    await page.reload()
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


async def test_the_page_follows_the_language_asked_for_in_words(visit: Open) -> None:
    page = await visit()
    await page.get_by_role("textbox").first.fill("/help")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bot")).to_have_count(1)
    await page.get_by_role("textbox").first.fill("speak Chinese, please")
    await page.keyboard.press("Enter")
    await page.keyboard.type("half a sen")
    await expect(page.locator("html")).to_have_attribute("lang", "zh")
    await expect(page.get_by_role("button", name="哼一段")).to_be_visible()
    await expect(page.locator("#text")).to_have_value("half a sen")
    await expect(page.get_by_role("button", name="我会做什么").first).to_be_visible()
