"""Finds where a theme ends: "about rain | with a female voice", 关于毕业 | 的民谣."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.context import FILLING
from bot.understanding.lexicon import Hit
from bot.understanding.message import HAN, Message
from bot.understanding.parts import Part
from bot.understanding.theme.span import LONGEST, gaps
from bot.understanding.theme.wording import asks, has_content
from bot.understanding.words import frame, read_words

_MUSICAL = frozenset({*FILLING, "head", "longer", "section", "unnamed"})
_ALWAYS_ENDS = frozenset({"tempo_bpm", "time_signature", "key", "language"})
_ENDS_AT_ONCE = frozenset({"vocals", "purpose", "duration_s", "instruments"})
_ENDS_AFTER_LEAD_IN = FILLING - {"mood", "reference"}


def theme_end(message: Message, hits: Sequence[Hit], pieces: Sequence[Part], start: int) -> int:
    """A theme runs over commas as long as the parts speak of nothing else, and ends before "with a female voice"."""
    following = [piece for piece in pieces if piece.end > start]
    end = start
    for piece in following:
        if piece.start > start and (_resumes(message, hits, piece) or (piece.opens and not _goes_on(message, piece))):
            break
        begin = max(piece.start, start)
        cut = _cut(message, hits, begin, min(piece.end, begin + LONGEST))
        end = cut if cut is not None else piece.end
        if cut is not None or end - start > LONGEST:
            break
    return end


def _goes_on(message: Message, piece: Part) -> bool:
    """A new sentence goes on with the theme where it begins with its person: "She loves …"."""
    text = message.folded[piece.start : piece.end]
    return bool(re.match(r"(?:she|he|they|she's|he's|they're|her|his|their|it's|他|她|它)", text)) and not asks(text)


def _resumes(message: Message, hits: Sequence[Hit], piece: Part) -> bool:
    text = message.folded[piece.start : piece.end]
    if any(frame(language, "resumes").match(text) for language in ("en", "zh")):
        return True
    if any(piece.start <= hit.start < piece.end and hit.slot in _MUSICAL for hit in hits):
        return True
    return asks(text) or not has_content(text)


def _cut(message: Message, hits: Sequence[Hit], start: int, end: int) -> int | None:
    """Where, between ``start`` and ``end``, the wish goes on to something else; None if it does not."""
    folded = message.folded
    turns = [frame(language, "turns_to_asking").search(folded, start, end) for language in ("en", "zh")]
    turn = min((m.start() for m in turns if m), default=None)
    end = end if turn is None else turn
    inside = [hit for hit in hits if start <= hit.start < end]
    tail = _tail(message, inside, start, end)
    for hit in inside:
        if tail is not None and hit.start >= tail:
            break
        if hit.slot == "reference" and (likeness := frame("en", "likeness").search(folded[start : hit.start])):
            return start + likeness.start()
        lead = frame("en", "lead_in").search(folded[start : hit.start])
        if _ends_theme(folded, inside, hit, start, end, lead.group().strip() if lead else None):
            place = start + lead.start() if lead else hit.start
            return place if tail is None else min(place, tail)
    return tail if tail is not None or turn is None else end


def _ends_theme(folded: str, inside: Sequence[Hit], hit: Hit, start: int, end: int, lead: str | None) -> bool:
    """``lead`` is what leads in ``hit`` ("with a"); some slots end a theme by themselves, the others only so."""
    if hit.slot in _ALWAYS_ENDS or (hit.start == start and hit.slot in _ENDS_AT_ONCE):
        return True
    match hit.slot:
        case "vocals" if " " in folded[hit.start : hit.end]:
            return True
        case "duration_s" if not re.match(r"\s+[a-z]", folded[hit.end : end]):
            return True
        case "purpose" if hit.start > start:
            return True
    return lead is not None and hit.slot in _ENDS_AFTER_LEAD_IN and _is_a_wish(folded, inside, hit, end, lead)


def _is_a_wish(folded: str, inside: Sequence[Hit], hit: Hit, end: int, lead: str) -> bool:
    """ "with piano" ends a theme; "in the house" and "at the organ recital" do not."""
    words = read_words("en/leads")
    if lead.startswith(tuple(words["asks_for_more"])):
        return hit.slot not in {"genre", "purpose"} or lead.startswith(tuple(words["makes"]))
    if hit.slot in {"genre", "tempo_word"}:
        is_last = not folded[hit.end : end].strip() or any(h.start >= hit.end and h.slot == "head" for h in inside)
        return lead.startswith(tuple(words["styles"])) and is_last
    return hit.slot in {"vocals", "duration_s", "tempo_bpm", "purpose"}


def _tail(message: Message, inside: Sequence[Hit], start: int, end: int) -> int | None:
    """Where the rest of a part is slot words only: 毕业|的民谣, "the sea|lofi piano slow"."""
    folded = message.folded
    for hit in inside:
        if hit.start <= start:
            continue
        rest = [other for other in inside if other.start >= hit.start and other.slot != "idiom"]
        filled = {other.slot for other in rest if other.slot in FILLING}
        between = [folded[a:b] for a, b in gaps(rest, hit.start, end)]
        owned = hit.slot != "head" and frame("zh", "its_owner").search(folded[start : hit.start])
        if owned or hit.slot == "idiom" or any(has_content(gap) for gap in between):
            continue
        if HAN.search(folded[hit.start : end]) or HAN.search(folded[start : hit.start]):
            return _before_praise(folded, start, hit.start)
        if len(filled) >= 2 or (
            "genre" in filled
            and any(other.slot == "head" for other in rest)
            and re.search(r"\bin an?\b", folded[start : hit.start])
        ):
            return hit.start
    return None


def _before_praise(folded: str, start: int, end: int) -> int:
    """The 诗意 of 乡愁|的诗意歌曲 describes the song, too."""
    owned = folded.rfind("的", start, end)
    return owned if owned > start and not has_content(folded[owned:end]) else end
