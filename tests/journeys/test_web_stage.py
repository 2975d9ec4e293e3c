"""The web chat's stage itself: one song from a sentence, over real HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.web_stage import WebStage


@pytest.mark.asyncio
async def test_a_sentence_a_song_and_every_answer_judged(tmp_path: Path) -> None:
    async with WebStage(tmp_path) as stage:
        anna = await stage.person("Anna")
        await anna.say("a calm 20 second pop song about the sea, 100 bpm")
        song = await anna.until(lambda seen: any(name.endswith(".mp3") for name, _ in seen.files))
        assert song.has("again")
        assert dict(song.files)
        await stage.restart()
        await anna.press(song, "licence")
        await anna.until(lambda seen: not seen.files and seen.post > song.post)
        assert stage.requests > 5
        assert stage.violations == []
