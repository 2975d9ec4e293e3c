"""The house as simcord must see it: somebody else's work.

simcord waits after every act until all work of the bot is done, and a song takes longer than an answer. So the house
works outside of what simcord counts as the bot's, with real time, but with simcord's clock for dates and its transport
for webhooks.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

import simcord

T = TypeVar("T")


class Outside:
    """Stands before a house; everything else of it is as it is."""

    def __init__(self, house: Any) -> None:
        self._house = house
        self._context = contextvars.Context()
        self._world: AbstractContextManager[None] = nullcontext()

    def in_world(self, env: simcord.Env) -> None:
        """From now on, what the house sends goes to ``env``, until ``leave``."""
        self.leave()
        self._world = env.time_context()
        self._context.run(self._world.__enter__)

    def leave(self) -> None:
        self._context.run(self._world.__exit__, None, None, None)
        self._world = nullcontext()

    def run(self, call: Callable[..., T], *given: Any) -> T:
        return self._context.run(call, *given)

    async def receive(self, message: Any) -> None:
        await self.run(asyncio.ensure_future, self._house.receive(message))

    def open(self, surface: Any) -> None:
        self.run(self._house.open, surface)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._house, name)
