"""The mix: parts in, parts as they sit in the song and the mastered song out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from generation.mix.balance import Balance, Span, follows, joined, moved_db, spans, strike
from generation.mix.duck import ducking, kicks_s
from generation.mix.gain import Curve, blocks, ends, ride, steps
from generation.mix.genres import Desk, desk
from generation.mix.kept import Settings, from_gains, serves
from generation.mix.loudness import k_power
from generation.mix.master import mastered
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
    settings: Settings
    """What a repaired song is mixed with, to be the same outside its repair."""

    @property
    def balance(self) -> Balance:
        return self.settings.balance


def mix(
    stems: Iterable[Stem],
    score: Score,
    keep: Mapping[str, Any] | None = None,
    by_hand: Mapping[str, float] | None = None,
) -> Mixed:
    """Mix parts (mono [samples] or [2, samples], all as long as ``score.duration_s``) into a song.

    Part names are those of ``genres.toml``; any may be missing, silent ones stay silent. The same parts and score give
    the same samples. Parts are taken one at a time, so a caller that hands them over holds none of them twice.
    ``keep`` are the settings of an earlier mix (``kept.to_gains``): faders, rides, thresholds and master gain are then
    used again, and parts that are new in this song are struck to them. ``by_hand`` moves parts by so many decibels from
    where the balance has them. Raises ``ValueError`` for no part, an unknown
    name, a second part of one name, or a length that differs.
    """
    board = desk(score.genre)
    samples = round(score.duration_s * SAMPLE_RATE)
    sections = spans(score)
    kept = from_gains(keep or {}, score.genre, len(sections))
    treated: dict[str, Audio] = {}
    levels: dict[str, tuple[float, ...]] = {}
    dip = np.zeros(blocks(samples))
    for stem in stems:
        _check(stem, treated, board, samples)
        if board.duck is not None and stem.name == "drums":
            dip = ducking(kicks_s(np.atleast_2d(stem.audio)), samples, board.duck, score.tempo_bpm)
        before = kept.levels.get(stem.name) if kept else None
        treated[stem.name], levels[stem.name] = treat(
            stem.audio, board.strips[stem.name], board, score.tempo_bpm, before
        )
    if not treated:
        raise ValueError("there is nothing to mix")
    powers = {name: k_power(audio) for name, audio in treated.items()}
    kept = kept if kept and serves(kept, treated) else None
    balance = joined(kept.balance, powers, board) if kept else strike(powers, board, sections)
    total = np.zeros((2, samples), np.float32)
    for name, audio in treated.items():
        ducked = board.duck is not None and name in board.duck.parts
        curve = _curve(name, balance, sections, samples) + moved_db(name, by_hand or {})
        curve += ends(samples, fade_out_s=FADE_S)
        ride(audio, curve + dip if ducked else curve)
        total += audio
    audio, gain = mastered(total, board.air, kept.master if kept else None)
    settings = Settings(score.genre, balance, levels, gain)
    return Mixed(audio, tuple(Stem(name, part) for name, part in treated.items()), settings)


def _check(stem: Stem, before: Iterable[str], board: Desk, samples: int) -> None:
    if stem.name not in board.strips or stem.name in before:
        raise ValueError(f"stems must be a set of {sorted(board.strips)}, not {stem.name} after {sorted(before)}")
    if stem.audio.shape[-1] != samples or stem.sample_rate != SAMPLE_RATE:
        raise ValueError(f"{stem.name} must have {samples} samples at {SAMPLE_RATE} Hz")


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
