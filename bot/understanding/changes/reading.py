"""A sentence about a song in, changes out."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.changes.clause import Clause, clause, clauses
from bot.understanding.changes.feel import felt
from bot.understanding.changes.form import dropped, lengthened, rechorded
from bot.understanding.changes.places import Mention
from bot.understanding.changes.remarks import UnclearTarget, unclear
from bot.understanding.changes.rewriting import rewritten
from bot.understanding.changes.sound import sounding
from bot.understanding.changes.sung import Sung
from bot.understanding.changes.tune import new_tune, retuned
from bot.understanding.changes.verbatim import Verbatim
from bot.understanding.message import read
from generation.changes import Change, Feel, Instruments
from generation.song import Remark, Sheet

LONGEST_WISH = 2_000
"""Characters read. A wish for a change is a sentence or two; more lines than a song has are new lyrics."""


@dataclass(frozen=True, slots=True)
class ReadChanges:
    """``unclear`` is one question or sentence where nothing, or an impossible target, was found."""

    changes: tuple[Change, ...] = ()
    unclear: Remark | None = None


def read_changes(text: str, sheet: Sheet) -> ReadChanges:
    """Return what ``text``, in English or Chinese, changes in the song on ``sheet``. Never raises.

    Lines are counted as they are sung through the whole song, or within a section that is named with them.
    """
    song = Sung(sheet)
    verbatim = Verbatim(read(text[:LONGEST_WISH]), song).read()
    changes, problem = list(verbatim.changes), verbatim.unclear
    inherited: tuple[Mention, ...] = ()
    before = ""
    for message in clauses(verbatim.left):
        one = clause(message, song, inherited)
        try:
            found = _changes(one, before)
        except UnclearTarget as error:
            problem = problem or error.remark
            found = []
        changes += found
        keeps = all(isinstance(change, Feel) for change in found)
        inherited = (one.named or inherited) if keeps else ()
        before = one.folded
    changes = list(dict.fromkeys(_joined(changes)))
    if not changes:
        problem = problem or verbatim.perhaps or unclear("nothing")
    return ReadChanges(tuple(changes), problem)


def _joined(changes: list[Change]) -> list[Change]:
    """Make one change of all that is said about instruments."""
    played = [change for change in changes if isinstance(change, Instruments)]
    if len(played) < 2:
        return changes
    unwanted = tuple(dict.fromkeys(name for change in played for name in change.unwanted))
    wanted = tuple(dict.fromkeys(name for change in played for name in change.wanted if name not in unwanted))
    first = changes.index(played[0])
    rest = [change for change in changes if not isinstance(change, Instruments)]
    return [*rest[:first], Instruments(wanted, unwanted), *rest[first:]]


def _changes(clause: Clause, before: str) -> list[Change]:
    """Return what one clause changes: one thing about form, tune or words, or any number about the sound."""
    if clause.has("cannot", "language"):
        raise UnclearTarget(unclear("language"))
    structural: list[Change] = [
        *(retuned(clause) or new_tune(clause, before) or rechorded(clause) or rewritten(clause, before) or dropped(clause))
    ]
    if structural:
        return structural
    found: list[Change] = [*lengthened(clause), *sounding(clause), *felt(clause)]
    if not found and clause.has("cannot", "loudness"):
        raise UnclearTarget(unclear("loudness"))
    return found
