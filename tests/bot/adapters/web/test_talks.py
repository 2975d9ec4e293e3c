"""The talk a browser sees: kept, followed, bounded, forgotten."""

from __future__ import annotations

import asyncio
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.web.posts import Kept, Post, Pressable
from bot.adapters.web.talks import MOST_POSTS, Happening, Talk, Talks
from bot.conversation.reply import Folded

pytestmark = pytest.mark.asyncio


def a_post(name: str, text: str = "") -> Post:
    return Post(name, "bot", "2026-01-01T00:00:00+00:00", text)


async def heard(talk: Talk, after: int, number: int) -> list[Happening]:
    found: list[Happening] = []
    async for happening in talk.follow(after):
        found.append(happening)
        if len(found) == number:
            break
    return found


async def test_a_talk_is_the_same_after_a_restart(tmp_path: Path) -> None:
    talk = await Talks(tmp_path).of("web:abc")
    post = Post("1", "bot", "", "歌", "zh", (Folded("a", "b"),), ((Pressable("Again", "again:x:", "How?"),),), song="x")
    await talk.put(post)
    await talk.put(a_post("2", "first"))
    await talk.put(a_post("2", "then"))
    await talk.put(a_post("3"))
    await talk.remove("3")
    again = await Talks(tmp_path).of("web:abc")
    assert list(again.posts.values()) == list(talk.posts.values())
    assert again.revision == talk.revision == 5
    assert [h.gone for h in again.since(4)] == ["3"]


async def test_a_line_cut_short_by_a_crash_is_left_out(tmp_path: Path) -> None:
    talk = await Talks(tmp_path).of("web:abc")
    await talk.put(a_post("1"))
    with (talk.folder / "log.jsonl").open("a") as log:
        log.write('{"post": {"id": "2", "by"\n[]\n{"post": 5}\n')
    assert list((await Talks(tmp_path).of("web:abc")).posts) == ["1"]


async def test_a_follower_gets_what_it_missed_and_what_comes(tmp_path: Path) -> None:
    talk = await Talks(tmp_path).of("web:abc")
    await talk.put(a_post("1"))
    await talk.put(a_post("2"))
    missed = await heard(talk, 1, 1)
    assert [h.post.id for h in missed if h.post] == ["2"]
    coming = asyncio.create_task(heard(talk, 2, 3))
    await asyncio.sleep(0)
    await talk.put(a_post("1", "changed"))
    await talk.remove("2")
    talk.busy()
    told = await asyncio.wait_for(coming, 5)
    assert [(h.post.text if h.post else "", h.gone) for h in told] == [("changed", ""), ("", "2"), ("", "")]
    assert talk.followers == 0


async def test_a_slow_follower_gets_only_how_things_stand(tmp_path: Path) -> None:
    talk = await Talks(tmp_path).of("web:abc")
    for number in range(50):
        await talk.put(a_post("1", str(number)))
    assert [h.post.text for h in talk.since(0) if h.post] == ["49"]


async def test_a_talk_and_its_file_stay_bounded(tmp_path: Path) -> None:
    talk = await Talks(tmp_path).of("web:abc")
    for number in range(MOST_POSTS + 20):
        await talk.put(a_post(f"{number:05d}"))
    for number in range(3000):
        await talk.put(a_post("00319", str(number)))
    assert len(talk.posts) == MOST_POSTS
    assert len((talk.folder / "log.jsonl").read_text().splitlines()) < 6 * MOST_POSTS
    assert len((await Talks(tmp_path).of("web:abc")).posts) == MOST_POSTS


async def test_what_is_left_out_for_its_age_takes_its_files_along_for_good(tmp_path: Path) -> None:
    talk = await Talks(tmp_path).of("web:abc")
    lying, elsewhere = talk.folder / "files" / "0", tmp_path / "song.mp3"
    lying.parent.mkdir(parents=True)
    for path in (lying, elsewhere):
        path.write_bytes(b"x")
    files = tuple(Kept(path.name, "audio/mpeg", str(path.resolve()), 1) for path in (lying, elsewhere))
    await talk.put(replace(a_post("0", "secret"), files=files))
    for number in range(MOST_POSTS):
        await talk.put(a_post(f"{number:05d}"))
    assert "0" not in talk.posts
    assert not lying.exists()
    assert elsewhere.exists()
    assert "secret" not in (talk.folder / "log.jsonl").read_text()
    again = await Talks(tmp_path).of("web:abc")
    assert list(again.posts) == list(talk.posts)


async def test_a_longer_talk_of_before_is_cut_when_it_is_read(tmp_path: Path) -> None:
    talk = await Talks(tmp_path).of("web:abc")
    await talk.put(a_post("0", "secret"))
    log = talk.folder / "log.jsonl"
    row = log.read_text()
    log.write_text(row + "".join(row.replace('"id": "0"', f'"id": "{n}"') for n in range(1, MOST_POSTS + 1)))
    again = await Talks(tmp_path).of("web:abc")
    assert "0" not in again.posts
    assert log.read_text().count('"id"') == MOST_POSTS


async def test_a_talk_is_nobody_elses_to_read(tmp_path: Path) -> None:
    talk = await Talks(tmp_path / "talks").of("web:abc")
    await talk.put(a_post("1"))
    log = talk.folder / "log.jsonl"
    await talk.put(a_post("2"))
    assert [stat.S_IMODE(path.stat().st_mode) for path in (log, talk.folder, talk.folder.parent)] == [
        0o600, 0o700, 0o700,
    ]  # fmt: skip
    await talk.remove("1")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


async def test_what_was_taken_down_is_in_no_line_of_the_log(tmp_path: Path) -> None:
    talk = await Talks(tmp_path).of("web:abc")
    await talk.put(a_post("1", "secret"))
    await talk.put(a_post("2", "kept"))
    await talk.remove("1")
    log = (talk.folder / "log.jsonl").read_text()
    assert "kept" in log
    assert "secret" not in log


async def test_a_forgotten_talk_leaves_no_file(tmp_path: Path) -> None:
    talks = Talks(tmp_path)
    talk = await talks.of("web:abc")
    await talk.put(a_post("1", "secret"))
    await talks.forget("web:abc")
    assert not talk.posts
    assert not list(tmp_path.rglob("*.jsonl"))


@pytest.mark.parametrize("place", ["web:../../etc", "web:", "web:a/b", "web:\0", "web:" + "a" * 300, "telegram:1"])
async def test_no_place_leads_out_of_the_folder(tmp_path: Path, place: str) -> None:
    assert Talks(tmp_path).folder(place).resolve().parent == tmp_path.resolve()
