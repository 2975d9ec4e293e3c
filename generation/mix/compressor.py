"""A feed-forward compressor, and a de-esser made of it.

Level detection and smoothing follow Giannoulis, Massberg and Reiss, "Digital Dynamic Range Compressor Design"
(JAES 60, 2012): gain computer in decibels with a soft knee, then a smooth branching attack and release.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generation.mix.eq import equalise, high_pass
from generation.mix.gain import BLOCK, DECIMALS, Curve, blocks, ride
from generation.song import SAMPLE_RATE, Audio

FLOOR_DB = -100.0


@dataclass(frozen=True, slots=True)
class Compression:
    """How a level is held. ``over_db`` is the threshold, above the part's own typical level."""

    over_db: float
    ratio: float
    attack_ms: float
    release_ms: float
    knee_db: float = 6.0


def levels_db(audio: Audio) -> Curve:
    """Return the level of each control block: root mean square of the louder channel, in dBFS."""
    count = audio.shape[-1]
    whole = count // BLOCK
    power = np.zeros(blocks(count))
    for channel in audio:
        rows = channel[: whole * BLOCK].reshape(whole, BLOCK)
        square = np.einsum("ij,ij->i", rows, rows) / BLOCK
        power[:whole] = np.maximum(power[:whole], square)
    if whole < power.size:
        power[-1] = float(np.square(audio[:, whole * BLOCK :]).mean())
    curve: Curve = 10 * np.log10(power + 10 ** (FLOOR_DB / 10))
    return curve


def typical_db(levels: Curve) -> float:
    """The level a part mostly has while it sounds: the median of everything within 25 dB of its loudest blocks."""
    top = float(np.percentile(levels, 99))
    return float(np.median(levels[levels > top - 25])) if top > FLOOR_DB + 25 else FLOOR_DB


def reduction_db(levels: Curve, threshold_db: float, how: Compression) -> Curve:
    """Return the gain (0 or less, dB) that holds ``levels`` as ``how`` says."""
    over = levels - threshold_db
    knee = how.knee_db
    bent = np.where(np.abs(over) * 2 < knee, (over + knee / 2) ** 2 / (2 * max(knee, 1e-9)), np.maximum(over, 0.0))
    wanted = (bent * (1 / how.ratio - 1)).tolist()
    attack, release = _pole(how.attack_ms), _pole(how.release_ms)
    gain, smooth = 0.0, []
    for target in wanted:
        pole = attack if target < gain else release
        gain = pole * gain + (1 - pole) * target
        smooth.append(gain)
    return np.round(np.array(smooth), DECIMALS)


def compress(audio: Audio, how: Compression, typical: float | None = None) -> float:
    """Hold the level of ``audio`` [channels, samples] in place. Silence stays silence; no make-up gain.

    The threshold counts from the part's typical level, or from ``typical`` (dB) as it was in an earlier take. Returns
    the level it counted from.
    """
    levels = levels_db(audio)
    typical = typical_db(levels) if typical is None else typical
    if typical > FLOOR_DB:
        ride(audio, reduction_db(levels, typical + how.over_db, how))
    return typical


def de_ess(audio: Audio, frequency: float, how: Compression, typical: float | None = None) -> float:
    """Hold what lies above ``frequency`` hertz wherever it jumps out, in place: only the hiss is turned down.

    Here the threshold counts from the level of the whole voice, not of its hiss: a voice without sharp consonants
    is left alone. ``typical`` and the answer are as for ``compress``.
    """
    typical = typical_db(levels_db(audio)) if typical is None else typical
    if typical <= FLOOR_DB:
        return typical
    hiss = audio.copy()
    equalise(hiss, [high_pass(frequency)])
    curve = reduction_db(levels_db(hiss), typical + how.over_db, how)
    np.subtract(audio, hiss, out=audio)
    ride(hiss, curve)
    np.add(audio, hiss, out=audio)
    return typical


def _pole(milliseconds: float) -> float:
    return float(np.exp(-BLOCK / (SAMPLE_RATE * milliseconds / 1000)))
