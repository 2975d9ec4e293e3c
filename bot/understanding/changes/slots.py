"""The slots that a clause states, read with the word lists of the understanding."""

from __future__ import annotations

from bot.understanding.context import Readings, meant, weigh
from bot.understanding.lexicon import Hit, slot_lexicon
from bot.understanding.measures import measures
from bot.understanding.message import Message
from bot.understanding.parts import parts
from bot.understanding.relative import is_relative


def read_slots(message: Message) -> Readings:
    """Return what a clause wants and does not want, as a change of a song that is there; comparisons are in neither."""
    figures = measures(message)
    words = [
        hit
        for hit in slot_lexicon().find(message)
        if not any(hit.start < other.end and other.start < hit.end for other in figures)
    ]
    hits = sorted([*figures, *meant(message, words)], key=lambda hit: (hit.start, hit.end))
    pieces = parts(message.folded)
    known = [Hit(hit.start, hit.end, "instruments", hit.value) if hit.slot == "unnamed" else hit for hit in hits]
    readings = weigh(message, known, pieces, change=True)
    return Readings(
        tuple(hit for hit in readings.wanted if not is_relative(message, hit)),
        tuple(hit for hit in readings.unwanted if not is_relative(message, hit)),
    )


def wanted(message: Message) -> tuple[Hit, ...]:
    return read_slots(message).wanted
