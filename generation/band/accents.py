"""How hard a step is played: what its character says, where it falls in the bar, how warm the section is."""

from __future__ import annotations

_STROKES = {"X": 1.0, "R": 1.0, "x": 0.86, "o": 0.62, "-": 0.4}


def velocity(token: str, step: int, heat: float, full: int = 112) -> int:
    """Return 1-127. Downbeats lean in, sixteenths lie back; a cold section is played at about two thirds."""
    place = 1.0 if step == 0 else 0.96 if step % 4 == 0 else 0.92 if step % 2 == 0 else 0.86
    return max(1, min(127, round(full * _STROKES.get(token, 0.84) * place * (0.55 + 0.45 * heat))))
