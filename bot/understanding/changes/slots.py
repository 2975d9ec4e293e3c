"""The slots that a clause states, read with the word lists of the understanding."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.understanding.context import Readings, meant, weigh
from bot.understanding.lexicon import Hit, slot_lexicon
from bot.understanding.measures import measures
from bot.understanding.message import Message
from bot.understanding.parts import parts
from bot.understanding.relative import is_relative

_OUT = re.compile(r"\s+(?:out|off|gone|away)\W*$")
_MORE = (re.compile(r"\bmore\s+$"), re.compile("多[来加]?[点些]?$"))


@lru_cache(maxsize=64)
def read_slots(message: Message) -> Readings:
    """Return what a clause wants and does not want, as a change of a song that is there; comparisons are in neither."""
    figures = measures(message)
    words = [
        hit for hit in spotted(message) if not any(hit.start < other.end and other.start < hit.end for other in figures)
    ]
    hits = sorted([*figures, *meant(message, words)], key=lambda hit: (hit.start, hit.end))
    pieces = parts(message.folded)
    known = [Hit(hit.start, hit.end, "instruments", hit.value) if hit.slot == "unnamed" else hit for hit in hits]
    readings = weigh(message, known, pieces, change=True)
    out = [hit for hit in readings.wanted if hit.slot == "instruments" and _OUT.match(message.folded, hit.end)]
    return Readings(
        tuple(
            hit
            for hit in readings.wanted
            if hit not in out and (not is_relative(message, hit) or _is_more_of_it(message, hit))
        ),
        tuple(hit for hit in [*readings.unwanted, *out] if not is_relative(message, hit)),
    )


def _is_more_of_it(message: Message, hit: Hit) -> bool:
    """More piano is a wish for a piano."""
    before = message.folded[: hit.start]
    return hit.slot == "instruments" and any(one.search(before) for one in _MORE)


@lru_cache(maxsize=64)
def spotted(message: Message) -> tuple[Hit, ...]:
    """Return every slot word of a clause, meant or not."""
    return tuple(slot_lexicon().find(message))


def wanted(message: Message) -> tuple[Hit, ...]:
    return read_slots(message).wanted
