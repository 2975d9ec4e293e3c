"""What somebody sends who means no good: it is only text, it reaches nobody else's, and it silences nobody."""

from __future__ import annotations

import asyncio
import io
import logging
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import av
import httpx
import numpy as np
import pytest

from bot.adapters.telegram.app import TelegramSurface
from bot.house import House
from bot.logs import Masked
from bot.settings import Settings
from tests.journeys import telegram_stage
from tests.journeys.person import Person, Seen, Stage
from tests.journeys.telegram_stage import TelegramStage
from tests.journeys.test_a_song import a_sheet, a_song, songs
from tests.journeys.web_stage import WebStage
from tests.stands.telegram.stand import TOKEN

if TYPE_CHECKING:
    from tests.journeys.discord_stage import DiscordStage

pytestmark = pytest.mark.asyncio

ONLY = {name: pytest.mark.parametrize("stage", [name], indirect=True) for name in ("telegram", "discord", "web")}
MARKUP = (
    '</b><script>alert("1")</script><svg/onload=alert(1)>',
    "**bold** ||hid|| [click](https://example.org) @everyone @here <@1001> <#1> <t:0> `code`",
    "{{ 7*7 }} {title} %s &lt;b&gt; <!-- ' \" --> <tg-spoiler>",
)
PRIVATE = "zebrafinch"
REFUSED = ("up to 60 seconds", "hardly hear", "not a sound")
FLOOD = "quicker than I can read"


async def next_post(person: Person, known: int) -> Seen:
    return await person.until(lambda seen: seen.text != "" and seen in list(person.posts())[known:])


async def refused(person: Person, times: int) -> None:
    """Wait until so many recordings were refused; a bomb that is unpacked takes longer."""

    def done() -> int:
        return sum(any(word in seen.text for word in REFUSED) for seen in person.posts())

    await person.until(lambda _: done() >= times, 10)


def elsewhere(stage: WebStage) -> httpx.AsyncClient:
    """Somebody without the page: a program, or a page of another site."""
    return httpx.AsyncClient(base_url=stage.url, event_hooks={"response": [stage.check]})


@cache
def silence(minutes: int) -> bytes:
    """A FLAC file of some kilobytes that is very long when it is played."""
    file, rate = io.BytesIO(), 8_000
    with av.open(file, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=rate)
        stream.layout = "mono"
        for _ in range(minutes):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, rate * 60), np.int16), format="s16", layout="mono")
            frame.sample_rate = rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("words.txt", b"la " * 3_000_000)
    return file.getvalue()


async def test_markup_in_words_and_names_is_only_text(stage: Stage) -> None:
    mallory = await stage.person("<b>M</b> @everyone")
    await mallory.command("sheet", "a 20 second folk song, lyrics:\n[Verse]\n" + "\n".join(MARKUP))
    sheet = await mallory.until(lambda seen: seen.has("sing") and not seen.files)
    for line in MARKUP:
        assert line in sheet.text


@ONLY["discord"]
async def test_nobody_is_called_by_what_a_member_wrote(stage: DiscordStage) -> None:
    (mallory,) = await stage.together("Mallory")
    await mallory.command("sheet", "a 20 second folk song, lyrics:\n[Verse]\n" + "\n".join(MARKUP))
    await mallory.until(lambda seen: seen.has("sing") and not seen.files)
    for stored in stage.env.backend.messages[mallory.channel.id].values():
        if stored.author_id == stage.env.backend.bot_user.id:
            whole = stored.content + str(stored.embeds)
            assert "@everyone" not in whole
            assert "<@1001>" not in whole
            assert "[click](" not in whole


async def test_buttons_with_somebody_elses_song_do_and_tell_nothing(stage: Stage) -> None:
    anna, eve = await stage.person("Anna"), await stage.person("Eve")
    song = await a_song(
        anna, f"a 20 second folk song, lyrics:\n[Verse]\nA {PRIVATE} sings in the light\nAll day and all night"
    )
    number = next(data.split(":")[1] for _, data in song.buttons if data.split(":")[1])
    await eve.command("help")
    own = await eve.until(lambda seen: bool(seen.text))
    for data in ("lyrics", "stems::midi", "licence", "again", "sing", "mine", "cancel", "forget::yes"):
        verb, _, argument = data.partition("::")
        await eve.press_data(own, f"{verb}:{number}:{argument}")
    await eve.command("quota")
    await eve.until(lambda seen: seen.post != own.post and "3" in seen.text)
    assert not any(PRIVATE in seen.text.lower() or seen.files for seen in eve.posts())
    await anna.press(song, "licence")
    await anna.until(lambda seen: not seen.files and "we claim nothing" in seen.text)


async def test_a_flood_is_answered_a_few_times_and_disturbs_nobody(stage: Stage) -> None:
    mallory, anna = await stage.person("Mallory"), await stage.person("Anna")
    await asyncio.gather(*(mallory.command("quota") for _ in range(40)))
    await anna.command("help")
    await anna.until(lambda seen: "hum" in seen.text.lower(), 15)
    await mallory.until(lambda seen: FLOOD in seen.text, 15)

    def answers() -> list[Seen]:
        # Discord shows a failure where a command gets no word at all.
        return [seen for seen in mallory.posts() if "Got it" not in seen.text]

    await mallory.until(lambda _: len(answers()) > 10, 15)
    assert len(answers()) < 30


async def test_files_that_are_no_words_become_no_song(stage: Stage) -> None:
    mallory = await stage.person("Mallory")
    for name, content in (
        ("bomb.txt", zipped()),
        ("words.txt", "lalala".encode("utf-16")),
        ("words.md", bytes(range(256))),
        ("../../etc/passwd\u202etxt.exe", b"MZ" + bytes(500)),
        ("long.txt", b"la " * 3_000_000),
    ):
        known = len(mallory.posts())
        await mallory.say("sing this", file=(name, "text/plain" if name != "bomb.txt" else "application/zip", content))
        await next_post(mallory, known)
    assert not songs(mallory)
    assert not any(seen.has("cancel") or seen.has("sing") for seen in mallory.posts())


async def test_a_long_silence_in_a_small_file_is_not_unpacked(stage: Stage) -> None:
    mallory = await stage.person("Mallory")
    bombs = (silence(20), b"<script>alert(1)</script>" + silence(1), b"#EXTM3U\nfile:///etc/passwd\n")
    for number, content in enumerate(bombs, 1):
        await mallory.command("hum", file=("hum.flac", "audio/flac", content))
        await refused(mallory, number)
    assert not any(seen.has("sing") for seen in mallory.posts())


async def test_no_secret_and_no_word_of_a_member_is_in_the_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    mallory = await stage.person("Mallory\n2026-01-01 ERROR forged")
    await a_sheet(mallory, f"a 20 second folk song about a {PRIVATE}\nERROR forged")
    await mallory.say(f"what is {PRIVATE}", file=(f"{PRIVATE}\n.ogg", "audio/ogg", b"MZ" + bytes(99)))
    await mallory.until(lambda seen: "not a sound" in seen.text)
    written = [Masked([TOKEN]).format(record) for record in caplog.records]
    assert not any(TOKEN in line for line in written)
    ours = [line for line, record in zip(written, caplog.records, strict=True) if record.name.startswith("bot")]
    assert not any(PRIVATE in line or "forged" in line for line in ours)


async def test_a_group_that_asks_more_than_it_may_hear_silences_no_other_chat(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def as_slow_as_telegram(settings: Settings, house: House, **_: float) -> TelegramSurface:
        return TelegramSurface(settings, house, per_minute_in_group=20)

    monkeypatch.setattr(telegram_stage, "TelegramSurface", as_slow_as_telegram)
    async with TelegramStage(tmp_path) as stage:
        anna = await stage.person("Anna")
        group = await stage.together(*(f"member {number}" for number in range(40)))
        for _ in range(10):
            await asyncio.gather(*(member.command("quota") for member in group))
        await anna.command("help")
        await anna.until(lambda seen: "hum" in seen.text.lower(), 10)


@ONLY["telegram"]
async def test_a_song_whose_upload_is_cut_comes_once(stage: TelegramStage) -> None:
    anna = await stage.person("Anna")
    stage._stand.cut("sendAudio", 2)
    stage._stand.flood("sendAudio", 1, retry_after=1)
    await a_song(anna)
    assert len(songs(anna)) == 1


@ONLY["web"]
async def test_a_page_elsewhere_can_neither_read_nor_order(stage: WebStage) -> None:
    async with elsewhere(stage) as browser:
        for host in ("evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "localhost@evil.example"):
            assert (await browser.get("/", headers={"Host": host})).status_code == 421
        for origin in ("null", "https://evil.example", "http://127.0.0.1:1"):
            answer = await browser.post("/api/songs", json={"text": "a song"}, headers={"Origin": origin})
            assert answer.status_code == 403
            assert "access-control-allow-origin" not in answer.headers
        cookie = (await browser.get("/")).headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert (await browser.post("/say", data={"text": "a song"})).status_code == 403


@ONLY["web"]
async def test_songs_of_another_browser_are_not_there(stage: WebStage) -> None:
    anna, eve = await stage.person("Anna"), await stage.person("Eve")
    song = await a_song(anna)
    number = next(data.split(":")[1] for _, data in song.buttons if data.split(":")[1])
    for method, path in (
        ("GET", f"/api/songs/{number}"),
        ("GET", f"/api/songs/{number}/audio"),
        ("GET", f"/api/songs/{number}/events"),
        ("DELETE", f"/api/songs/{number}"),
        ("GET", f"/posts/{song.post}/files/0"),
        ("GET", f"/posts/{song.post}/player"),
        ("GET", "/s/..%2f..%2fsecret"),
        ("GET", "/static/..%2fapp.py"),
    ):
        assert (await eve._client.request(method, stage.url + path)).status_code == 404, path


@ONLY["web"]
async def test_many_orders_at_once_are_as_many_as_one_may_have(stage: WebStage) -> None:
    async with elsewhere(stage) as program:
        wish = {"text": "a 3 minute rock song about thunder"}
        answers = await asyncio.gather(*(program.post("/api/songs", json=wish) for _ in range(12)))
        assert Counter(answer.status_code for answer in answers)[202] <= stage.house.settings.most_open + 2


async def test_a_password_cannot_be_tried_without_end(tmp_path: Path) -> None:
    async with (
        WebStage(tmp_path, web_password="correct horse") as stage,
        elsewhere(stage) as thief,
    ):
        tries = [await thief.get("/metrics", headers={"Authorization": f"Bearer {number}"}) for number in range(20)]
        assert tries[-1].status_code == 429
        right = await thief.get("/metrics", headers={"Authorization": "Bearer correct horse"})
        assert right.status_code in (200, 429)


@ONLY["web"]
async def test_a_web_server_in_front_opens_no_house_without_a_password(stage: WebStage) -> None:
    async with elsewhere(stage) as outside:
        answer = await outside.get("/", headers={"X-Forwarded-For": "203.0.113.9"})
        assert answer.status_code in (403, 421)


@ONLY["web"]
async def test_a_deleted_song_leaves_no_word_of_it_in_the_talk(stage: WebStage, tmp_path: Path) -> None:
    anna = await stage.person("Anna")
    song = await a_song(anna)
    title = song.text.splitlines()[0].strip('♪ “”"')
    await anna.press(song, "forget")
    question = await anna.until(lambda seen: seen.has("forget") and not seen.files)
    await anna.press(question, "forget", "yes")
    await anna.until(lambda seen: "deleted" in seen.text.lower())
    sung = [log.read_text(encoding="utf-8") for log in tmp_path.glob("data/web/talks/*/log.jsonl")]
    assert not any(title in text and '"audio/mpeg"' in text for text in sung)
