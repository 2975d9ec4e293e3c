"""A folder that a command is going to write to."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.errors import UsageError


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def check_writable(folder: Path, en: str = "folder", zh: str = "文件夹", make: Callable[[Path], None] = _make) -> None:
    """Make a folder and find out before the work, not after it, whether it can be written to; leave no trace.

    ``en`` and ``zh`` are what it is called. Raises ``UsageError``.
    """
    try:
        make(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UsageError(
            f"The {en} {folder} cannot be written to: {error.strerror}.", f"{zh} {folder} 无法写入：{error.strerror}。"
        ) from error
