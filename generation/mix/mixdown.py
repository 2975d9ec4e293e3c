"""The mix: parts in, parts as they sit in the song and the mastered song out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from generation.mix.balance import Balance, Span, follows, spans, strike
from generation.mix.duck import ducking, kicks_s
from generation.mix.gain import Curve, blocks, ends, ride, steps
from generation.mix.genres import Desk, desk
from generation.mix.loudness import k_power
from generation.mix.master import master
from generation.mix.strip import treat
from generation.song import SAMPLE_RATE, Audio, Score, Stem

FADE_S = 0.6
"""The last sound of the song, tails included, is closed over this long."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixed:
    """A mixed song, 44 100 Hz."""

    master: Audio
    """[2, samples], -14 LUFS, true peak -1.6 dBTP or less."""
    stems: tuple[Stem, ...]
    """Each part [2, samples] with its effects, as loud as it is in the mix; together they are the mix unmastered."""
    balance: Balance


def mix(stems: Sequence[Stem], score: Score) -> Mixed:
    """Mix parts (mono [samples] or [2, samples], all as long as ``score.duration_s``) into a song.

    Part names are those of ``genres.toml``; any may be missing, silent ones stay silent. The same parts and score give
    the same samples. Raises ``ValueError`` for an unknown name, a second part of one name, or lengths that differ.
    """
    board = desk(score.genre)
    _check(stems, board)
    samples = stems[0].audio.shape[-1]
    sections = spans(score)
    treated = {stem.name: treat(stem.audio, board.strips[stem.name], board, score.tempo_bpm) for stem in stems}
    balance = strike({name: k_power(audio) for name, audio in treated.items()}, board, sections)
    dip = _dip(stems, board, samples, score.tempo_bpm)
    total = np.zeros((2, samples), np.float32)
    for name, audio in treated.items():
        ducked = board.duck is not None and name in board.duck.parts
        curve = _curve(name, balance, sections, samples) + ends(samples, fade_out_s=FADE_S)
        ride(audio, curve + dip if ducked else curve)
        total += audio
    return Mixed(master(total, board.air), tuple(Stem(name, audio) for name, audio in treated.items()), balance)


def _check(stems: Sequence[Stem], board: Desk) -> None:
    names = [stem.name for stem in stems]
    if not stems or len(set(names)) < len(names) or set(names) - set(board.strips):
        raise ValueError(f"stems must be a set of {sorted(board.strips)}, not {names}")
    if len({stem.audio.shape[-1] for stem in stems}) > 1 or any(stem.sample_rate != SAMPLE_RATE for stem in stems):
        raise ValueError(f"stems must be of one length, at {SAMPLE_RATE} Hz")


def _curve(name: str, balance: Balance, sections: Sequence[Span], samples: int) -> Curve:
    """The fader of one part through the song."""
    levels = [
        song + (front if follows(name, balance.front) else 0.0)
        for song, front in zip(balance.song_ride, balance.front_ride, strict=True)
    ]
    curve: Curve = balance.faders[name] + (
        steps(samples, [span.start_s for span in sections], levels) if sections else np.zeros(blocks(samples))
    )
    return curve


def _dip(stems: Sequence[Stem], board: Desk, samples: int, tempo_bpm: float) -> Curve:
    drums = next((np.atleast_2d(stem.audio) for stem in stems if stem.name == "drums"), None)
    if board.duck is None or drums is None:
        return np.zeros(blocks(samples))
    return ducking(kicks_s(drums), samples, board.duck, tempo_bpm)
