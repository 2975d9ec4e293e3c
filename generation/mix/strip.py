"""One part through its channel of the desk: cleaned, held, placed, and given its room."""

from __future__ import annotations

import numpy as np

from generation.mix.compressor import compress, de_ess
from generation.mix.eq import equalise
from generation.mix.genres import Desk, Strip
from generation.mix.reverb import Space, impulse, surround
from generation.mix.width import middle, to_stereo, widen
from generation.song import Audio


def treat(audio: Audio, strip: Strip, desk: Desk, tempo_bpm: float) -> Audio:
    """Return a treated copy of ``audio`` (mono [samples] or [channels, samples]) as [2, samples], before its fader."""
    part = np.array(np.atleast_2d(audio), np.float32)
    if strip.mono or _same(part):
        # Most parts are recorded in the middle: one channel is worked on instead of two.
        part = middle(part)
    equalise(part, strip.filters)
    for how in strip.compress:
        compress(part, how)
    if strip.de_ess is not None:
        de_ess(part, strip.de_ess.frequency, strip.de_ess.how)
    part = to_stereo(part, strip.pan)
    widen(part, strip.width)
    space = Space(strip.reverb, desk.decay_s, strip.echo, desk.echo_beats * 60.0 / tempo_bpm)
    if max(space.reverb_db, space.echo_db) > -60:
        surround(part, impulse(space))
    return part


def _same(part: Audio) -> bool:
    return len(part) == 1 or np.array_equal(part[0], part[1])
