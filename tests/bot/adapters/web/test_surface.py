"""The web chat as a surface: what the house posts is what a browser sees."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.adapters.base import Gone
from bot.conversation.reply import Button, File, Folded, Reply
from tests.bot.adapters.web.conftest import Come
from tests.journeys.web_page import Page
from tests.journeys.web_stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")
EVIL = '<script>alert("1")</script> & <b>bold</b>'


async def place_of(stage: WebStage) -> str:
    person = await stage.person("Anna")
    await person.say("/help")
    *_, place = stage.surface_open.talks._open
    return place


async def test_everything_of_a_reply_is_on_the_page_and_markup_is_only_text(stage: WebStage) -> None:
    place, surface = await place_of(stage), stage.surface_open
    reply = Reply(
        EVIL,
        folded=(Folded(EVIL, EVIL),),
        buttons=((Button(EVIL, "again", "abc"), Button("Change", "change", "abc", asks=EVIL)),),
        files=(File(EVIL, "image/svg+xml", content=b"<svg/>"), File("a.mid", "audio/midi", content=b"MThd")),
        song="abc",
    )
    name = await surface.post(place, reply)
    person = stage._people[-1]
    html = (await person._client.get(stage.url + "/")).text
    assert EVIL not in html
    seen = Page(html).seen[name]
    assert seen.text.count(EVIL) >= 3
    assert [data for _, data in seen.buttons] == ["again:abc:", "change:abc:"]
    assert seen.files == ((EVIL, 6), ("a.mid", 4))
    drawn = await person._client.get(f"{stage.url}/posts/{name}/files/0")
    assert drawn.headers["content-disposition"].startswith("attachment")


async def test_an_edit_keeps_the_files_and_a_deleted_post_is_gone(stage: WebStage) -> None:
    place, surface = await place_of(stage), stage.surface_open
    name = await surface.post(place, Reply("one", files=(File("a.txt", "text/plain", content=b"a"),)))
    await surface.edit(place, name, Reply("two"))
    talk = await surface.talks.of(place)
    revision = talk.revision
    await surface.edit(place, name, Reply("two"))
    assert talk.revision == revision
    assert (talk.posts[name].text, len(talk.posts[name].files)) == ("two", 1)
    await surface.delete(place, name)
    await surface.delete(place, name)
    assert not [path for path in (talk.folder / "files").rglob("*") if path.is_file()]
    with pytest.raises(Gone):
        await surface.edit(place, name, Reply("three"))


async def test_a_double_click_is_one_press(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    for _ in range(3):
        await client.post("/press", data={"post": "none", "data": "help::"})
    *_, place = stage.surface_open.talks._open
    talk = await stage.surface_open.talks.of(place)
    assert [post.by for post in talk.posts.values()].count("member") == 1


async def test_a_message_sent_twice_is_answered_once(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    for _ in range(2):
        await client.post("/say", data={"text": "/help", "id": "12345678-abcd"})
    *_, place = stage.surface_open.talks._open
    talk = await stage.surface_open.talks.of(place)
    assert [post.by for post in talk.posts.values()] == ["member", "bot"]


async def test_the_page_follows_the_language_chosen_in_words(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    after = re.search(r'data-after="(\d+)"', (await client.get("/")).text)
    assert after
    async with client.stream("GET", f"/events?after={after[1]}") as events:
        await client.post("/say", data={"text": "请说中文"})
        async with asyncio.timeout(10):
            async for line in events.aiter_lines():
                if line == "event: language":
                    break
    assert '<html lang="zh">' in (await client.get("/")).text
    assert "这里什么也没有" in (await client.get("/nowhere")).text
