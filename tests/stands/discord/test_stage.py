"""The stage itself: a person, a whole house, a restart, a picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.discord_stage import DiscordStage
from tests.journeys.person import Seen
from tests.stands.discord.preview import chromium, take

pytestmark = pytest.mark.asyncio
WISH = "a calm 20 second pop song about the sea, female voice, 100 bpm"


def is_song(seen: Seen) -> bool:
    return any(name.endswith(".mp3") and size > 10_000 for name, size in seen.files)


async def test_a_song_in_a_channel_calls_its_member_and_keeps_its_buttons_over_a_restart(tmp_path: Path) -> None:
    async with DiscordStage(tmp_path) as stage:
        anna, bo = await stage.together("Anna", "Bo")
        await anna.say(WISH)
        song = await bo.until(is_song)
        assert song.text.startswith(f"<@{anna.actor.id}>")
        assert {"cover.jpg"} < {name for name, _ in song.files}
        await stage.restart()
        await anna.press(song, "licence")
        await anna.until(lambda seen: seen.post != song.post and "licen" in seen.text.lower() and not seen.files)
        assert stage.requests > 5
        assert stage.violations == []


async def test_a_command_alone_is_answered_in_the_language_of_the_app(tmp_path: Path) -> None:
    async with DiscordStage(tmp_path) as stage:
        lan = await stage.person("小兰", "zh")
        await lan.command("help")
        await lan.until(lambda seen: "哼" in seen.text)
        assert stage.violations == []


@pytest.mark.skipif(chromium() is None, reason="needs Chromium")
async def test_a_picture_of_a_channel_is_taken(tmp_path: Path) -> None:
    await take(tmp_path / "discord.png")
    assert (tmp_path / "discord.png").read_bytes().startswith(b"\x89PNG")
