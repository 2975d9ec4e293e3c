"""Where the faders go. Struck on power curves, before any audio is touched.

The lead (the voice; in an instrumental the lead instrument) is measured against the band while it sounds. The band's
fader puts it clearly in front in the verses; where the band grows, the voice is ridden up rather than the band down,
so that a chorus is louder. What the arrangement leaves of the contrast between verse and chorus is made up by a ride
of the whole song that follows the energy of the score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generation.mix.genres import Desk
from generation.mix.loudness import SILENCE_LUFS, STEP_S, Powers, integrated, lufs
from generation.song import Score

FRONT = ("vocals", "lead")
"""Who carries the song, first that sounds."""
FOLLOWS_VOICE = ("vocals", "backing")
WORKING_LUFS = -20.0
"""Loudness of the lead on the desk, before mastering."""
KINDS = ("verse", "chorus")
UNSUNG = ("intro", "instrumental")
RIDE_DB = (-2.5, 5.0)
"""How far the lead may be ridden in one section."""
MOST_CONTRAST_DB = 5.0
BELOW_VERSE_LU = 3.0
"""How far an intro or an interlude may lie below the verses; without a voice it often lies lower."""
MOST_LIFT_DB = 3.0


@dataclass(frozen=True, slots=True)
class Span:
    """One section in time, as the mix needs it."""

    kind: str
    energy: float
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Balance:
    """Gains in dB: one fader a part, and for each section a ride of the voices and a ride of everything."""

    faders: Mapping[str, float]
    front: str | None
    front_ride: tuple[float, ...]
    song_ride: tuple[float, ...]
    band_shift: float = 0.0
    """What the band's faders were moved by to stand behind the lead; a part that joins later moves with them."""


def spans(score: Score) -> tuple[Span, ...]:
    """Return the sections of a score in seconds; the last one lasts to the end of the audio."""
    starts = [score.seconds(section.onset) for section in score.sections]
    ends = [*starts[1:], score.duration_s]
    return tuple(
        Span(section.kind, section.energy, start, end)
        for section, start, end in zip(score.sections, starts, ends, strict=True)
    )


def strike(powers: Mapping[str, Powers], desk: Desk, sections: Sequence[Span]) -> Balance:
    """Return the gains for parts whose power curves (all of one length) are given. Silent parts get a fader of 0."""
    loudness = {name: integrated(curve) for name, curve in powers.items()}
    sounding = [name for name, level in loudness.items() if level > SILENCE_LUFS]
    front = next((name for name in FRONT if name in sounding), None)
    faders = {
        name: WORKING_LUFS + (desk.strips[name].level if name != front else 0.0) - loudness[name]
        if name in sounding
        else 0.0
        for name in powers
    }
    shift = 0.0
    if front is None:
        ride = (0.0,) * len(sections)
    else:
        band = [name for name in sounding if name != front and name not in FOLLOWS_VOICE]
        over, active = _over_band(powers, faders, front, band, sections)
        verses = [i for i, span in enumerate(sections) if span.kind == "verse" and active[i]]
        measured = verses or [i for i in range(len(sections)) if active[i]]
        if measured:
            shift = float(np.mean([over[i] for i in measured])) - desk.front_over_band
            faders |= {name: faders[name] + shift for name in band}
            over = [value - shift for value in over]
        ride = tuple(_ride(over[i], span.kind, desk) if active[i] else 0.0 for i, span in enumerate(sections))
    return Balance(faders, front, ride, _song_ride(powers, faders, front, ride, desk, sections), shift)


def joined(kept: Balance, powers: Mapping[str, Powers], desk: Desk) -> Balance:
    """Return an earlier balance with a fader for each of these parts: the old ones where they were, new ones struck."""
    faders = {}
    for name, curve in powers.items():
        loudness = integrated(curve)
        fresh = WORKING_LUFS + desk.strips[name].level - loudness + kept.band_shift if loudness > SILENCE_LUFS else 0.0
        faders[name] = kept.faders.get(name, fresh)
    return replace(kept, faders=faders)


def moved_db(name: str, by_hand: Mapping[str, float]) -> float:
    """Return how far a part was moved by hand, in dB; the backing voices go with the lead."""
    moved = by_hand.get(name, 0.0)
    return moved + by_hand.get("vocals", 0.0) if name == "backing" else moved


def _over_band(
    powers: Mapping[str, Powers],
    faders: Mapping[str, float],
    front: str,
    band: Sequence[str],
    sections: Sequence[Span],
) -> tuple[list[float], list[bool]]:
    """Return, for each section, how far the lead is above the band while it sounds (LU), and whether it does."""
    lead = powers[front] * _power(faders[front])
    rest = np.zeros_like(lead)
    for name in band:
        rest += powers[name] * _power(faders[name])
    sounding = lead > _power(WORKING_LUFS - 12.0)
    over, active = [], []
    for span in sections:
        heard = sounding[_steps(span)]
        voice, behind = lead[_steps(span)][heard], rest[_steps(span)][heard]
        enough = heard.sum() * STEP_S >= 1.0 and behind.mean() > _power(WORKING_LUFS - 30)
        active.append(bool(enough))
        over.append(lufs(float(voice.mean())) - lufs(float(behind.mean())) if enough else 0.0)
    return over, active


def _ride(over: float, kind: str, desk: Desk) -> float:
    low, high = RIDE_DB
    if kind == "verse":
        return min(high, max(low, desk.front_over_band - over))
    return min(high, max(0.0, desk.chorus_floor - over))


def _song_ride(
    powers: Mapping[str, Powers],
    faders: Mapping[str, float],
    front: str | None,
    ride: Sequence[float],
    desk: Desk,
    sections: Sequence[Span],
) -> tuple[float, ...]:
    loud = [_section_power(powers, faders, front, lift, span) for lift, span in zip(ride, sections, strict=True)]
    of = {kind: [i for i, span in enumerate(sections) if span.kind == kind and loud[i] > 0] for kind in KINDS}
    level = {kind: lufs(float(np.mean([loud[i] for i in rows]))) for kind, rows in of.items() if rows}
    lift = [_lift(span, lufs(power), level) for span, power in zip(sections, loud, strict=True)]
    if len(level) < len(KINDS) or desk.contrast <= 0:
        return tuple(lift)
    energy = {kind: float(np.mean([sections[i].energy for i in rows])) for kind, rows in of.items()}
    missing = min(MOST_CONTRAST_DB, max(0.0, desk.contrast - (level["chorus"] - level["verse"])))
    return tuple(more + missing * (_height(span, energy) - 0.5) for span, more in zip(sections, lift, strict=True))


def _lift(span: Span, loudness: float, level: Mapping[str, float]) -> float:
    """Bring the band up where nobody sings over it yet."""
    if span.kind not in UNSUNG or "verse" not in level or loudness <= SILENCE_LUFS:
        return 0.0
    return min(MOST_LIFT_DB, max(0.0, level["verse"] - BELOW_VERSE_LU - loudness))


def _height(span: Span, energy: Mapping[str, float]) -> float:
    """0 for a verse, 1 for a chorus, and by its energy for everything else."""
    if span.kind in KINDS:
        return float(span.kind == "chorus")
    reach = energy["chorus"] - energy["verse"]
    return min(1.0, max(0.0, (span.energy - energy["verse"]) / reach)) if reach > 0.05 else 0.5


def _section_power(
    powers: Mapping[str, Powers], faders: Mapping[str, float], front: str | None, lift: float, span: Span
) -> float:
    total: NDArray[np.float64] = sum(
        (
            curve[_steps(span)] * _power(faders[name] + (lift if follows(name, front) else 0.0))
            for name, curve in powers.items()
        ),
        start=np.zeros(1),
    )
    return float(total.mean()) if total.size else 0.0


def follows(name: str, front: str | None) -> bool:
    """Whether a part is ridden with the lead: the lead itself, and the backing voices of a singer."""
    return name == front or (front == "vocals" and name in FOLLOWS_VOICE)


def _steps(span: Span) -> slice:
    return slice(round(span.start_s / STEP_S), round(span.end_s / STEP_S))


def _power(decibels: float) -> float:
    return float(10 ** (decibels / 10))
