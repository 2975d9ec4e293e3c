"""A live bar through the stages of a song, on standard error."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

STAGES = {
    "lyrics": ("writing the words", "写词"),
    "score": ("composing", "作曲"),
    "band": ("the band plays", "乐队演奏"),
    "voice": ("singing", "演唱"),
    "mix": ("mixing", "混音"),
    "files": ("writing the files", "写入文件"),
}


class StageBar:
    """Shows each stage once, with its fraction where there is one. Plain lines where there is no terminal."""

    def __init__(self, language: str) -> None:
        self._chinese = language == "zh"
        self._live = sys.stderr.isatty()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not self._live,
        )
        self._tasks: dict[str, object] = {}

    def __enter__(self) -> StageBar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, stage: str, fraction: float) -> None:
        """Show how far a stage is, 0..1. May be called from any thread."""
        label = STAGES[stage][self._chinese]
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(label, total=1.0)
            if not self._live:
                print(f"{label} …", file=sys.stderr, flush=True)
        self._bar.update(self._tasks[stage], completed=fraction)  # type: ignore[arg-type]
