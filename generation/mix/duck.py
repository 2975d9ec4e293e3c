"""Parts that give way to the kick drum, the breathing of house and its kin."""

from __future__ import annotations

import numpy as np

from generation.mix.compressor import levels_db
from generation.mix.eq import equalise, low_pass
from generation.mix.gain import BLOCK, Curve, blocks
from generation.mix.genres import Duck
from generation.mix.width import middle
from generation.song import SAMPLE_RATE, Audio

KICK_HZ = 110.0
REST_S = 0.12
"""Two kicks are never nearer than this."""
FALL_S = 0.004


def kicks_s(drums: Audio) -> list[float]:
    """Return when the kick drum of a drum part [channels, samples] is struck, in seconds."""
    low = middle(drums).copy()
    equalise(low, [low_pass(KICK_HZ), low_pass(KICK_HZ)])
    level = levels_db(low)
    top = float(np.percentile(level, 99.5))
    rise = level - np.concatenate([np.full(8, -100.0), level[:-8]])
    struck: list[float] = []
    for block in np.flatnonzero((level > top - 9) & (rise > 6)):
        second = max(0.0, (float(block) - 4) * BLOCK / SAMPLE_RATE)
        if top > -70 and (not struck or second - struck[-1] > REST_S):
            struck.append(second)
    return struck


def ducking(kicks: list[float], samples: int, duck: Duck, tempo_bpm: float) -> Curve:
    """Return the gain curve (0 dB or less) of a part that falls by ``depth_db`` at each kick and swells back."""
    seconds = (np.arange(blocks(samples)) + 0.5) * BLOCK / SAMPLE_RATE
    curve = np.zeros(seconds.size)
    release = duck.release_beats * 60.0 / tempo_bpm
    for kick in kicks:
        first, last = np.searchsorted(seconds, [kick, kick + FALL_S + release])
        since = seconds[first:last] - kick
        fall = np.clip(since / FALL_S, 0, 1)
        swell = 0.5 + 0.5 * np.cos(np.pi * np.clip((since - FALL_S) / release, 0, 1))
        curve[first:last] = np.minimum(curve[first:last], -duck.depth_db * fall * swell)
    return curve
