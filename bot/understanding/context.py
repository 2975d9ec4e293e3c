"""Decides which found words are meant: context, negation ("no drums") and correction ("90, no, 100")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.understanding.lexicon import Hit
from bot.understanding.message import HAN, Message
from bot.understanding.parts import Part
from bot.understanding.words import frame, read_words

_WORDED = ("genre", "mood", "instruments", "vocals", "tempo_word", "purpose", "reference")
_FIGURES = frozenset({"tempo_bpm", "duration_s", "key", "time_signature", "language"})
FILLING = frozenset(_WORDED) | _FIGURES
"""The slots that words of the message fill; theme, title, lyrics and structure are read by their own rules."""
_NOT_FIGURE = re.compile(
    r"(?:\b(?:not|isn't|no longer|instead of|rather than|don't sing)|不要|不是|别用?|不用)(?:\s+(?:in|at))?\s*$"
)
_WINDOW = 60
_LIST_GAP = re.compile(r"\s*(?:,|and|or|nor|&|/|\+|、|和|或者?|跟|与|还有|以及|，)?\s*(?:an?|any|the|no|有|不要)?\s*")
_OUT = re.compile(r"\s+(?:out|off|away)\b")
_HARD_STOP = re.compile(r"[.!?;\n\ufffc。！？；]")
_NEXT_WORD = re.compile(r"\s+([a-z']+)")
_MADE_SO = re.compile(
    r"\b(?:make|made|turn|turned|into|to|be)\s+(?:it|that|this|into|to)\s+$|\b(?:it|this|that)\s+(?:into|to)\s+$"
)
_AT_A_NUMBER = re.compile(r"\s+at\s+(?:about |around )?\d")
_LAST_WORD = re.compile(r"([a-z']+)[\s-]+$")


@dataclass(frozen=True, slots=True)
class Readings:
    """What the message wants, and what it does not want."""

    wanted: tuple[Hit, ...]
    unwanted: tuple[Hit, ...]


def meant(message: Message, hits: Sequence[Hit]) -> list[Hit]:
    """Drop weak words that stand for the thing itself: "my house", "rock me", "in the dark"."""
    return [hit for place, hit in enumerate(hits) if not _is_the_thing(message.folded, hits, place)]


def _is_the_thing(folded: str, hits: Sequence[Hit], place: int) -> bool:
    hit = hits[place]
    context = _context()
    word = folded[hit.start : hit.end]
    if hit.slot not in FILLING or word not in context.weak:
        return False
    following = _NEXT_WORD.match(folded, hit.end)
    if following and following[1] in context.after_verb and not _AT_A_NUMBER.match(folded, hit.end):
        return True
    if _MADE_SO.search(folded, max(0, hit.start - 20), hit.start):
        return False
    preceding = _LAST_WORD.search(folded, max(0, hit.start - 20), hit.start)
    if not preceding or preceding[1] not in context.before_thing:
        return False
    later = next((other for other in hits[place + 1 :] if other.start >= hit.end), None)
    if later is None:
        return hit.slot != "instruments" or preceding[1] not in {"the", "this", "of"}
    leads = not folded[hit.end : later.start].strip(" -/&") and later.slot in {*FILLING, "head"}
    return not leads and (hit.slot != "instruments" or preceding[1] not in {"the", "this", "of"})


def weigh(message: Message, hits: Sequence[Hit], pieces: Sequence[Part], *, change: bool) -> Readings:
    """Split ``hits`` into wanted and unwanted; withdrawn ones are in neither. ``change`` reads "X for Y" swaps."""
    hits = _corrected(message, hits)
    wanted: list[Hit] = []
    unwanted: list[Hit] = []
    for place, hit in enumerate(hits):
        if hit.slot not in FILLING:
            continue
        if _is_negated(message, hits, place, pieces) or (change and _is_swapped_out(message, hits, place, pieces)):
            unwanted.append(hit)
        else:
            wanted.append(hit)
    return Readings(tuple(wanted), tuple(unwanted))


def _corrected(message: Message, hits: Sequence[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in hits:
        if hit.slot in FILLING:
            for back in range(len(kept) - 1, -1, -1):
                earlier = kept[back]
                between = message.folded[earlier.end : hit.start]
                if len(between) > _WINDOW:
                    break
                if earlier.slot == hit.slot and any(p.search(between) for p in _frame("correction")):
                    del kept[back]
                    break
        kept.append(hit)
    return kept


def _is_negated(message: Message, hits: Sequence[Hit], place: int, pieces: Sequence[Part]) -> bool:
    """True where a word of refusal comes before the hit, possibly over a list: "without guitar or drums"."""
    folded, at = message.folded, place
    while True:
        start = hits[at].start
        before = _clause(folded, start, pieces)
        if hits[place].slot in _FIGURES:
            return bool(_NOT_FIGURE.search(before))
        if _refuses(before):
            return True
        if at == place and (_refused_after(folded, hits[place].end) or _is_taken_out(before, folded, hits[place].end)):
            return True
        if at == 0 or hits[at - 1].slot not in {"instruments", "unnamed", "genre", "mood"}:
            return False
        gap = folded[hits[at - 1].end : start]
        if not _LIST_GAP.fullmatch(gap) or (
            re.search("[,，]", gap) and not _list_ends_in_or(folded, hits[place].end, start)
        ):
            return False
        if re.search(r"\band\s+(?:an?|the)\b|\bno\b", gap):
            return False
        at -= 1


def _list_ends_in_or(folded: str, end: int, start: int) -> bool:
    nearby = folded[start : end + 24]
    return bool(re.search(r"\b(?:or|nor)\b|或|[、]", _HARD_STOP.split(nearby)[0]))


def _clause(folded: str, start: int, pieces: Sequence[Part]) -> str:
    piece = next((p for p in pieces if p.start <= start < p.end), None)
    return folded[max(piece.start if piece else 0, start - _WINDOW) : start]


def _refuses(before: str) -> bool:
    if any(p.search(before) for p in _frame("not_negation")):
        return False
    return any(p.search(before) for p in _frame("negation"))


def _refused_after(folded: str, end: int) -> bool:
    language = "zh" if HAN.search(folded[end - 1 : end]) else "en"
    return bool(frame(language, "negation_after").match(folded[end : end + 12]))


def _is_taken_out(before: str, folded: str, end: int) -> bool:
    return bool(_OUT.match(folded, end) and frame("en", "taken_out").search(before))


def _is_swapped_out(message: Message, hits: Sequence[Hit], place: int, pieces: Sequence[Part]) -> bool:
    """In "swap X for Y" and 把 X 换成 Y the X goes."""
    hit = hits[place]
    piece = next((p for p in pieces if p.start <= hit.start < p.end), None)
    if piece is None:
        return False
    before, after = message.folded[piece.start : hit.start], message.folded[hit.end : piece.end]
    others = any(
        piece.start <= other.start < piece.end and other.slot in {hit.slot, "unnamed"} for other in hits[place + 1 :]
    )
    if not others:
        return False
    english = frame("en", "swap").search(before) and frame("en", "swap_to").search(after)
    return bool(english and not frame("en", "swap_to").search(before)) or bool(frame("zh", "swap_to").search(after))


@dataclass(frozen=True, slots=True)
class _Context:
    weak: frozenset[str]
    before_thing: frozenset[str]
    after_verb: frozenset[str]


@cache
def _context() -> _Context:
    words = read_words("en/context")
    return _Context(*(frozenset(words[key]) for key in ("weak", "before_thing", "after_verb")))


@cache
def _frame(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(frame(language, name) for language in ("en", "zh"))
