"""The only place where concrete parts are chosen and wired together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.errors import UsageError
from bot.settings import Settings
from generation.engines.base import Engine
from generation.lyrics.base import Lyricist
from generation.passport import Operator
from generation.voices.base import Singer

if TYPE_CHECKING:
    from bot.house import House


@dataclass(frozen=True, slots=True)
class Studio:
    """The parts that make a song together."""

    lyricist: Lyricist
    singer: Singer
    engine: Engine


def _embedded() -> Studio:
    from generation.engines.embedded import EmbeddedEngine
    from generation.lyrics.verses import VerseLyricist
    from generation.voices.kokoro import KokoroSinger

    lyricist, singer = VerseLyricist(), KokoroSinger()
    return Studio(lyricist, singer, EmbeddedEngine(singer, lyricist.component))


def _debug() -> Studio:
    from generation.engines.debug import DebugEngine
    from generation.lyrics.verses import VerseLyricist
    from generation.voices.debug import DebugSinger

    lyricist, singer = VerseLyricist(), DebugSinger()
    return Studio(lyricist, singer, DebugEngine(singer, lyricist.component))


ENGINES: dict[str, Callable[[], Studio]] = {"embedded": _embedded, "debug": _debug}


def open_studio(engine: str) -> Studio:
    """Build the studio of one engine. Its models are loaded on first use only."""
    if engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise UsageError(
            f"There is no engine called {engine[:40]!r} here; choose one of: {known}.",
            f"这里没有名为“{engine[:40]}”的引擎；可选：{known}。",
        )
    return ENGINES[engine]()


def operator(settings: Settings) -> Operator:
    """Who runs this house, as the passport names it."""
    return Operator(name=settings.operator, region=settings.region)


def open_house(settings: Settings, *, in_process: bool = False, pace: float = 1.0) -> House:
    """Build the house of these settings; nothing is opened before ``House.start``.

    With ``in_process`` songs are made in threads instead of processes; ``pace`` scales the waits between tries.
    Raises ``UsageError`` for an engine that is not here.
    """
    from bot.house import House
    from bot.studio.queue import Queue
    from storage.archive import Archive

    if settings.engine not in ENGINES:
        open_studio(settings.engine)
    archive = Archive(settings.data)
    jobs = Queue(archive, partial(open_studio, settings.engine), operator(settings), in_process=in_process)
    return House(settings, archive, jobs, pace=pace)
