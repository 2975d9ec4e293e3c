"""A line before one room, fair to members: everyone's first turn comes before anyone's second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass


def round_of(member: str, taken: Iterable[tuple[str, int]], now: int) -> int:
    """Return the round in which a member who comes now has a turn: the present one, or that after their last.

    ``taken`` are (member, round) of those who wait or have their turn. A round once given stays, so that nobody who
    comes later with more work is called before somebody who has waited (fair queueing: Demers, Keshav, Shenker 1989).
    """
    return max([now, *(its + 1 for owner, its in taken if owner == member)])


@dataclass(slots=True, eq=False)
class _Turn:
    member: str
    round: int
    called: asyncio.Future[None]


class Line:
    """``async with line.turn(member)`` waits for the room and has it alone."""

    def __init__(self) -> None:
        self._now: _Turn | None = None
        self._waiting: list[_Turn] = []
        self._round = 0

    @asynccontextmanager
    async def turn(self, member: str) -> AsyncIterator[None]:
        taken = [(turn.member, turn.round) for turn in (*self._waiting, *([self._now] if self._now else []))]
        turn = _Turn(member, round_of(member, taken, self._round), asyncio.get_running_loop().create_future())
        self._waiting.append(turn)
        if self._now is None:
            self._call_next()
        try:
            await turn.called
            yield
        finally:
            if turn is self._now:
                self._call_next()
            else:
                self._waiting.remove(turn)

    def _call_next(self) -> None:
        staying = [turn for turn in self._waiting if not turn.called.cancelled()]
        self._now = min(staying, key=lambda turn: turn.round, default=None)
        if self._now is not None:
            self._waiting.remove(self._now)
            self._round = self._now.round
            self._now.called.set_result(None)
