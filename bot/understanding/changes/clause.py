"""A message in clauses, each with the place it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.understanding.changes.patterns import expressions, matches
from bot.understanding.changes.places import Mention, Target, mentions, resolve
from bot.understanding.changes.sung import Sung
from bot.understanding.lexicon import LANGUAGES
from bot.understanding.message import TAKEN, Message
from bot.understanding.parts import parts


@dataclass(frozen=True, slots=True)
class Clause:
    """One wish. ``inherited`` is the place of the clause before, which it may mean ("the bridge is dull, redo it")."""

    message: Message
    named: tuple[Mention, ...]
    song: Sung
    inherited: tuple[Mention, ...] = ()

    @property
    def folded(self) -> str:
        return self.message.folded

    def has(self, table: str, key: str = "patterns") -> bool:
        """Return whether an expression of ``words/*/changes.toml`` is in the clause."""
        return matches(table, key, self.folded)

    def target(self) -> Target | None:
        """Return the place the clause is about. Raises ``UnclearTarget`` where the song has none such."""
        named = self.named or self.inherited
        return resolve(named[0], self.song) if named else None

    def section(self) -> str:
        """Return the section or kind the clause is about, ``""`` for the whole song. Raises ``UnclearTarget``."""
        target = self.target()
        return target.where.partition("/")[0] if target else ""


def clauses(message: Message) -> Iterator[Message]:
    """Yield the clauses; one that only goes on about a theme (写我的狗) belongs to the one before."""
    pending: tuple[int, int] | None = None
    for start, end in _cuts(message.folded):
        goes_on = any(one.match(message.folded[start:end]) for one in _continuing())
        if pending and goes_on and TAKEN not in message.folded[pending[1] : start]:
            pending = (pending[0], end)
            continue
        if pending:
            yield Message(message.text[slice(*pending)], message.folded[slice(*pending)])
        pending = (start, end)
    if pending:
        yield Message(message.text[slice(*pending)], message.folded[slice(*pending)])


def clause(message: Message, song: Sung, inherited: tuple[Mention, ...]) -> Clause:
    return Clause(message, tuple(mentions(message)), song, inherited)


def _cuts(folded: str) -> Iterator[tuple[int, int]]:
    for piece in parts(folded):
        start = piece.start
        found = {
            m.span()
            for language in LANGUAGES
            for one in expressions(language, "clauses", "splits")
            for m in one.finditer(folded, piece.start, piece.end)
        }
        for cut_start, cut_end in sorted(found):
            if cut_start > start:
                yield start, cut_start
            start = max(start, cut_end)
        if start < piece.end:
            yield start, piece.end


def _continuing() -> Iterator[re.Pattern[str]]:
    for language in LANGUAGES:
        yield from expressions(language, "clauses", "continues")
