"""How often one may knock: a token bucket for each name."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

MOST_NAMES = 10_000


class Rate:
    """``burst`` at once, then ``per_s`` a second. ``clock`` is in seconds."""

    def __init__(self, burst: float, per_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_s, self._clock = burst, per_s, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def takes(self, name: str) -> bool:
        """Take one token of ``name``; False where none is left."""
        now = self._clock()
        left, at = self._left.pop(name, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._per_s)
        allowed = left >= 1
        self._left[name] = (left - allowed, now)
        if len(self._left) > MOST_NAMES:
            self._left.popitem(last=False)
        return allowed
