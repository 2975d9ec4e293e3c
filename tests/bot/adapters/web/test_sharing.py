"""A shared song: for whoever has the link, as long as its owner wants."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from tests.bot.adapters.web.conftest import Come, token_in
from tests.journeys.web_page import Page
from tests.journeys.web_stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")
WISH = "a calm 20 second pop song about the sea"


async def test_a_song_is_shared_heard_by_others_and_taken_back(stage: WebStage, come: Come) -> None:
    person = await stage.person("Anna")
    await person.say("a calm 20 second pop song called <b>Sea</b>")
    song = await person.until(lambda seen: any(name.endswith(".mp3") for name, _ in seen.files))
    anna, ben = person._client, await come(stage)
    anna.headers["X-CSRF-Token"] = token_in((await anna.get(stage.url + "/")).text)

    stolen = await ben.post("/share", data={"post": song.post})
    assert stolen.status_code == 404
    link = re.search(
        r'value="(http://[^"]+/s/[\w-]{20,})"', (await anna.post(stage.url + "/share", data={"post": song.post})).text
    )
    assert link
    page = (await ben.get(link[1])).text
    assert "made with AI" in page
    assert 'property="og:title"' in page
    assert "we claim nothing" in page
    assert "<b>Sea" not in page
    part = await ben.get(link[1] + "/audio", headers={"Range": "bytes=10-19"})
    assert (part.status_code, len(part.content), part.headers["content-type"]) == (206, 10, "audio/mpeg")
    player = (await ben.get(link[1] + "/player")).json()
    assert player["duration"] == pytest.approx(20, abs=0.2)
    assert player["lines"]
    for elsewhere in (f"/posts/{song.post}/files/0", f"/posts/{song.post}/player"):
        assert (await ben.get(elsewhere)).status_code == 404

    again = await anna.post(stage.url + "/share", data={"post": song.post})
    assert link[1] in again.text
    await stage.restart()
    assert (await ben.get(link[1])).status_code == 200
    data = next(data for _, data in song.buttons if data.startswith("forget:"))
    await anna.post(stage.url + "/unshare", data={"song": data.split(":")[1]})
    for path in ("", "/audio", "/player", "/cover"):
        assert (await ben.get(link[1] + path)).status_code == 404


async def test_everything_forgotten_is_gone_from_the_page_and_the_disk(stage: WebStage) -> None:
    anna = await stage.person("Anna")
    await anna.say("a calm 20 second pop song about xylophones")
    await anna.until(lambda seen: any(name.endswith(".mp3") for name, _ in seen.files))
    await anna.command("forget", "everything")
    question = await anna.until(lambda seen: any(data.endswith(":yes") for _, data in seen.buttons))
    await anna.press(question, "forget")
    await anna.until(lambda seen: not seen.buttons and seen.post > question.post)
    page = Page((await anna._client.get(stage.url + "/")).text)
    assert len(page.seen) == 1
    kept = [
        path.read_text(encoding="utf-8") for path in (stage.surface_open.web.settings.data / "web").rglob("*.jsonl")
    ]
    assert not any("xylophone" in text for text in kept)


async def test_a_song_that_no_chat_can_carry_has_a_link_to_the_public_address(tmp_path: Path) -> None:
    async with WebStage(tmp_path, public_url="https://songs.example/") as stage:
        anna = await stage.person("Anna")
        await anna.say(WISH)
        post = await anna.until(lambda seen: any(name.endswith(".mp3") for name, _ in seen.files))
        (talk,) = stage.surface_open.talks._open.values()
        song = await stage.house.archive.songs.get(talk.posts[post.post].song)
        assert song
        assert stage.house.link
        link = await stage.house.link(song)
        assert re.fullmatch(r"https://songs\.example/s/[\w-]{20,}", link)
        assert await stage.house.link(song) == link
        where, outside = link.removeprefix("https://songs.example"), {"Host": "songs.example"}
        async with httpx.AsyncClient(
            base_url=stage.url, headers=outside, event_hooks={"response": [stage.check]}
        ) as ben:
            assert song.title in (await ben.get(where)).text
            for part, kind in (("/audio", "audio/mpeg"), ("/cover", "image/jpeg")):
                assert (await ben.get(where + part)).headers["content-type"] == kind
            kept = tmp_path.glob("data/web/shares.json")
            assert not any(word in path.read_text() for path in kept for word in (song.title, ".mp3", "/"))
            await stage.house.delete(song.id)
            assert not stage.surface_open.web.shares.rows
            assert (await ben.get(where)).status_code == 404
        assert await stage.house.link(song) == ""
        assert stage.violations == []


async def test_without_a_public_address_there_is_no_link(stage: WebStage) -> None:
    assert stage.house.link is None
