"""Length and sections: longer, shorter, one more verse, without the bridge, other chords."""

from __future__ import annotations

import re

from bot.understanding.changes.clause import Clause
from bot.understanding.changes.patterns import expressions
from bot.understanding.changes.places import Mention, resolve
from bot.understanding.changes.remarks import UnclearTarget, unclear
from bot.understanding.changes.step import plain_step
from bot.understanding.lexicon import LANGUAGES
from bot.understanding.measures import measures
from bot.understanding.numerals import number
from bot.understanding.relative import is_relative
from generation.changes import Chords, Drop, Length

_SHORTEST = 3
"""Seconds. "A second chorus" is no length."""
_SUNG = ("verse", "pre-chorus", "chorus", "bridge")


def rechorded(clause: Clause) -> list[Chords]:
    """Return the sections that shall have other chords, none named. Raises ``UnclearTarget``."""
    if not (clause.has("chords", "named") and clause.has("chords", "other")):
        return []
    section = clause.section()
    return [Chords(kind) for kind in ([section] if section else _SUNG) if section or clause.song.of_kind(kind)]


def dropped(clause: Clause) -> list[Drop]:
    """Return the sections left out. Raises ``UnclearTarget``."""
    return [
        Drop(resolve(mention, clause.song).where)
        for mention in clause.named
        if not mention.line and _is_dropped(clause.folded, mention)
    ]


def lengthened(clause: Clause) -> list[Length]:
    """Return another length, stated, compared, or by sections added. Raises ``UnclearTarget``."""
    added = tuple(mention.kind for mention in clause.named if not mention.line and _is_added(clause.folded, mention))
    if added:
        return [Length(sections=added)]
    if clause.has("length", "one"):
        return [Length(sections=("verse",))]
    way = clause.has("length", "longer") - clause.has("length", "shorter")
    length = _stated(clause, way)
    if length:
        return [length]
    if not way or clause.has("length", "not_song"):
        return []
    if clause.named or clause.inherited:
        raise UnclearTarget(unclear("section_length"))
    return [Length(more_s=way * plain_step("seconds", clause.folded))]


def _stated(clause: Clause, way: int) -> Length | None:
    now = clause.song.sheet.plan.duration_s
    if clause.has("length", "double"):
        return Length(duration_s=round(2 * now, 1))
    if clause.has("length", "half"):
        return Length(duration_s=round(now / 2, 1))
    for m in _found(clause.folded, "minute"):
        return Length(more_s=30.0 if m["half"] else 60.0)
    for m in _found(clause.folded, "more_time"):
        return Length(more_s=number(m["count"]) * (60.0 if m["minutes"] else 1.0))
    for hit in measures(clause.message):
        if hit.slot not in {"duration_s", "longer"} or not isinstance(hit.value, int | float) or hit.value < _SHORTEST:
            continue
        before = clause.folded[: hit.start]
        if _found(before, "only"):
            continue
        if _found(before, "more"):
            return Length(more_s=float(hit.value))
        after = clause.folded[hit.end :].lstrip()
        if hit.slot == "duration_s" and (after.startswith("long") or not way or not is_relative(clause.message, hit)):
            return Length(duration_s=float(hit.value))
        return Length(more_s=(way or 1) * float(hit.value))
    return None


def _found(folded: str, key: str) -> list[re.Match[str]]:
    return [m for language in LANGUAGES for one in expressions(language, "length", key) if (m := one.search(folded))]


def _is_dropped(folded: str, mention: Mention) -> bool:
    before, after = folded[: mention.start], folded[mention.end :]
    for language in LANGUAGES:
        (verb,), (rest,) = expressions(language, "drop", "before"), expressions(language, "drop", "after")
        if language == "en" and verb.search(before) and rest.match(after):
            return True
        if language == "zh" and ((verb.search(before) and not after.strip("了吧。！! 的")) or rest.match(after)):
            return True
    return False


def _is_added(folded: str, mention: Mention) -> bool:
    before = folded[max(0, mention.start - 40) : mention.start]
    return any(one.search(before) for language in LANGUAGES for one in expressions(language, "length", "add"))
