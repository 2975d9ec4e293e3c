"""Accessibility judged by axe-core, in the page as it stands."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


async def faults(page: Page) -> list[str]:
    """Return every violation of WCAG 2.2 A and AA and of axe's best practices: rule, and where."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    # Preloading would have axe itself add style elements, which the pages' content policy refuses.
    found = await page.evaluate("async () => (await axe.run({preload: false})).violations")
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


async def faults_by_day_and_night(page: Page) -> list[str]:
    """The same in the light and in the dark theme, as the system asks for it."""
    found = []
    for theme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        found += [f"{theme}: {fault}" for fault in await faults(page)]
    return found
