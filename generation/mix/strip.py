"""One part through its channel of the desk: cleaned, held, placed, and given its room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generation.mix.compressor import compress, de_ess
from generation.mix.eq import equalise
from generation.mix.genres import Desk, Strip
from generation.mix.reverb import Space, impulse, surround
from generation.mix.width import middle, to_stereo, widen
from generation.song import Audio


def treat(
    audio: Audio, strip: Strip, desk: Desk, tempo_bpm: float, levels: Sequence[float] | None = None
) -> tuple[Audio, tuple[float, ...]]:
    """Return a treated copy of ``audio`` (mono [samples] or [channels, samples]) as [2, samples], before its fader.

    With it come the levels (dB) that its compressors and then its de-esser count from; given as ``levels``, those of an
    earlier take are used again, so that both takes are treated alike.
    """
    kept = iter(levels if levels is not None and len(levels) == _holds(strip) else [None] * _holds(strip))
    part = np.array(np.atleast_2d(audio), np.float32)
    if strip.mono or _same(part):
        # Most parts are recorded in the middle: one channel is worked on instead of two.
        part = middle(part)
    equalise(part, strip.filters)
    counted = [compress(part, how, next(kept)) for how in strip.compress]
    if strip.de_ess is not None:
        counted.append(de_ess(part, strip.de_ess.frequency, strip.de_ess.how, next(kept)))
    part = to_stereo(part, strip.pan)
    widen(part, strip.width)
    space = Space(strip.reverb, desk.decay_s, strip.echo, desk.echo_beats * 60.0 / tempo_bpm)
    if max(space.reverb_db, space.echo_db) > -60:
        surround(part, impulse(space))
    return part, tuple(counted)


def _holds(strip: Strip) -> int:
    """How many levels a strip counts from."""
    return len(strip.compress) + (strip.de_ess is not None)


def _same(part: Audio) -> bool:
    return len(part) == 1 or np.array_equal(part[0], part[1])
