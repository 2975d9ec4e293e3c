"""A sentence about a song in, changes out."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.reading import understand
from generation.changes import Change, Instruments, Key, Metre, Tempo, Vocals
from generation.song import Remark, Sheet


@dataclass(frozen=True, slots=True)
class ReadChanges:
    """``unclear`` is one question or sentence where nothing, or an impossible target, was found."""

    changes: tuple[Change, ...] = ()
    unclear: Remark | None = None


def read_changes(text: str, sheet: Sheet) -> ReadChanges:
    """Return what ``text`` changes in the song on ``sheet``. Never raises."""
    request = understand(text).request
    changes: list[Change] = []
    if request.key:
        changes.append(Key(request.key))
    if isinstance(request.tempo_bpm, int | float):
        changes.append(Tempo(bpm=float(request.tempo_bpm)))
    if request.time_signature:
        changes.append(Metre(request.time_signature))
    if request.instruments or request.instruments_excluded:
        changes.append(Instruments(request.instruments, request.instruments_excluded))
    if request.vocals:
        changes.append(Vocals(request.vocals))
    if changes:
        return ReadChanges(tuple(changes))
    return ReadChanges(unclear=Remark("What shall I change?", "想改哪里？"))
