"""How far one performance has come, as one number that never falls."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


class Course:
    """``sung`` is False for an instrumental, which has no voice to wait for."""

    def __init__(self, *, sung: bool) -> None:
        self._done = {stage: 0.0 for step in _steps() for stage in step if sung or stage != "voice"}
        self._begun = False

    def tell(self, stage: str, fraction: float) -> None:
        """Take what a ``generation.song.Progress`` is told; stages that come before this one are over then."""
        if stage not in self._done:
            return
        self._begun = True
        self._done[stage] = max(self._done[stage], min(fraction, 1.0))
        for step in _steps():
            if stage in step:
                break
            self._done.update((before, 1.0) for before in step if before in self._done)

    @property
    def stage(self) -> str:
        """The first stage that is not over; empty before anything has begun."""
        if not self._begun:
            return ""
        return next((stage for stage, done in self._done.items() if done < 1.0), "passport")

    @property
    def fraction(self) -> float:
        """Of the whole song, 0 to 1."""
        weights = {stage: weight for step in _steps() for stage, weight in step.items() if stage in self._done}
        return sum(weight * self._done[stage] for stage, weight in weights.items()) / sum(weights.values())


@cache
def _steps() -> tuple[dict[str, float], ...]:
    return tuple(tomllib.loads(files("bot.studio").joinpath("stages.toml").read_text(encoding="utf-8"))["step"])
