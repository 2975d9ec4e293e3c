"""Work that goes on beside the answers, and ends with the house."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.logs import tell

_log = logging.getLogger(__name__)


class Tasks:
    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._ended = False

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work`` beside; after the end it is not begun any more."""
        if self._ended:
            work.close()
            return
        task = asyncio.create_task(self._watched(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(lambda _: work.close())  # it may have been stopped before it began

    async def end(self, patience_s: float) -> None:
        """Begin nothing more, give what goes on a moment, and stop the rest."""
        self._ended = True
        if self._running:
            await asyncio.wait(self._running, timeout=patience_s)
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until nothing is going on."""
        while self._running:
            await asyncio.wait(self._running)

    async def _watched(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - nobody waits for it: the log must know
            tell(_log, "work beside the talk failed", error)
