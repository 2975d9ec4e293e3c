"""Single parts louder or softer: "vocals louder, drums a bit quieter", 人声大一点."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.understanding.changes.clause import Clause
from bot.understanding.changes.patterns import expressions
from bot.understanding.changes.remarks import UnclearTarget, unclear
from bot.understanding.changes.slots import spotted
from bot.understanding.changes.step import amount, plain_step
from bot.understanding.lexicon import LANGUAGES, Lexicon
from bot.understanding.words import read_words
from generation.changes import Level

Place = tuple[int, int]


def levelled(clause: Clause) -> list[Level]:
    """Return the parts that shall be louder or softer. Raises ``UnclearTarget`` for a part of one section only."""
    parts = sorted(_parts(clause))
    ways = sorted(_ways(clause.folded))
    if not parts or not ways or amount(clause.folded):
        return []
    if clause.named:
        raise UnclearTarget(unclear("loudness"))
    found: dict[str, float] = {}
    for at, (start, end, sign) in enumerate(ways):
        before = ways[at - 1][1] if at else 0
        following = ways[at + 1][0] if at + 1 < len(ways) else len(clause.folded)
        step = plain_step("decibels", clause.folded[before : end if at + 1 < len(ways) else following])
        # "Vocals and guitar louder" names the parts before the way, "turn up the vocals and guitar" behind it.
        named = [part for place, part in parts if place < start and part not in found]
        named = named or [part for place, part in parts if end <= place < following]
        found |= {part: sign * step for part in named if part not in found}
    return [Level(part, change) for part, change in found.items()]


def _parts(clause: Clause) -> Iterator[tuple[int, str]]:
    unnamed = read_words("changes")["level"]
    taken: list[Place] = []
    for hit in _lexicon().find(clause.message):
        taken.append((hit.start, hit.end))
        yield hit.start, str(hit.value)
    for hit in spotted(clause.message):
        name = unnamed.get(str(hit.value), "") if hit.slot == "unnamed" else str(hit.value)
        if hit.slot in {"instruments", "unnamed"} and name and not _within(hit.start, hit.end, taken):
            yield hit.start, name


def _ways(folded: str) -> Iterator[tuple[int, int, int]]:
    """Yield the places of "louder" (1) and "softer" (-1)."""
    taken: list[Place] = []
    for language in LANGUAGES:
        after_verb = any(one.search(folded) for one in expressions(language, "level", "verb"))
        for key, sign in (("up", 1), ("down", -1), ("up_after", 1), ("down_after", -1)):
            if key.endswith("after") and not after_verb:
                continue
            for pattern in expressions(language, "level", key):
                for m in pattern.finditer(folded):
                    if not _within(m.start(), m.end(), taken):
                        taken.append(m.span())
                        yield m.start(), m.end(), sign


def _within(start: int, end: int, taken: list[Place]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(
        (word, "part", part)
        for language in LANGUAGES
        for part, words in read_words(f"{language}/changes")["level"]["parts"].items()
        for word in words
    )
