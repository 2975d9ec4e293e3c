"""Where a part sits between the two speakers, and how wide it is there."""

from __future__ import annotations

import numpy as np

from generation.mix.eq import equalise, high_pass
from generation.song import SAMPLE_RATE, Audio

DELAY_S = 0.013


def to_stereo(audio: Audio, pan: float) -> Audio:
    """Return ``audio`` [1 or 2, samples] as [2, samples], moved by ``pan`` (-1 left, 1 right).

    A mono part keeps its loudness wherever it is placed (constant power, unity in the middle).
    """
    angle = (pan + 1) * np.pi / 4
    placed = np.empty((2, audio.shape[-1]), np.float32)
    np.multiply(audio[0], np.float32(np.sqrt(2) * np.cos(angle)), out=placed[0])
    np.multiply(audio[-1], np.float32(np.sqrt(2) * np.sin(angle)), out=placed[1])
    return placed


def middle(audio: Audio) -> Audio:
    """Return the middle of ``audio`` [channels, samples] as [1, samples]."""
    if len(audio) == 1:
        return audio
    both: Audio = (audio[:1] + audio[1:]) * np.float32(0.5)
    return both


def widen(audio: Audio, amount: float) -> None:
    """Spread the stereo ``audio`` [2, samples] in place; 0 leaves it, 1 is as wide as it is loud.

    A delayed copy of the middle is added to one side and taken from the other (Lauridsen's stereophony, 1954):
    the mono sum is the untouched middle. Below 250 Hz nothing moves, where width only costs punch.
    """
    if amount <= 0:
        return
    delay = round(DELAY_S * SAMPLE_RATE)
    late = np.zeros((1, audio.shape[-1]), np.float32)
    late[:, delay:] = middle(audio[:, :-delay]) * np.float32(amount)
    equalise(late, [high_pass(250.0)])
    audio[0] += late[0]
    audio[1] -= late[0]
