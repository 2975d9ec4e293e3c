"""A line before one room, fair to members: everyone's first turn comes before anyone's second."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Line:
    """``async with line.turn(member)`` waits for the room and has it alone."""

    def __init__(self) -> None:
        self._now: str | None = None
        self._waiting: list[tuple[str, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def turn(self, member: str) -> AsyncIterator[None]:
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = (member, called)
        self._waiting.append(waiting)
        if self._now is None:
            self._call_next()
        try:
            await called
            yield
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            else:
                self._call_next()

    def _call_next(self) -> None:
        turns = Counter([] if self._now is None else [self._now])
        ranks: list[int] = []
        for member, _ in self._waiting:
            ranks.append(turns[member])
            turns[member] += 1
        if not ranks:
            self._now = None
            return
        self._now, called = self._waiting.pop(ranks.index(min(ranks)))
        called.set_result(None)
