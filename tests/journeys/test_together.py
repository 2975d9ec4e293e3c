"""Several people in one place."""

from __future__ import annotations

import pytest

from tests.journeys.person import Stage
from tests.journeys.test_a_song import a_song, is_song, songs

pytestmark = [
    pytest.mark.asyncio,
    # A browser is a place for one.
    pytest.mark.parametrize("stage", ["telegram", "discord"], indirect=True),
]

LINES = (
    "We came by bus through falling rain",
    "We missed the goal and shot again",
    "Our keeper slept beside the post",
    "But we are those who laughed the most",
)


async def test_somebody_elses_song_cannot_be_deleted(stage: Stage) -> None:
    anna, bo = await stage.together("Anna", "Bo")
    song = await a_song(anna)
    await bo.press(song, "forget")
    await bo.until(lambda seen: "Anna" in seen.text and not seen.files)
    await anna.command("mine")
    await anna.until(lambda seen: not seen.files and "1" in seen.text)


async def test_somebody_else_may_make_their_own_version(stage: Stage) -> None:
    anna, bo = await stage.together("Anna", "Bo")
    song = await a_song(anna)
    await bo.say("in D minor", answering=song)
    await bo.until(lambda seen: is_song(seen) and seen.post != song.post)
    assert len(songs(anna)) == 2


async def test_lines_of_several_members_become_one_song(stage: Stage) -> None:
    anna, bo = await stage.together("Anna", "Bo")
    await anna.command("together", "our football team")
    hint = await anna.until(lambda seen: seen.has("together"))
    for number, line in enumerate(LINES):
        await (anna, bo)[number % 2].press(hint, "together", "line", answer=line)
        hint = await anna.until(lambda seen, line=line: line in seen.text)  # type: ignore[misc]
    await anna.press(hint, "together", "sing")
    song = await anna.until(is_song)
    for line in LINES:
        assert line in song.text
    assert "Bo" in song.text
