"""simcord's Discord with both judges in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simcord.http import router

from tests.stands.discord.judge import Judge
from tests.stands.discord.rules import broken


@contextmanager
def judged() -> Iterator[Judge]:
    """Everything that reaches simcord's routes in this block is judged first, and then served."""
    judge = Judge()
    serve = router.dispatch

    def dispatch(backend: Any, method: str, path: str, **given: Any) -> Any:
        body, files = given.get("json"), given.get("files") or []
        judge.see(method, path, body, given.get("params"))
        judge.violations += broken(path, body, [(file.filename, _size(file)) for file in files])
        return serve(backend, method, path, **given)

    router.dispatch = dispatch
    try:
        yield judge
    finally:
        router.dispatch = serve


def _size(file: Any) -> int:
    start = file.fp.tell()
    end = file.fp.seek(0, 2)
    file.fp.seek(start)
    return int(end) - int(start)
