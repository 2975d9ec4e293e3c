"""How much one member may say at a time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

MOST = 10
WITHIN_S = 10.0
REMEMBERED = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told: bool = False


class Flood:
    """A token bucket for each member: ``MOST`` messages at once, refilled within ``WITHIN_S``."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, member: str, now: float) -> Literal["fine", "say", "quiet"]:
        """Count one message at ``now`` (seconds). ``say`` is for the first one too many, ``quiet`` for those after."""
        bucket = self._buckets.setdefault(member, _Bucket(MOST, now))
        self._buckets.move_to_end(member)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        bucket.left = min(MOST, bucket.left + (now - bucket.at) * MOST / WITHIN_S)
        bucket.at = now
        if bucket.left >= 1:
            bucket.left -= 1
            bucket.told = bucket.told and bucket.left < MOST / 2
            return "fine"
        if bucket.told:
            return "quiet"
        bucket.told = True
        return "say"
