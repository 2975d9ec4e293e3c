"""A sentence about a song in, changes out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from bot.understanding.changes.clause import Clause, clause, clauses
from bot.understanding.changes.feel import felt
from bot.understanding.changes.form import dropped, lengthened, rechorded
from bot.understanding.changes.level import levelled
from bot.understanding.changes.places import Mention
from bot.understanding.changes.remarks import UnclearTarget, unclear
from bot.understanding.changes.rewriting import complained_of, rewritten
from bot.understanding.changes.settle import Said, settled
from bot.understanding.changes.sound import asked_language, sounding
from bot.understanding.changes.sung import Sung
from bot.understanding.changes.tune import new_tune, retuned
from bot.understanding.changes.verbatim import Verbatim
from bot.understanding.message import read
from generation.changes import Change, Chords, Feel, Language, Metre, Rewrite, Tempo
from generation.song import Remark, Sheet

LONGEST_WISH = 1_000
"""Characters read. A wish for a change is a sentence or two; more lines than a song has are new lyrics."""

MOST_CLAUSES = 24
"""Clauses read, so that a hostile message takes no longer than a long one."""


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
    problem = verbatim.unclear
    said: list[Said] = [(change, "") for change in verbatim.changes]
    inherited: tuple[Mention, ...] = ()
    before = ""
    complaints: list[Rewrite] = []
    for message in islice(clauses(verbatim.left), MOST_CLAUSES):
        one = clause(message, song, inherited)
        try:
            found = _changes(one, before)
            complaints = complaints or complained_of(one)
        except UnclearTarget as error:
            problem = problem or error.remark
            found = []
            complaints = []
        said += [(change, one.folded) for change in found]
        keeps = all(isinstance(change, Feel | Chords | Rewrite) for change in found)
        inherited = (one.named or inherited) if keeps else ()
        before = "" if found else one.folded
    changes: list[Change] = settled(said) or [*complaints]
    if not changes:
        problem = problem or verbatim.perhaps or unclear("nothing")
    return ReadChanges(tuple(changes), problem)


def _changes(clause: Clause, before: str) -> list[Change]:
    """Return what one clause changes: one thing about form, tune or words, or any number about the sound."""
    if language := asked_language(clause):
        return [Language(language)]
    tune = retuned(clause) or new_tune(clause, before)
    one: list[Change] = [*(tune or rechorded(clause) or rewritten(clause, before) or dropped(clause))]
    if one:
        return one
    levels = levelled(clause)
    if levels:
        # A part is named for its loudness here, not to join the band or to sing another key.
        return [*levels, *(change for change in sounding(clause) if isinstance(change, Tempo | Metre))]
    found: list[Change] = [*lengthened(clause), *sounding(clause), *felt(clause)]
    if not found and clause.has("cannot", "loudness"):
        raise UnclearTarget(unclear("loudness"))
    return found
