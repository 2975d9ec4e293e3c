"""What is stated in figures: tempo, length, key and metre."""

from __future__ import annotations

from bot.understanding.lexicon import Hit
from bot.understanding.measures.duration import durations
from bot.understanding.measures.hours import hours
from bot.understanding.measures.key import keys
from bot.understanding.measures.tempo import bare_tempos, metres, tempos, tempos_beside
from bot.understanding.message import Message

__all__ = ["measures", "tempos_beside"]


def measures(message: Message) -> list[Hit]:
    """Return the hits of ``tempo_bpm``, ``duration_s``, ``key`` and ``time_signature``; none overlaps another."""
    hits: list[Hit] = []
    for reader in (keys, metres, tempos, hours, durations, bare_tempos):
        for hit in reader(message):
            if all(hit.end <= other.start or hit.start >= other.end for other in hits):
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)
