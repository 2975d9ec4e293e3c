"""What Telegram took whole and never answered is told apart from what it did not take."""

from __future__ import annotations

import httpx
import pytest
from telegram.error import NetworkError, TimedOut

from bot.adapters.base import Unconfirmed, Unreachable
from bot.adapters.telegram.calls import Calls

pytestmark = pytest.mark.asyncio


async def tried(error: NetworkError, cause: Exception) -> tuple[int, Unreachable]:
    """Return how often a call was made, and what came of it."""
    calls, times = Calls(lambda _old, _new: None), 0
    calls.pauses = (0.0, 0.0)

    async def send(chat_id: int) -> None:
        nonlocal times
        times += chat_id
        raise error from cause

    with pytest.raises(Unreachable) as raised:
        await calls(send, chat_id=1)
    return times, raised.value


async def test_a_post_whose_answer_never_came_is_not_sent_again_here() -> None:
    times, error = await tried(TimedOut(), httpx.ReadTimeout("late"))
    assert (times, type(error)) == (1, Unconfirmed)


async def test_a_post_that_never_went_out_is() -> None:
    times, error = await tried(NetworkError("cut"), httpx.ConnectError("no network"))
    assert (times, type(error)) == (3, Unreachable)
