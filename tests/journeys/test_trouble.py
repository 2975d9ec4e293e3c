"""What goes wrong is answered in one sentence; nothing is lost, made twice or left silent."""

from __future__ import annotations

import asyncio

import pytest

from tests.journeys.person import Stage
from tests.journeys.test_a_song import a_sheet, a_song, is_song, songs

pytestmark = pytest.mark.asyncio

LONG = "a 90 second rock song about thunder"


async def test_a_song_that_waits_can_be_cancelled(stage: Stage) -> None:
    anna = await stage.person("Anna")
    for _ in range(3):
        await anna.say(LONG)
    waiting = await anna.until(lambda seen: seen.has("cancel"))
    await anna.press(waiting, "cancel")
    await anna.until(lambda seen: seen.post == waiting.post and not seen.has("cancel"))
    await anna.command("cancel")
    await anna.command("cancel")


async def test_pressing_twice_makes_one_song(stage: Stage) -> None:
    anna = await stage.person("Anna")
    sheet = await a_sheet(anna)
    await asyncio.gather(*(anna.press(sheet, "sing") for _ in range(3)))
    await anna.until(is_song)
    await anna.command("status")
    await anna.until(lambda seen: not seen.files and not seen.buttons)
    assert len(songs(anna)) == 1


async def test_a_forged_button_is_answered_and_harmless(stage: Stage) -> None:
    anna = await stage.person("Anna")
    song = await a_song(anna)
    before = len(anna.posts())
    for data in ("sing:zzzzzzzzzz:", "forget:../../etc:yes", "nonsense", "sing::", "drop table:x:y"):
        await anna.press_data(song, data)
    await anna.command("help")
    await anna.until(lambda seen: "hum" in seen.text.lower())
    assert len(songs(anna)) == 1
    assert len(anna.posts()) > before


async def test_a_programme_renamed_to_audio_is_refused(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await anna.command("hum", file=("hum.ogg", "audio/ogg", b"MZ\x90\x00" + bytes(5000)))
    await anna.until(lambda seen: "not a sound" in seen.text and not seen.has("sing"))


async def test_a_restart_breaks_no_button_and_loses_no_song(stage: Stage) -> None:
    anna = await stage.person("Anna")
    sheet = await a_sheet(anna)
    song = await a_song(anna, "a 20 second lullaby about a cat")
    await stage.restart()
    await anna.press(sheet, "sing")
    await anna.until(lambda seen: is_song(seen) and seen.post != song.post)
    await anna.press(song, "lyrics") if song.has("lyrics") else await anna.press(song, "licence")
    await anna.until(lambda seen: not seen.files and seen.post not in {sheet.post, song.post})


async def test_a_song_on_its_way_survives_a_restart(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await anna.say(LONG)
    await anna.until(lambda seen: seen.has("cancel"))
    await stage.restart()
    await anna.until(is_song, 60)
    assert len(songs(anna)) == 1


async def test_nonsense_gets_a_sentence(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await anna.say("🦆")
    await anna.until(lambda seen: len(seen.text) > 10)


async def test_forgetting_asks_first_and_then_forgets(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await a_song(anna)
    await anna.command("forget", "everything")
    question = await anna.until(lambda seen: seen.has("forget") and not seen.files)
    await anna.press(question, "forget", "yes")
    await anna.until(lambda seen: "Everything about you here is deleted" in seen.text)
    await anna.command("mine")
    await anna.until(lambda seen: "You have no songs here yet" in seen.text)
