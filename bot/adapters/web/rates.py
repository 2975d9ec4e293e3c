"""How often one may knock: a token bucket for each name."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_NAMES = 10_000
LOOPBACK = ("127.0.0.1", "::1")


class Rate:
    """``burst`` at once, then ``per_s`` a second. ``clock`` is in seconds."""

    def __init__(self, burst: float, per_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_s, self._clock = burst, per_s, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def has(self, name: str) -> bool:
        """Whether a token of ``name`` is left; none is taken."""
        return self._now(name, self._clock()) >= 1

    def takes(self, name: str) -> bool:
        """Take one token of ``name``; False where none is left."""
        now = self._clock()
        left = self._now(name, now)
        allowed = left >= 1
        self._left[name] = (left - allowed, now)
        self._left.move_to_end(name)
        if len(self._left) > MOST_NAMES:
            self._left.popitem(last=False)
        return allowed

    def _now(self, name: str, now: float) -> float:
        left, at = self._left.get(name, (self._burst, now))
        return min(self._burst, left + (now - at) * self._per_s)


def neighbourhood(address: str) -> str:
    """What stands for one caller: an IPv4 address, or the /64 of an IPv6 address, of which one caller has all."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ip) if ip.is_loopback else str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
