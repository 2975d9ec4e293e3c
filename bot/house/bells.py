"""Whoever watches a song is woken when it changes."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Bells:
    def __init__(self) -> None:
        self._listening: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def ring(self, song: str) -> None:
        for event in self._listening.get(song, ()):
            event.set()

    @contextmanager
    def listen(self, song: str) -> Iterator[asyncio.Event]:
        """Give an event that is set at every change; whoever waits clears it."""
        event = asyncio.Event()
        self._listening[song].add(event)
        try:
            yield event
        finally:
            self._listening[song].discard(event)
            if not self._listening[song]:
                del self._listening[song]
