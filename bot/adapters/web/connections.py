"""How many may be connected, and how long one may take: an asyncio protocol that lets nobody hold this process'
descriptors, which the database and the other chats need as well."""

from __future__ import annotations

import asyncio
import logging
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import get_remote_addr

from bot.adapters.web.rates import LOOPBACK, neighbourhood

KEPT = 100
"""Descriptors that connections never use: the database, the other chats, songs being made."""
EACH = 2
"""Descriptors of one connection: itself, and a file that it sends or receives."""
MOST = 1000
WANTED = 4096
"""Descriptors asked of the system at start."""
AT_ONCE = 16
"""Connections accepted in one turn of the loop, so that too many are refused before they use every descriptor."""
WAITING = 512
"""Connections that the system holds until they are accepted."""
HEADERS_S = 10.0
"""From the first byte that may come to the last of a request's headers."""
BODY_S = 300.0
UNREAD_S = 120.0
"""How long an answer may wait for somebody to read it on; a player that was paused asks again for the rest."""
TOLD_EVERY_S = 60.0


def raise_descriptors() -> None:
    """Raise the soft limit of open files towards what the system allows at most."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def most_connections() -> int:
    """How many may be connected at once, from the limit of open files."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else max(8, min(MOST, (soft - KEPT) // EACH))


def most_of_one() -> int:
    """How many connections one address may have. This machine's are bound by the whole alone: they may be a
    reverse proxy's."""
    return max(4, min(64, most_connections() // 4))


class Connection(H11Protocol):
    """One connection. Beyond the bounds, the one that has asked for nothing for longest makes way; where all are
    being answered, the new one is closed before a byte is read. Who is too slow is cut off."""

    address = ""
    _since = 0.0
    _late: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _awaited: object = None
    _refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        peer = get_remote_addr(transport)
        self.address = neighbourhood(peer[0]) if peer else ""
        self._since = self.loop.time()
        crowd = self._crowd()
        if crowd and not self._make_way(crowd):
            self._refused = True
            transport.abort()
            return
        super().connection_made(transport)
        self._watch()

    def _crowd(self) -> list[Connection]:
        """The connections of whom one has to go before there is room for this one; none where there is."""
        others = [other for other in self.connections if isinstance(other, Connection)]
        same = [other for other in others if other.address == self.address]
        if self.address not in LOOPBACK and len(same) >= most_of_one():
            return same
        return others if len(others) >= most_connections() else []

    def _make_way(self, crowd: list[Connection]) -> bool:
        idle = [other for other in crowd if other.cycle is None or other.cycle.response_complete]
        if not idle:
            return False
        longest = min(idle, key=lambda other: other._since)
        self.connections.discard(longest)
        longest.transport.abort()
        return True

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def _watch(self) -> None:
        """Set the deadline for what the other side has to send next."""
        state = self.conn.their_state
        if state is self._awaited:
            return
        _stop(self._late)
        self._awaited = state
        seconds = {h11.IDLE: HEADERS_S, h11.SEND_BODY: BODY_S}.get(state)
        if seconds is not None:
            self._late = self.loop.call_later(seconds, self.transport.abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(UNREAD_S, self.transport.abort)

    def resume_writing(self) -> None:
        _stop(self._unread)
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._refused:
            return
        _stop(self._late)
        _stop(self._unread)
        super().connection_lost(exc)


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer:
        timer.cancel()


@contextmanager
def seldom() -> Iterator[None]:
    """Within, asyncio says only once a minute that descriptors ran out; it would say so thousands of times."""
    told = -TOLD_EVERY_S

    def passes(record: logging.LogRecord) -> bool:
        nonlocal told
        if "out of system resource" not in record.getMessage():
            return True
        now = time.monotonic()
        due = now - told >= TOLD_EVERY_S
        told = now if due else told
        return due

    log = logging.getLogger("asyncio")
    log.addFilter(passes)
    try:
        yield
    finally:
        log.removeFilter(passes)
