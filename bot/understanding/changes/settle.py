"""One wish of a kind: where two clauses speak of the tempo ("too slow, make it 120"), the more exact one counts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.changes.patterns import matches
from bot.understanding.words import read_words
from generation.changes import Change, Instruments, Key, Length, Rewrite, Tempo

Said = tuple[Change, str]
"""A change and the folded clause it was found in."""


def settled(said: Sequence[Said]) -> list[Change]:
    """Return the changes in order, one of key, tempo and length each, and all that is said of instruments in one."""
    kept = [change for change, _ in said]
    for kind in (Key, Tempo, Length):
        rivals = [(change, folded) for change, folded in said if isinstance(change, kind)]
        if len(rivals) > 1:
            best = max(rivals, key=_exactness)[0]
            kept = [change for change in kept if not isinstance(change, kind) or change == best]
    # "Rewrite the bridge, make it about the sea": the second says what the first is to be about.
    named = {Rewrite(change.where) for change in kept if isinstance(change, Rewrite) and change.theme}
    kept = [change for change in kept if change not in named]
    return list(dict.fromkeys(_joined(kept)))


def _exactness(said: Said) -> int:
    """A figure or a name says more than "slower", and "slower" more than "too fast"."""
    change, folded = said
    match change:
        case Key(key=named) if named:
            return 2
        case Tempo(bpm=bpm) if bpm:
            return 2
        case Length(duration_s=None, more_s=more, sections=()) if abs(more) in read_words("changes")["step"]["seconds"]:
            pass
        case Length():
            return 2
    return 0 if matches("degree", "too", folded) else 1


def _joined(changes: list[Change]) -> list[Change]:
    """Return the changes with all that is said of instruments in one of each section, the whole song's first."""
    played = [change for change in changes if isinstance(change, Instruments)]
    if len(played) < 2:
        return changes
    sections = sorted(dict.fromkeys(change.section for change in played), key=bool)
    joined = [_one([change for change in played if change.section == section]) for section in sections]
    first = changes.index(played[0])
    rest = [change for change in changes if not isinstance(change, Instruments)]
    return [*rest[:first], *joined, *rest[first:]]


def _one(played: Sequence[Instruments]) -> Instruments:
    unwanted = tuple(dict.fromkeys(name for change in played for name in change.unwanted))
    wanted = tuple(dict.fromkeys(name for change in played for name in change.wanted if name not in unwanted))
    return Instruments(wanted, unwanted, played[0].section)
