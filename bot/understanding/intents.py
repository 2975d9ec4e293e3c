"""Decides what a message wants: a new song, a change, an answer, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.understanding.context import FILLING
from bot.understanding.cues import cued
from bot.understanding.lexicon import Hit
from bot.understanding.message import TAKEN, Message
from bot.understanding.words import frame, read_words

ASKED_FIRST = ("quota", "help", "licence", "stems", "status", "mine", "cancel")
"""Questions and commands, tried in this order where no new song is asked for before them."""
_QUESTION = re.compile(r"[?？]|吗|么|不$|能|可以|可否|\b(?:can|may|could|am i|is (?:it|this)|do i|does|what|who)\b")
LONGEST_COMMAND = 240
"""A longer message is a song to write, whatever questions its story contains."""


def intent_of(message: Message, hits: Sequence[Hit], *, lyrics: bool) -> str:
    """Return the intent; ``hits`` are the slot words found, ``lyrics`` says that own lyrics were given."""
    if lyrics:
        return "new_song"
    folded = message.folded.replace(TAKEN, " ").strip()
    is_short = len(folded) <= LONGEST_COMMAND
    folded = _without_courtesy(folded) if is_short else folded
    wish = _wish_for_a_song(folded, hits)
    command = _command(folded, hits, wish) if is_short else None
    if command is None and is_short and wish is None:
        command = cued(folded) if len(_filled(hits)) < 2 else None
    if command:
        return command
    return "new_song" if wish is not None or _is_a_description(folded, hits) else "not_a_request"


def _wish_for_a_song(folded: str, hits: Sequence[Hit]) -> int | None:
    """Return the place where a new song is asked for."""
    sure = _first(folded, "surely_new")
    if sure is not None:
        return sure
    new = _first(folded, "new_song")
    return new if new is not None and _names_a_song(folded, hits, new) else None


def _command(folded: str, hits: Sequence[Hit], wish: int | None) -> str | None:
    """Return the question or command that comes before any ``wish`` for a new song."""
    if _first(folded, "surely_change") is not None:
        return "change"
    sure = _first(folded, "surely_new")
    for intent in (*ASKED_FIRST, "extend", "change"):
        place = _first(folded, intent)
        comes_first = place is not None and (wish is None or place < wish or (place == wish and place != sure))
        if place is not None and comes_first and not _only_describes(intent, folded, hits, place):
            return intent
    return None


def _only_describes(intent: str, folded: str, hits: Sequence[Hit], place: int) -> bool:
    """Some words of commands describe a song too: "royalty-free lofi, 60 bpm", "a cappella song about autumn"."""
    if intent == "change":
        return _is_full_wish(folded, hits, place)
    if intent == "stems" and (_first(folded, "surely_new") is not None or frame("en", "about").search(folded, place)):
        return True
    return intent in {"licence", "stems"} and len(_filled(hits)) >= 2 and not _QUESTION.search(folded)


def _is_a_description(folded: str, hits: Sequence[Hit]) -> bool:
    """True for a list of tags without a verb, unless it only talks about music."""
    filled = _filled(hits)
    talks = _first(folded, "talk") is not None and len(filled) < 3
    if talks and not filled & {"tempo_bpm", "key", "duration_s"}:
        return False
    return bool(filled) or any(hit.slot == "head" for hit in hits)


def _filled(hits: Sequence[Hit]) -> set[str]:
    return {hit.slot for hit in hits if hit.slot in FILLING}


def _without_courtesy(folded: str) -> str:
    for language in ("en", "zh"):
        folded = frame(language, "courtesy").sub(" ", folded).strip()
    return folded


def _names_a_song(folded: str, hits: Sequence[Hit], new: int) -> bool:
    """The cue needs an object: a song noun or a slot word after it."""
    return any(hit.start >= new and (hit.slot in FILLING or hit.slot == "head") for hit in hits) or bool(
        re.search("歌|曲|首", folded)
    )


def _is_full_wish(folded: str, hits: Sequence[Hit], change: int) -> bool:
    """A list of tags ("jazz, 90 bpm, add strings") describes a song although it says "add"."""
    before = {hit.slot for hit in hits if hit.slot in FILLING and hit.end <= change}
    return len(
        before & {"genre", "tempo_bpm", "vocals", "mood", "instruments", "key", "language"}
    ) >= 2 and not re.match(r"\W*(?:make|change|add|把)", folded)


def _first(folded: str, intent: str) -> int | None:
    places = [m.start() for pattern in _patterns(intent) if (m := pattern.search(folded))]
    return min(places, default=None)


@cache
def _patterns(intent: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(expression) for language in ("en", "zh") for expression in read_words(f"{language}/intents")[intent]
    )
