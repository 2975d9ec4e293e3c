"""A member's sentence in, intent and song request out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.understanding.context import Readings, meant, weigh
from bot.understanding.intents import intent_of
from bot.understanding.lexicon import Hit, slot_lexicon, standing_alone
from bot.understanding.measures import measures, tempos_beside
from bot.understanding.message import LONGEST_WISH, Message, read
from bot.understanding.parts import Part, parts
from bot.understanding.quoted import lyrics_language, take_quoted
from bot.understanding.references import references
from bot.understanding.relative import is_relative
from bot.understanding.structure import sections
from bot.understanding.theme import Span, framed, theme_text, told
from generation.song import SongRequest

LISTS = ("genre", "mood", "instruments", "reference")
SCALARS = ("tempo_bpm", "tempo_word", "key", "time_signature", "vocals", "language", "duration_s", "purpose")
SHAPING = frozenset({"new_song", "change", "extend"})
"""Intents whose slots say how a song shall be; a question ("may I use it in an ad?") states no slot."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """``intent`` is new_song, change, status, cancel, help, licence, mine, quota, extend, stems or not_a_request."""

    intent: str
    request: SongRequest


def understand(text: str) -> Understanding:
    """Read one message. Never raises. Reads 20,000 characters, 4,096 of them outside own lyrics."""
    message = read(text)
    quoted = take_quoted(message)
    rest = quoted.message.start(LONGEST_WISH)
    pieces = parts(rest.folded)
    hits = _hits(rest, pieces)
    intent = intent_of(rest, hits, lyrics=quoted.lyrics is not None)
    request = SongRequest(text=message.text, message_language=rest.language)
    if intent == "not_a_request":
        return Understanding(intent, request)
    spans = framed(rest, hits, pieces) if intent in SHAPING else []
    free = [hit for hit in hits if not any(span.covers(hit) for span in spans)]
    readings = weigh(rest, free, pieces, change=intent != "new_song")
    if intent != "new_song":
        wanted = tuple(hit for hit in readings.wanted if not is_relative(rest, hit))
        unwanted = tuple(hit for hit in readings.unwanted if not is_relative(rest, hit))
        readings = Readings(wanted, unwanted)
    request = _filled(request, readings)
    request = replace(request, structure=sections(rest, free, change=intent != "new_song"), title=quoted.title)
    request = replace(request, theme=_theme(intent, rest, free, pieces, spans, request))
    if quoted.lyrics:
        language = request.language or lyrics_language(quoted.lyrics)
        request = replace(request, lyrics=quoted.lyrics, language=language)
    return Understanding(intent, request)


def stated(understanding: Understanding) -> dict[str, Any]:
    """Return ``{"intent": ...}`` and the slots the message states, as plain JSON values."""
    answer: dict[str, Any] = {"intent": understanding.intent}
    if understanding.intent not in SHAPING:
        return answer
    for slot in fields(SongRequest):
        value = getattr(understanding.request, slot.name)
        if slot.name not in {"text", "message_language"} and value not in (None, (), ""):
            answer[slot.name] = list(value) if isinstance(value, tuple) else value
    return answer


def _hits(message: Message, pieces: Sequence[Part]) -> list[Hit]:
    """Figures first, then names, then words: one place fills one slot."""
    figures = measures(message)
    alone = [hit for hit in standing_alone(message.folded, pieces) if not _overlaps(hit, figures)]
    words = [hit for hit in slot_lexicon().find(message) if not _overlaps(hit, [*figures, *alone])]
    words = meant(message, words)
    names = [hit for hit in references(message, [*figures, *words]) if not _overlaps(hit, figures)]
    words = [hit for hit in words if not _overlaps(hit, names)]
    figures += [hit for hit in tempos_beside(message, words) if not _overlaps(hit, [*figures, *names, *words])]
    return sorted([*figures, *alone, *names, *words], key=lambda hit: (hit.start, hit.end))


def _overlaps(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)


def _filled(request: SongRequest, readings: Readings) -> SongRequest:
    values: dict[str, Any] = {}
    for slot in LISTS:
        values[slot] = tuple(dict.fromkeys(str(hit.value) for hit in readings.wanted if hit.slot == slot))
    for slot in SCALARS:
        stated_values = [hit.value for hit in readings.wanted if hit.slot == slot]
        values[slot] = stated_values[0] if stated_values else None
    values["instruments_excluded"] = tuple(
        dict.fromkeys(str(hit.value) for hit in readings.unwanted if hit.slot == "instruments")
    )
    values["instruments"] = tuple(name for name in values["instruments"] if name not in values["instruments_excluded"])
    sung = {hit.value for hit in readings.wanted if hit.slot == "vocals"}
    if "duet" in sung or {"male", "female"} <= sung:
        values["vocals"] = "duet"
    return replace(request, **values)


def _theme(
    intent: str,
    message: Message,
    hits: Sequence[Hit],
    pieces: Sequence[Part],
    spans: Sequence[Span],
    request: SongRequest,
) -> str | None:
    all_spans = [*spans, *(told(message, hits, pieces, spans) if intent == "new_song" else [])]
    return theme_text(message, all_spans, joint="，" if request.message_language == "zh" else ", ")
