"""Randomness that belongs to a part of the song instead of one running stream.

Every choice draws from ``(song seed, part names...)``, so changing one line, one word or one instrument
leaves the randomness of every other part untouched.
"""

from __future__ import annotations

import hashlib

import numpy as np


def rng(seed: int, *part: str | int) -> np.random.Generator:
    """Return the generator of one part, e.g. ``rng(7, "verse 1", "melody", 2)``.

    The same arguments give the same stream on every machine: PCG64 seeded with the SHA-256 of the arguments.
    """
    name = "\x1f".join(str(word) for word in (seed, *part))
    return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "big")))
