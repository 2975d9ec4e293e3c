"""A whole house for tests: real archive, real queue, the debug engine, and no patience."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.app import open_house as opened
from bot.house import House
from bot.settings import Settings

PACE = 0.01
"""Waits between tries, beside those of a real house."""


def open_house(tmp_path: Path, **settings: Any) -> House:
    """Return a house on ``tmp_path``, not started yet; on the same folder again it is the same house, restarted.

    ``settings`` are fields of ``bot.settings.Settings``.
    """
    base = Settings(engine="debug", data=tmp_path / "data", web_port=0)
    return opened(replace(base, **settings), in_process=True, pace=PACE)
