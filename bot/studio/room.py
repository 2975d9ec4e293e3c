"""A room with a studio in it: a process of its own, or for quick work a thread. One piece of work at a time."""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
import multiprocessing
import os
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from generation.errors import Cancelled, StudioError, StudioFault
from generation.song import Progress, StopAsked

if TYPE_CHECKING:
    from bot.app import Studio

OpenStudio = Callable[[], "Studio"]
Work = Callable[..., Any]
"""``work(studio, progress, stop_asked, *arguments)``; a function of a module, so that it can be named to a process."""

SILENCE_S = 600.0
"""A process that says nothing for so long is taken for stuck."""
NICENESS = 5
"""The chat answers before the studio sings."""
_log = logging.getLogger(__name__)


class RoomLost(StudioFault):
    """The process ended in the middle of its work: killed, out of memory, or stuck."""

    def __init__(self) -> None:
        super().__init__(
            "The studio broke off in the middle of the song; please try again.",
            "录音室中途断开了，请再试一次。",
        )


class TookTooLong(StudioFault):
    """The work was not done within its limit, and its process was ended."""

    def __init__(self) -> None:
        super().__init__(
            "That took me far too long, so I stopped; please try something shorter or simpler.",
            "这个花的时间太久，我先停下了；请换短一点或简单一点的再试。",
        )


class StudioBroke(StudioFault):
    """A bug, as a member reads of it."""

    def __init__(self) -> None:
        super().__init__("Something in the studio went wrong; please try again.", "录音室出了点问题，请再试一次。")


class Room:
    """Started at its first work, and again after it was lost."""

    def __init__(self, open_studio: OpenStudio, *, in_process: bool = False) -> None:
        self._open_studio = open_studio
        self._in_process = in_process
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="room")
        self._studio: Studio | None = None
        self._process: multiprocessing.process.BaseProcess | None = None
        self._line: Connection[Any, Any] | None = None
        self._sending = threading.Lock()
        self._numbers = itertools.count(1)
        self._named: dict[str, int] = {}
        self._stopped: set[int] = set()
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process and self._process.is_alive() else None

    async def call(
        self, work: Work, *arguments: Any, name: str = "", told: Progress | None = None, limit_s: float = math.inf
    ) -> Any:
        """Do ``work`` and return its result; ``stop(name)`` ends it, and ``told`` is called on the event loop.

        Work whose process is lost is begun once more in a fresh one. After ``limit_s`` seconds the process is ended
        (a thread cannot be: in-process the limit is not kept). Raises ``StudioError``.
        """
        loop = asyncio.get_running_loop()
        number = next(self._numbers)
        if name:
            self._named[name] = number

        def progress(stage: str, fraction: float) -> None:
            if told is not None and not self._closed:
                loop.call_soon_threadsafe(told, stage, fraction)

        try:
            return await loop.run_in_executor(self._thread, self._twice, number, work, arguments, progress, limit_s)
        finally:
            self._named.pop(name, None)
            self._stopped.discard(number)

    async def stop(self, name: str) -> None:
        """Ask a piece of work to stop, begun or not; it ends with ``Cancelled`` as soon as it can."""
        number = self._named.get(name)
        if number is not None:
            self._stopped.add(number)
            await asyncio.to_thread(self._send_stop, number)

    def close(self) -> None:
        """End at once, whatever is being done."""
        self._closed = True
        if self._process is not None:
            self._process.kill()
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._process is not None:
            self._process.join()
        if self._line is not None:
            self._line.close()

    def _twice(self, number: int, work: Work, arguments: tuple[Any, ...], progress: Progress, limit_s: float) -> Any:
        do = self._here if self._in_process else partial(self._there, limit_s=limit_s)
        if self._stop_asked(number):
            raise Cancelled
        try:
            return do(number, work, arguments, progress)
        except RoomLost:
            if self._stop_asked(number):
                raise Cancelled from None
            _log.warning("a studio process was lost; the work is begun anew")
            return do(number, work, arguments, progress)

    def _send_stop(self, number: int) -> None:
        """Blocks while a process that only just starts has not taken its work yet."""
        with self._sending:
            if self._line is not None:
                _send_quietly(self._line, ("stop", number))

    def _stop_asked(self, number: int) -> bool:
        return self._closed or number in self._stopped

    def _here(self, number: int, work: Work, arguments: tuple[Any, ...], progress: Progress) -> Any:
        if self._studio is None:
            self._studio = self._open_studio()
        kind, *content = _done(self._studio, work, arguments, progress, lambda: self._stop_asked(number))
        return _result(kind, content)

    def _there(self, number: int, work: Work, arguments: tuple[Any, ...], progress: Progress, *, limit_s: float) -> Any:
        end = time.monotonic() + limit_s
        try:
            line = self._opened()
            with self._sending:
                line.send(("do", number, work, arguments))
            while True:
                if not line.poll(max(0.0, min(SILENCE_S, end - time.monotonic()))):
                    if time.monotonic() >= end:
                        self._leave()
                        raise TookTooLong
                    raise EOFError
                kind, *content = line.recv()
                if kind != "progress":
                    return _result(kind, content)
                progress(*content)
        except (EOFError, OSError):
            self._leave()
            raise RoomLost from None

    def _opened(self) -> Connection[Any, Any]:
        if self._line is None:
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_live, args=(theirs, self._open_studio), daemon=True)
            process.start()
            theirs.close()
            self._process, self._line = process, ours
            if self._closed:
                process.kill()
        return self._line

    def _leave(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        with self._sending:
            if self._line is not None:
                self._line.close()
            self._line = None


def _live(line: Connection[Any, Any], open_studio: OpenStudio) -> None:
    """The life of a room's process: it ends when the house does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the house, which then ends its rooms
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    asked: queue.SimpleQueue[tuple[int, Work, tuple[Any, ...]]] = queue.SimpleQueue()
    stopped: set[int] = set()

    def listen() -> None:
        while True:
            try:
                kind, number, *rest = line.recv()
            except (EOFError, OSError):
                os._exit(0)
            if kind == "stop":
                stopped.add(number)
            else:
                asked.put((number, *rest))

    threading.Thread(target=listen, daemon=True).start()
    studio = open_studio()

    def progress(stage: str, fraction: float) -> None:
        _send_quietly(line, ("progress", stage, fraction))

    while True:
        number, work, arguments = asked.get()
        stopped.intersection_update({number})

        def stop_asked(number: int = number) -> bool:
            return number in stopped

        _send_quietly(line, _done(studio, work, arguments, progress, stop_asked))


def _done(
    studio: Studio, work: Work, arguments: tuple[Any, ...], progress: Progress, stop_asked: StopAsked
) -> tuple[Any, ...]:
    try:
        return "done", work(studio, progress, stop_asked, *arguments)
    except StudioError as error:
        return "refused", type(error), error.en, error.zh
    except Exception as error:  # noqa: BLE001 - whatever fails, the member gets a sentence
        # the error's own text may hold a member's words: the place in the code is enough
        _log.error("%s in the studio\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        return "failed", type(error).__name__


def _result(kind: str, content: list[Any]) -> Any:
    if kind == "done":
        return content[0]
    if kind == "failed":
        raise StudioBroke
    error_type, en, zh = content
    error = error_type.__new__(error_type)
    StudioError.__init__(error, en, zh)
    raise error


def _send_quietly(line: Connection[Any, Any], message: tuple[Any, ...]) -> None:
    """The other side may be gone; whoever reads next finds out."""
    try:
        line.send(message)
    except (OSError, ValueError):
        return
