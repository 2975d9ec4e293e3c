"""Other ways in: the keyboard alone, files dropped, a hummed tune, no script at all."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import faults, faults_by_day_and_night
from tests.browser.conftest import Open, until
from tests.browser.test_journey import WISH
from tests.journeys.web_stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")
DROP = """([name, type, content, times]) => {
  const held = new DataTransfer();
  held.items.add(new File([content.repeat(times)], name, {type}));
  for (const kind of ["dragenter", "dragover", "drop"])
    window.dispatchEvent(new DragEvent(kind, {dataTransfer: held, bubbles: true, cancelable: true}));
}"""
WORDS = (
    "[Verse]\nI left my shoes beside the door\nI walked along the morning shore\n[Chorus]\nSing me home\nSing me home\n"
)


async def focused(page: Page) -> str:
    return str(
        await page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent")
    )


async def tab_to(page: Page, wanted: str, key: str = "Tab") -> None:
    for _ in range(60):
        await page.keyboard.press(key)
        if wanted in (await focused(page)).strip():
            return
    raise AssertionError(f"{wanted} cannot be reached with {key}")


async def test_the_keyboard_alone_makes_and_plays_a_song(visit: Open) -> None:
    page = await visit()
    await page.keyboard.press("Tab")
    assert await focused(page) == "Skip to the message box"
    await page.keyboard.press("Enter")
    await page.keyboard.type(WISH)
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".player[data-awake=ready]")
    await tab_to(page, "Play", "Shift+Tab")
    await page.keyboard.press("Space")
    await until(page, "document.querySelector('.player').wave.getCurrentTime() > 0.5")
    await tab_to(page, "Position in the song")
    await page.keyboard.press("Space")
    await page.keyboard.press("Home")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "0:10")


async def test_a_song_behind_another_tab_is_announced_once_and_shows_in_the_title(visit: Open) -> None:
    page = await visit()
    await page.evaluate(
        "window.said = []; new MutationObserver(() => said.push(news.textContent)).observe(news, {childList: true})"
    )
    hidden = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => %s});"
    await page.evaluate(hidden % "true")
    await page.get_by_role("textbox").first.fill("a 15 second folk song called Morning Shore")
    await page.keyboard.press("Enter")
    await expect(page).to_have_title("♪ Morning Shore", timeout=20_000)
    await page.wait_for_selector(".player[data-awake=ready]")
    said = await page.evaluate("said")
    assert len(said) == len(set(said)) == await page.locator(".bot").count()
    await page.evaluate(hidden % "false" + "document.dispatchEvent(new Event('visibilitychange'))")
    await expect(page).to_have_title("Minstrel · A sentence in, a song out")


async def test_a_slash_offers_the_commands(visit: Open) -> None:
    page = await visit("phone")
    box, offers = page.get_by_role("textbox").first, page.get_by_role("option")
    await box.press_sequentially("/s")
    await expect(offers.first).to_be_visible()
    names = await offers.all_inner_texts()
    assert all(name.startswith("/s") for name in names)
    assert await faults_by_day_and_night(page) == []
    await page.keyboard.press("ArrowDown")
    await expect(box).to_have_attribute("aria-activedescendant", "slash-sheet")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("/sheet ")
    await expect(offers.first).to_be_hidden()
    await box.fill("/hel")
    await page.keyboard.press("Escape")
    await expect(offers.first).to_be_hidden()
    await box.press_sequentially("p")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine")).to_have_text("/help")


async def test_lyrics_are_dropped_on_the_page_and_sung_to_the_letter(visit: Open) -> None:
    page = await visit()
    await page.evaluate(DROP, ["words.txt", "text/plain", WORDS, 1])
    await expect(page.locator("#attached")).to_contain_text("words.txt")
    await page.get_by_role("textbox").first.fill("a folk song of these words")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".player[data-awake=ready]")
    await expect(page.locator(".karaoke")).to_contain_text("I left my shoes beside the door")
    await expect(page.locator("#attached")).to_be_hidden()


async def test_a_file_that_is_too_big_is_refused_before_it_travels(visit: Open) -> None:
    page = await visit()
    await page.evaluate(DROP, ["long.wav", "audio/wav", "x", 21 * 2**20])
    await expect(page.get_by_role("alert")).to_contain_text("too big")
    await expect(page.locator("#attached")).to_be_hidden()


async def test_a_tune_is_hummed_into_the_microphone(visit: Open) -> None:
    page = await visit("phone")
    await page.get_by_role("button", name="Hum a tune").click()
    await expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    await until(page, "/0:0[2-9]/.test(document.querySelector('#recording b').textContent)")
    assert await faults(page) == []
    await page.get_by_role("button", name="Stop recording").click()
    await expect(page.locator("#attached")).to_contain_text("hum.webm")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".mine")).to_contain_text("hum.webm")
    await expect(page.locator(".bot").first).to_be_visible()


async def test_help_offers_every_verb_and_closes_with_escape(visit: Open) -> None:
    page = await visit("phone")
    await page.get_by_role("button", name="What I can do").first.click()
    assert await faults(page) == []
    await page.keyboard.press("Escape")
    await expect(page.locator("#help")).to_be_hidden()
    await page.get_by_role("button", name="What I can do").first.click()
    await page.get_by_role("button", name="/song").click()
    await expect(page.locator("#text")).to_have_value("/song ")


async def test_words_that_are_markup_stay_words(visit: Open) -> None:
    page = await visit()
    evil = "<img src=x onerror=alert(1)> <script>alert(2)</script> a song"
    await page.get_by_role("textbox").first.fill(evil)
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine").first).to_have_text(evil)
    assert await page.locator("#posts script, #posts img[src=x]").count() == 0


async def test_without_script_the_talk_still_works(browser: Browser, stage: WebStage) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(stage.url)
    await page.fill("#text", "/help")
    await page.click(".send")
    await expect(page.locator(".mine")).to_have_text("/help")
    await expect(page.locator(".bot").first).to_be_visible()
    await context.close()


async def test_a_lost_connection_is_said_and_nothing_is_missed(visit: Open, stage: WebStage) -> None:
    page = await visit()
    await page.get_by_role("textbox").first.fill("/help")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bot")).to_have_count(1)
    await stage.restart()
    await expect(page.get_by_role("alert")).to_be_hidden(timeout=15_000)
    await page.get_by_role("textbox").first.fill("/help")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bot")).to_have_count(2)
