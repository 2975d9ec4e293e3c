"""The line before a room is fair, and nobody who leaves it holds it up."""

from __future__ import annotations

import asyncio

import pytest

from bot.studio.line import Line


@pytest.mark.asyncio
async def test_everyones_first_turn_comes_before_anyones_second() -> None:
    line, had, go = Line(), list[str](), asyncio.Event()

    async def wait(member: str) -> None:
        async with line.turn(member):
            had.append(member)
            await go.wait()

    waiting = [asyncio.create_task(wait(member)) for member in ("ann", "ann", "ann", "bo", "bo", "cy")]
    await asyncio.sleep(0)
    assert had == ["ann"]
    go.set()
    await asyncio.gather(*waiting)
    assert had == ["ann", "bo", "cy", "ann", "bo", "ann"]


@pytest.mark.asyncio
async def test_who_gives_up_or_fails_holds_nobody_up() -> None:
    line, had = Line(), list[str]()

    async def take(member: str) -> None:
        async with line.turn(member):
            had.append(member)
            await asyncio.sleep(0)
            raise ValueError

    tasks = [asyncio.create_task(take(member)) for member in ("ann", "bo", "cy")]
    await asyncio.sleep(0)
    tasks[1].cancel()  # in the very moment in which the one before leaves
    await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(5), line.turn("di"):
        assert had == ["ann", "cy"]
