"""Decides what a message wants: a new song, a change, an answer, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.understanding.context import FILLING
from bot.understanding.lexicon import Hit
from bot.understanding.message import TAKEN, Message
from bot.understanding.words import frame, read_words

ASKED_FIRST = ("quota", "help", "licence", "stems", "status", "mine", "cancel")
"""Questions and commands, tried in this order where no new song is asked for before them."""
LONGEST_COMMAND = 240
"""A longer message is a song to write, whatever questions its story contains."""


def intent_of(message: Message, hits: Sequence[Hit], *, lyrics: bool) -> str:
    """Return the intent; ``hits`` are the slot words found, ``lyrics`` says that own lyrics were given."""
    folded = message.folded.replace(TAKEN, " ").strip()
    if len(folded) <= LONGEST_COMMAND:
        folded = _without_courtesy(folded)
    new = _first(folded, "new_song")
    change = _first(folded, "change")
    asks_for_one = new is not None and _names_a_song(folded, hits, new)
    if lyrics:
        return "new_song"
    if len(folded) <= LONGEST_COMMAND:
        if _first(folded, "surely_change") is not None:
            return "change"
        for intent in ASKED_FIRST:
            place = _first(folded, intent)
            if place is not None and not (asks_for_one and new is not None and new < place):
                return intent
        extend = _first(folded, "extend")
        if extend is not None and not (asks_for_one and new is not None and new < extend):
            return "extend"
        if (
            change is not None
            and not (asks_for_one and new is not None and new < change)
            and not _is_full_wish(folded, hits, change)
        ):
            return "change"
    if asks_for_one:
        return "new_song"
    filled = {hit.slot for hit in hits if hit.slot in FILLING}
    if _first(folded, "talk") is not None and not filled & {"tempo_bpm", "key", "duration_s"}:
        return "not_a_request"
    return "new_song" if filled or any(hit.slot == "head" for hit in hits) else "not_a_request"


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
