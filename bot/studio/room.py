"""A room with a studio in it: a process of its own, or for quick work a thread. One piece of work at a time."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import queue
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
        self._number = 0
        self._stopped = 0
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process and self._process.is_alive() else None

    async def call(self, work: Work, *arguments: Any, told: Progress | None = None) -> Any:
        """Do ``work`` and return its result; ``told`` is called on the event loop.

        Work whose process is lost is begun once more in a fresh one. Raises ``StudioError``.
        """
        loop = asyncio.get_running_loop()

        def progress(stage: str, fraction: float) -> None:
            if told is not None and not self._closed:
                loop.call_soon_threadsafe(told, stage, fraction)

        return await loop.run_in_executor(self._thread, self._twice, work, arguments, progress)

    def stop(self) -> None:
        """Ask the present work to stop; it ends with ``Cancelled`` as soon as it can."""
        self._stopped = self._number
        if self._line is not None:
            with self._sending:
                _send_quietly(self._line, ("stop", self._number))

    def close(self) -> None:
        """End at once, whatever is being done."""
        self._closed = True
        self._stopped = self._number
        if self._process is not None:
            self._process.kill()
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._process is not None:
            self._process.join()
        if self._line is not None:
            self._line.close()

    def _twice(self, work: Work, arguments: tuple[Any, ...], progress: Progress) -> Any:
        self._number += 1
        number = self._number
        do = self._here if self._in_process else self._there
        try:
            return do(number, work, arguments, progress)
        except RoomLost:
            if self._closed:
                raise
            if self._stopped >= number:
                raise Cancelled from None
            _log.warning("a studio process was lost; the work is begun anew")
            return do(number, work, arguments, progress)

    def _here(self, number: int, work: Work, arguments: tuple[Any, ...], progress: Progress) -> Any:
        if self._studio is None:
            self._studio = self._open_studio()
        kind, *content = _done(self._studio, work, arguments, progress, lambda: self._stopped >= number)
        return _result(kind, content)

    def _there(self, number: int, work: Work, arguments: tuple[Any, ...], progress: Progress) -> Any:
        line = self._opened()
        try:
            with self._sending:
                line.send(("do", number, work, arguments))
            while True:
                if not line.poll(SILENCE_S):
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
            self._line, theirs = context.Pipe()
            self._process = context.Process(target=_live, args=(theirs, self._open_studio), daemon=True)
            self._process.start()
            theirs.close()
            if self._closed:
                self._process.kill()
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
    stopped = 0

    def listen() -> None:
        nonlocal stopped
        while True:
            try:
                kind, number, *rest = line.recv()
            except (EOFError, OSError):
                os._exit(0)
            if kind == "stop":
                stopped = max(stopped, number)
            else:
                asked.put((number, *rest))

    threading.Thread(target=listen, daemon=True).start()
    studio = open_studio()

    def progress(stage: str, fraction: float) -> None:
        _send_quietly(line, ("progress", stage, fraction))

    while True:
        number, work, arguments = asked.get()

        def stop_asked(number: int = number) -> bool:
            return stopped >= number

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
        raise StudioFault("Something in the studio went wrong; please try again.", "录音室出了点问题，请再试一次。")
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
