"""The bot under load: 1,000 members write 50 messages a second to a Telegram on the loopback interface.

    PYTHONPATH=. .venv/bin/python benchmarks/chat.py [--seconds 120] [--rate 50] [--members 1000]

The bot is a process of its own: the real house, archive and Telegram adapter, with a studio that takes no time. This
process is Telegram; it judges every request against the Bot API's specification. A song must be answered by two posts
(the live post, the song), anything else by one; the clock runs from a message's arrival in Telegram to the first post.
Telegram's own pace of 30 posts a second is lifted, as a large bot's is.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.instant import InstantJobs
from generation.song import Sheet, SongRequest, from_json, to_json

SAID = (
    (0.30, "a calm song about the sea, female voice, 80 bpm", 2),
    (0.20, "写一首关于下雨的歌，男声", 2),
    (0.10, "/song upbeat pop for a birthday", 2),
    (0.15, "how far is my song?", 1),
    (0.10, "/mine", 1),
    (0.10, "你会做什么？", 1),
    (0.05, "/quota", 1),
)
"""Share, what is said, and how many posts answer it."""
PATIENCE_S = 10.0


@dataclass(slots=True)
class Asked:
    """One message of a member and what came back."""

    at: float
    expected: int
    replies: list[float] = field(default_factory=list)


def make_song(folder: Path) -> None:
    """Make the one song that every wish is answered with."""
    from bot.app import open_studio
    from generation.passport import Operator
    from generation.pipeline import perform, write_sheet
    from generation.release import release

    studio = open_studio("debug")
    sheet = write_sheet(SongRequest(theme="the sea", duration_s=20.0), 1, studio.lyricist, studio.singer)
    track = perform(sheet, studio.engine, lambda *_: None, lambda: False)
    release(track, folder / "song", ("mp3",), stems=False, operator=Operator("Bench"), created="2026-01-01")
    (folder / "sheet.json").write_text(json.dumps(to_json(sheet)), encoding="utf-8")


async def bot(url: str, folder: Path) -> None:
    """The measured process: a house on ``folder`` whose Telegram is at ``url``."""
    from bot.adapters.telegram.app import TelegramSurface
    from bot.house import House
    from bot.settings import Settings
    from storage.archive import Archive

    sheet = from_json(json.loads((folder / "sheet.json").read_text(encoding="utf-8")), Sheet)
    settings = Settings(data=folder / "data", telegram_token=TOKEN, telegram_api_url=url)
    archive = Archive(settings.data)
    house = House(settings, archive, InstantJobs(archive, sheet, folder / "song"))
    await house.start()
    async with TelegramSurface(settings, house, per_second=10_000):
        await asyncio.Event().wait()


TOKEN = "4711:stand-secret"


async def load(options: argparse.Namespace) -> int:
    from tests.stands.telegram.people import People
    from tests.stands.telegram.stand import Stand

    with tempfile.TemporaryDirectory() as folder:
        make_song(Path(folder))
        async with Stand() as stand:
            people = People(stand.world)
            members = [people.join(f"Member {number}", "en") for number in range(options.members)]
            asked: dict[int, list[Asked]] = {member: [] for member in members}

            def watch(what: str, message: dict[str, Any]) -> None:
                if what == "sent" and (own := asked.get(message["chat"]["id"])):
                    own[-1].replies.append(time.monotonic())

            stand.world.watchers.append(watch)
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "benchmarks.chat", "--bot", stand.url, "--folder", folder
            )
            while not stand.counts["setMyCommands"]:
                await asyncio.sleep(0.1)
            await asyncio.sleep(2.0)
            memory = asyncio.create_task(_memory(process.pid, options.seconds))
            await _write(people, members, asked, options)
            deadline = time.monotonic() + PATIENCE_S
            everything = [message for messages in asked.values() for message in messages]
            while any(len(one.replies) < one.expected for one in everything) and time.monotonic() < deadline:
                await asyncio.sleep(0.1)
            used = await memory
            process.terminate()
            await process.wait()
            return _tell(everything, used, stand.counts, stand.violations)


async def _write(people: Any, members: list[int], asked: dict[int, list[Asked]], options: argparse.Namespace) -> None:
    """Members take turns, so that everyone's messages lie far apart and every post has its message."""
    draw = random.Random(1)
    start = time.monotonic()
    for number in range(round(options.seconds * options.rate)):
        await asyncio.sleep(max(0.0, start + number / options.rate - time.monotonic()))
        member = members[number % len(members)]
        _, text, expected = draw.choices(SAID, [share for share, *_ in SAID])[0]
        asked[member].append(Asked(time.monotonic(), expected))
        people.write(member, text)


async def _memory(pid: int, seconds: float) -> list[float]:
    """Resident megabytes of a process, twenty times over the run."""
    used = []
    for _ in range(20):
        await asyncio.sleep(seconds / 20)
        status = await asyncio.to_thread(Path(f"/proc/{pid}/status").read_text)
        used.append(int(status.split("VmRSS:")[1].split()[0]) / 1024)
    return used


def _tell(asked: list[Asked], used: list[float], requests: Counter[str], violations: list[str]) -> int:
    first = sorted(one.replies[0] - one.at for one in asked if one.replies)
    whole = sorted(one.replies[-1] - one.at for one in asked if len(one.replies) >= one.expected)
    lost = sum(not one.replies for one in asked)
    short = sum(0 < len(one.replies) < one.expected for one in asked)
    twice = sum(len(one.replies) > one.expected for one in asked)
    cuts = statistics.quantiles(first, n=100)
    print(f"messages          {len(asked)}, first reply lost {lost}, song lost {short}, answered twice {twice}")
    print(
        f"first reply       median {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms"
    )
    print(f"last reply        p99 {statistics.quantiles(whole, n=100)[98] * 1000:.0f} ms")
    first_mb, middle_mb, last_mb = used[0], used[len(used) // 2], used[-1]
    print(f"memory            {first_mb:.0f} MB at first, {middle_mb:.0f} MB half-way, {last_mb:.0f} MB at the end")
    print(f"requests judged   {requests.total()}, violations {len(violations)}")
    return 1 if lost or short or twice or violations else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--rate", type=float, default=50.0, help="messages a second")
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--bot", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    if options.bot:
        asyncio.run(bot(options.bot, options.folder))
        return 0
    return asyncio.run(load(options))


if __name__ == "__main__":
    sys.exit(main())
