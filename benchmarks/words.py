"""How long the quick steps take: reading a message, changing a sheet, drawing a cover; and the longest words.

PYTHONPATH=. .venv/bin/python benchmarks/words.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.app import open_studio
from bot.understanding import understand
from bot.understanding.changes import read_changes
from bot.understanding.verbs import verb_of
from generation.changes import Feel, Length, NewTune, Reword, Rewrite
from generation.cover import cover
from generation.pipeline import write_sheet
from generation.revise import revise
from generation.song import SongRequest
from generation.voices.pronunciation import syllabify

WISH = "a sad lo-fi song about rain in Shanghai, female voice, 80 bpm"
ENDLESS = ("a", "bcdf", "7", "1,", "&", "la ", "汉", "静静地", "汉a")
KILOBYTES = 64


def told(name: str, work: Callable[[], object]) -> None:
    """Print the best of three runs after a first one."""
    work()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    print(f"{name:<44}{min(times) * 1000:9.1f} ms")


def main() -> None:
    studio = open_studio("debug")
    sheet = write_sheet(SongRequest(theme="the sea"), 1, studio.lyricist, studio.singer)
    told("understand a wish", lambda: understand(WISH))
    told("find its verb", lambda: verb_of(WISH))
    told("read a change", lambda: read_changes("a bit slower, no drums, line 2: the tide is out", sheet))
    told("write a sheet", lambda: write_sheet(SongRequest(theme="the sea"), 2, studio.lyricist, studio.singer))
    for change in (Reword("verse 1/1", "A line of words"), Rewrite(), Length(more_s=30), Feel(genre="rock"), NewTune()):
        told(f"change: {type(change).__name__}", lambda: revise(sheet, (change,), studio.lyricist, studio.singer, 3))  # noqa: B023
    told("draw a cover", lambda: cover(sheet))
    for piece in ("again and ", "第二段第一句改成", "九"):
        told(f"20,000 characters of {piece!r}", lambda: (verb_of(piece * 2000), read_changes(piece * 2000, sheet)))  # noqa: B023
    for piece in ENDLESS:
        text = piece * (KILOBYTES * 1024 // len(piece.encode()))
        told(f"{KILOBYTES} kB of {piece!r} into syllables", lambda: syllabify.__wrapped__(text, "en"))  # noqa: B023


if __name__ == "__main__":
    main()
