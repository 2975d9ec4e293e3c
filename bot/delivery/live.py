"""One live post: it follows a song, edited no oftener than its surface allows, and shows the newest only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.adapters.base import Gone, Unreachable
from bot.conversation.reply import Reply
from bot.delivery.outbox import LONG, Outbox

BUSY_EVERY_S = 4.5


class Live:
    """Follows until ``finish``. A post that is gone is followed no more; the song goes on."""

    def __init__(self, outbox: Outbox, place: str, post: str, shown: Callable[[], Reply | None], *, shared: bool):
        self._outbox = outbox
        self._place = place
        self._post = post
        self._shown = shown
        self._shared = shared
        self._moved = asyncio.Event()
        self._last: Reply | None = None
        self._may_edit_at = 0.0
        self._following = asyncio.create_task(self._follow())
        self._keeping_busy = asyncio.create_task(self._keep_busy())

    def moved(self) -> None:
        """Something changed: what ``shown`` gives then is posted as soon as it may be."""
        self._moved.set()

    async def finish(self, last: Reply) -> bool:
        """Show ``last``, trying for hours, and follow no more. False where the post is gone or out of reach."""
        await self.leave()
        self._shown = lambda: last
        self._moved.set()
        return await self._follow(last=True)

    async def leave(self) -> None:
        """Follow no more and leave the post as it is."""
        for task in (self._following, self._keeping_busy):
            task.cancel()
        await asyncio.gather(self._following, self._keeping_busy, return_exceptions=True)

    async def _follow(self, *, last: bool = False) -> bool:
        failed = 0
        while self._post:
            await self._moved.wait()
            await asyncio.sleep(self._may_edit_at - asyncio.get_running_loop().time())
            self._moved.clear()
            reply = self._shown()
            if reply is not None and reply != self._last:
                try:
                    await self._outbox.edit(self._place, self._post, reply)
                except Gone:
                    return False
                except Unreachable:
                    failed += 1
                    if last and failed >= LONG:
                        return False
                    self._moved.set()
                    await asyncio.sleep(self._outbox.wait_s(failed - 1))
                    continue
                failed, self._last = 0, reply
                self._may_edit_at = asyncio.get_running_loop().time() + self._between_s()
            if last:
                return True
        return False

    async def _keep_busy(self) -> None:
        while True:
            await self._outbox.busy(self._place)
            await asyncio.sleep(BUSY_EVERY_S)

    def _between_s(self) -> float:
        surface = self._outbox.surface(self._place)
        if surface is None:
            return 0.0
        return surface.limits.edit_every_shared_s if self._shared else surface.limits.edit_every_s
