"""A room does one piece of work at a time and stops the one that is meant."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from functools import partial

import pytest

from bot.app import Studio, open_studio
from bot.studio.room import Room, TookTooLong
from generation.errors import Cancelled
from generation.song import Progress, StopAsked


def wait(
    _studio: Studio, _progress: Progress, stop_asked: StopAsked, begun: threading.Event, go: threading.Event
) -> bool:
    """Return whether it was asked to stop."""
    begun.set()
    go.wait(10)
    return stop_asked()


@pytest.mark.asyncio
async def test_what_waits_behind_other_work_is_stopped_without_disturbing_it() -> None:
    room = Room(partial(open_studio, "debug"), in_process=True)
    begun, go = threading.Event(), threading.Event()
    first = asyncio.create_task(room.call(wait, begun, go, name="first"))
    await asyncio.to_thread(begun.wait, 10)
    second = asyncio.create_task(room.call(wait, threading.Event(), go, name="second"))
    await asyncio.sleep(0)
    await room.stop("second")
    await room.stop("unknown")
    go.set()
    assert await first is False
    with pytest.raises(Cancelled):
        await second
    room.close()


def stall(_studio: Studio, _progress: Progress, _stop_asked: StopAsked, seconds: float) -> int:
    """Asks nobody whether to stop, as a runaway pattern does."""
    time.sleep(seconds)
    return os.getpid()


@pytest.mark.asyncio
async def test_what_takes_too_long_is_ended_and_the_next_work_goes_on() -> None:
    room = Room(partial(open_studio, "debug"))
    try:
        first = await room.call(stall, 0.0)
        with pytest.raises(TookTooLong, match="shorter or simpler"):
            await room.call(stall, 60.0, limit_s=0.2)
        assert await room.call(stall, 0.0, limit_s=60.0) != first
    finally:
        await asyncio.to_thread(room.close)
