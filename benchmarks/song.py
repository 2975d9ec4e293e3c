"""Seconds per stage and peak memory of a two-minute sung song, cold and warm.

    export MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=100000000 # as scripts/run does
    PYTHONPATH=. .venv/bin/python benchmarks/song.py

Cold is a new process that loads every model; warm is the next song in the same process, another request and seed.
"""

from __future__ import annotations

import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot import app
from bot.settings import read_settings
from bot.understanding import understand
from generation.pipeline import perform, write_sheet
from generation.release import release

REQUESTS = (
    "a pop song about rain in Shanghai, female voice, 96 bpm, 2 minutes",
    "a synth-pop song about driving through the city at night, female voice, 104 bpm, 2 minutes",
)


def measure(text: str, seed: int, studio: app.Studio) -> dict[str, float]:
    """Make one song; return seconds from the start of the song at which each stage ended."""
    ends: dict[str, float] = {}
    begin = time.perf_counter()

    def mark(stage: str, fraction: float) -> None:
        if fraction >= 1.0:
            ends[stage] = time.perf_counter() - begin

    sheet = write_sheet(understand(text).request, seed, studio.lyricist, studio.singer)
    mark("words and score", 1.0)
    track = perform(sheet, studio.engine, mark, lambda: False)
    with tempfile.TemporaryDirectory() as folder:
        release(
            track,
            Path(folder),
            ("mp3",),
            stems=False,
            operator=app.operator(read_settings({})),
            created=datetime.now(UTC).isoformat(),
        )
    mark("files", 1.0)
    return ends


def main() -> None:
    begin = time.perf_counter()
    studio = app.open_studio("embedded")
    print(f"start: {time.perf_counter() - begin:.1f} s")
    for name, (seed, text) in zip(("cold", "warm"), enumerate(REQUESTS), strict=True):
        ends = measure(text, seed, studio)
        print(f"{name}: " + ", ".join(f"{stage} done at {second:.1f} s" for stage, second in ends.items()))
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
