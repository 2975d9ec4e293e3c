"""The room around a part and the echoes of a voice: one stereo impulse response, laid on by fast convolution.

A late reverberant field is close to decaying noise (Moorer, "About This Reverberation Business", CMJ 3(2), 1979),
so the room is noise that fades by 60 dB in ``decay_s`` and loses its treble faster than its bass.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from generation.mix.eq import equalise, high_pass, low_pass
from generation.mix.width import middle
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Audio

ROOM_SEED = 1
"""Every song is played in the same room, so that a repaired song keeps its sound."""


@dataclass(frozen=True, slots=True)
class Space:
    """What is added to a dry part. Levels in dB against the dry part; below -60 is nothing."""

    reverb_db: float
    decay_s: float
    echo_db: float = -90.0
    echo_s: float = 0.0


def impulse(space: Space) -> Audio:
    """Return the response of the room and its echoes [2, samples], without the dry sound."""
    length = int(SAMPLE_RATE * max(space.decay_s * 1.1, 4.2 * space.echo_s if space.echo_db > -60 else 0.0)) + 1
    response = np.zeros((2, length), np.float32)
    if space.reverb_db > -60:
        response += _room(space.decay_s, length) * np.float32(10 ** (space.reverb_db / 20))
    if space.echo_db > -60:
        for turn in range(1, 5):
            at = round(turn * space.echo_s * SAMPLE_RATE)
            level = 10 ** (space.echo_db / 20) * 0.5 ** (turn - 1)
            # The echoes step from side to side, each a little to one side only: they keep clear of the dry voice.
            near = turn % 2
            response[near, at : at + 1] += np.float32(level)
            response[1 - near, at : at + 1] += np.float32(level * 0.35)
        equalise(response, [low_pass(6500.0)])
    return response


def surround(audio: Audio, response: Audio) -> None:
    """Add the response to the stereo ``audio`` [2, samples] in place, fed by its middle. Tails end with the song."""
    tail = response.shape[-1] - 1
    size = next_fast_len(max(1 << 17, 2 * tail), real=True)
    hop = size - tail
    spectrum = rfft(response, size, axis=1)
    over = np.zeros((2, tail), np.float32)
    for start in range(0, audio.shape[-1], hop):
        part = audio[:, start : start + hop]
        wet = irfft(rfft(middle(part)[0], size) * spectrum, size, axis=1)
        wet[:, :tail] += over
        over = wet[:, hop:].astype(np.float32)
        part += wet[:, : part.shape[-1]].astype(np.float32)


def _room(decay_s: float, length: int) -> Audio:
    noise = rng(ROOM_SEED, "room", round(decay_s * 1000)).standard_normal((2, length)).astype(np.float32)
    seconds = np.arange(length, dtype=np.float32) / SAMPLE_RATE
    bright = noise.copy()
    equalise(bright, [high_pass(3000.0)])
    equalise(noise, [high_pass(220.0), low_pass(3000.0)])
    room = noise * np.exp(-6.91 * seconds / decay_s) + bright * np.exp(-6.91 * seconds / (0.45 * decay_s)) * 0.6
    # 18 ms without a reflection keep consonants clear of their own room; a short rise avoids a slap.
    quiet, rise = int(0.018 * SAMPLE_RATE), int(0.012 * SAMPLE_RATE)
    room[:, :quiet] = 0.0
    room[:, quiet : quiet + rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    room /= np.sqrt(np.square(room).sum(axis=1).mean())
    return np.asarray(room, np.float32)
