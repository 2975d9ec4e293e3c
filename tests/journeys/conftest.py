"""Every journey is walked on every surface."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
import pytest_asyncio

from tests.journeys.person import Stage

STAGES = {"telegram": "TelegramStage", "discord": "DiscordStage", "web": "WebStage"}


@pytest_asyncio.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """A whole house behind one surface. At the end, no request broke the platform's specification."""
    module = importlib.import_module(f"tests.journeys.{request.param}_stage")
    async with getattr(module, STAGES[request.param])(tmp_path) as opened:
        yield cast("Stage", opened)
        assert not opened.violations, opened.violations[:5]
        assert opened.requests > 0
        request.node.user_properties.append(("judged", [opened.surface, opened.requests]))
