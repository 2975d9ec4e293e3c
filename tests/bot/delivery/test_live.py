"""The live post: newest state only, no oftener than allowed, patient with the platform."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.adapters.base import Gone, Limits, Unreachable
from bot.conversation.reply import Reply
from bot.delivery.live import Live
from bot.delivery.outbox import Outbox
from storage.archive import Archive
from tests.bot.surface import MemorySurface

SLOW = Limits(text=4096, upload_bytes=1, edit_every_s=0.15, edit_every_shared_s=0.3)


def outbox(tmp_path: Path, surface: MemorySurface) -> Outbox:
    made = Outbox(Archive(tmp_path), pace=0.001)
    made.open(surface)
    return made


@pytest.mark.asyncio
@pytest.mark.parametrize(("shared", "between_s"), [(False, 0.15), (True, 0.3)])
async def test_many_changes_are_few_edits_and_the_last_one_counts(
    tmp_path: Path, shared: bool, between_s: float
) -> None:
    surface = MemorySurface(limits=SLOW)
    post = await surface.post("memory:here", Reply("begun"))
    state = [0]
    live = Live(outbox(tmp_path, surface), "memory:here", post, lambda: Reply(f"state {state[0]}"), shared=shared)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    while loop.time() - begun < 2.2 * between_s:
        state[0] += 1
        live.moved()
        await asyncio.sleep(0.005)
    assert await live.finish(Reply("done"))
    took = loop.time() - begun
    edits = surface.posts[0].edits
    assert edits[-1] == "done"
    assert 3 <= len(edits) - 1 <= took / between_s + 1
    assert surface.busy_places


@pytest.mark.asyncio
async def test_what_did_not_change_is_not_edited(tmp_path: Path) -> None:
    surface = MemorySurface()
    post = await surface.post("memory:here", Reply("begun"))
    live = Live(outbox(tmp_path, surface), "memory:here", post, lambda: Reply("same"), shared=False)
    for _ in range(5):
        live.moved()
        await asyncio.sleep(0.02)
    await live.finish(Reply("same"))
    assert surface.posts[0].edits == ["begun", "same"]


@pytest.mark.asyncio
async def test_an_edit_is_tried_until_the_platform_takes_it(tmp_path: Path) -> None:
    surface = MemorySurface()
    post = await surface.post("memory:here", Reply("begun"))
    live = Live(outbox(tmp_path, surface), "memory:here", post, lambda: None, shared=False)
    surface.unreachable = 7
    assert await live.finish(Reply("done"))
    assert surface.posts[0].reply.text == "done"


@pytest.mark.asyncio
async def test_a_post_that_is_gone_is_told(tmp_path: Path) -> None:
    surface = MemorySurface()
    box = outbox(tmp_path, surface)
    assert not await Live(box, "memory:here", "77", lambda: None, shared=False).finish(Reply("done"))
    assert not await Live(box, "memory:here", "", lambda: None, shared=False).finish(Reply("done"))


@pytest.mark.asyncio
async def test_an_answer_is_tried_a_few_times_and_never_where_nobody_is(tmp_path: Path) -> None:
    surface = MemorySurface()
    box = outbox(tmp_path, surface)
    surface.unreachable = 3
    assert await box.post("memory:here", Reply("hello")) == "1"
    surface.unreachable = 4
    with pytest.raises(Unreachable):
        await box.post("memory:here", Reply("hello"))
    surface.gone.add("memory:left")
    with pytest.raises(Gone):
        await box.post("memory:left", Reply("hello"))
    with pytest.raises(Unreachable):
        await box.post("nowhere:1", Reply("hello"))
    assert [box.wait_s(attempt) / box.pace for attempt in (0, 1, 2, 50)] == [1, 2, 4, 60]


@pytest.mark.asyncio
async def test_the_end_is_not_told_for_ever_where_nobody_can_be_reached(tmp_path: Path) -> None:
    surface = MemorySurface()
    post = await surface.post("memory:here", Reply("begun"))
    box = outbox(tmp_path, surface)
    box.pace = 0.0
    surface.unreachable = 10**6
    assert not await Live(box, "memory:here", post, lambda: None, shared=False).finish(Reply("done"))
