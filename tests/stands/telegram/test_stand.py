"""The stand refuses what Telegram refuses, so that a green test means something."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.stands.telegram.markup import CannotParse, shown
from tests.stands.telegram.people import People
from tests.stands.telegram.stand import TOKEN, Stand

pytestmark = pytest.mark.asyncio
KEYS = {"inline_keyboard": [[{"text": "Again", "callback_data": "again:a:"}]]}


class Caller:
    """Somebody who speaks to the Bot API by hand."""

    def __init__(self, stand: Stand, session: aiohttp.ClientSession) -> None:
        self.stand = stand
        self.people = People(stand.world)
        self.anna = self.people.join("Anna")
        self._session = session

    async def ask(self, method: str, files: dict[str, tuple[str, bytes]] | None = None, **given: Any) -> dict[str, Any]:
        form = aiohttp.FormData()
        for name, value in given.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (filename, content) in (files or {}).items():
            form.add_field(name, BytesIO(content), filename=filename)
        async with self._session.post(f"{self.stand.url}/bot{TOKEN}/{method}", data=form) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def refusal(self, method: str, files: dict[str, tuple[str, bytes]] | None = None, **given: Any) -> str:
        body = await self.ask(method, files, **given)
        assert not body["ok"], body
        return str(body["description"])


@pytest_asyncio.fixture
async def caller() -> AsyncIterator[Caller]:
    async with Stand() as stand, aiohttp.ClientSession() as session:
        yield Caller(stand, session)


@pytest.mark.parametrize(
    ("method", "given", "complaint"),
    [
        ("sendSong", {}, "no such method"),
        ("sendMessage", {"text": "a"}, "chat_id is missing"),
        ("sendMessage", {"chat_id": 1001, "text": "a", "titel": "b"}, "unknown field titel"),
        ("sendMessage", {"chat_id": 1001, "text": "a", "message_thread_id": "x"}, "is no Integer"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "a", "reply_markup": {"inline_keyboard": [[{"data": "x"}]]}},
            "no data",
        ),
        ("sendMessage", {"chat_id": 1001, "text": "a", "reply_markup": {"inline_keyboard": {}}}, "no array"),
        ("sendMessage", {"chat_id": 1001, "text": "a", "reply_parameters": {"message_id": "1"}}, "is no Integer"),
        ("sendAudio", {"chat_id": 1001, "audio": "attach://song"}, "no such upload"),
        ("sendMediaGroup", {"chat_id": 1001, "media": [{"type": "musik", "media": "x"}]}, "media"),
    ],
)
async def test_what_the_description_does_not_know(
    caller: Caller, method: str, given: dict[str, Any], complaint: str
) -> None:
    assert complaint in await caller.refusal(method, **given)
    assert complaint in " ".join(caller.stand.violations)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "🎵" * 2049}, "message is too long"),
        ({"text": "<b>no end", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "1 < 2", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "  "}, "message text is empty"),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}},
            "BUTTON_DATA",
        ),
    ],
)
async def test_what_a_careful_bot_does_not_send(caller: Caller, given: dict[str, Any], reason: str) -> None:
    assert reason in await caller.refusal("sendMessage", chat_id=caller.anna, **given)
    assert caller.stand.violations


async def test_4096_shown_characters_are_taken_whatever_their_markup(caller: Caller) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    assert (await caller.ask("sendMessage", chat_id=caller.anna, text=text, parse_mode="HTML"))["ok"]


async def test_captions_hold_1024(caller: Caller) -> None:
    song = {"audio": ("a.mp3", b"ID3")}
    assert (await caller.ask("sendAudio", song, chat_id=caller.anna, caption="x" * 1024))["ok"]
    assert "caption is too long" in await caller.refusal("sendAudio", song, chat_id=caller.anna, caption="x" * 1025)


async def test_files_have_a_size_and_a_kind(caller: Caller) -> None:
    big = {"document": ("a.wav", bytes(50_000_001))}
    assert "Too Large" in await caller.refusal("sendDocument", big, chat_id=caller.anna)
    assert "MP3" in await caller.refusal("sendAudio", {"audio": ("a.wav", b"RIFF")}, chat_id=caller.anna)


async def test_an_edit_must_change_something_that_is_there(caller: Caller) -> None:
    post = (await caller.ask("sendMessage", chat_id=caller.anna, text="a", reply_markup=KEYS))["result"]["message_id"]
    here = {"chat_id": caller.anna, "message_id": post}
    assert "not modified" in await caller.refusal("editMessageText", text="a", reply_markup=KEYS, **here)
    assert (await caller.ask("editMessageText", text="a", **here))["ok"]
    assert "no caption" in await caller.refusal("editMessageCaption", caption="a", **here)
    assert "not found" in await caller.refusal("editMessageText", text="a", chat_id=caller.anna, message_id=99)
    assert not caller.stand.violations


async def test_a_press_is_answered_once(caller: Caller) -> None:
    post = (await caller.ask("sendMessage", chat_id=caller.anna, text="a", reply_markup=KEYS))["result"]["message_id"]
    query = caller.people.press(caller.anna, post, "again:a:")
    assert (await caller.ask("answerCallbackQuery", callback_query_id=query))["ok"]
    assert "query is too old" in await caller.refusal("answerCallbackQuery", callback_query_id=query)


async def test_updates_wait_until_the_next_offset_and_come_as_soon_as_there_are_some(caller: Caller) -> None:
    caller.people.write(caller.anna, "one")
    (first,) = (await caller.ask("getUpdates"))["result"]
    assert (await caller.ask("getUpdates"))["result"] == [first]
    polling = asyncio.create_task(caller.ask("getUpdates", offset=first["update_id"] + 1, timeout=10))
    await asyncio.sleep(0)
    caller.people.write(caller.anna, "two")
    assert [update["message"]["text"] for update in (await polling)["result"]] == ["two"]


async def test_only_one_may_poll(caller: Caller) -> None:
    polling = asyncio.create_task(caller.ask("getUpdates", timeout=10))
    while not caller.stand.counts["getUpdates"]:
        await asyncio.sleep(0.005)
    await caller.ask("getUpdates", timeout=0)
    assert (await polling)["error_code"] == 409


async def test_a_bot_in_privacy_mode_hears_of_a_group_what_is_meant_for_it(caller: Caller) -> None:
    group = caller.people.group(caller.anna)
    for text in ("hello all", "/song rain", "/song@minstrel_stand_bot rain", "@minstrel_stand_bot hello"):
        caller.people.write(caller.anna, text, chat=group)
    heard = [update["message"]["text"] for update in (await caller.ask("getUpdates"))["result"]]
    assert heard == ["/song@minstrel_stand_bot rain", "@minstrel_stand_bot hello"]


async def test_closed_doors(caller: Caller) -> None:
    group = caller.people.group(caller.anna, kind="group")
    new = caller.people.grow(group)
    moved = await caller.ask("sendMessage", chat_id=group, text="a")
    assert moved["parameters"] == {"migrate_to_chat_id": new}
    caller.people.kick(new)
    assert "kicked" in await caller.refusal("sendMessage", chat_id=new, text="a")
    caller.people.block(caller.anna)
    assert "blocked" in await caller.refusal("sendMessage", chat_id=caller.anna, text="a")


async def test_html_is_read_as_telegram_reads_it() -> None:
    assert shown("<blockquote expandable><b>A</b>\n1 &lt; 2 &amp; 3</blockquote>") == "A\n1 < 2 & 3"
    for broken in ("<b><i></b></i>", "</b>", "<br>", "<3", "<blockquote>"):
        with pytest.raises(CannotParse):
            shown(broken)
