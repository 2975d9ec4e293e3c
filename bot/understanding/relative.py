"""Tells what only compares with the song there is ("more energetic", 再慢一点, "20 bpm faster") from a stated value."""

from __future__ import annotations

import re

from bot.understanding.lexicon import Hit
from bot.understanding.measures.tempo import SLOWEST
from bot.understanding.message import Message

_MORE_BEFORE = re.compile(r"(?:more|less|bit|little|too|even|so|再|更|太|稍微|有点)\s*$")
_MORE_AFTER = re.compile(r"\s+(?:(?:it|this|things) )?down\b|\s+(?:it|this|things|everything)\b|一?[点些]")
_MORE_INSIDE = re.compile("一点|[点些]$")
_LOUDER_BEFORE = re.compile(r"(?:(?<!no )more|less|louder|quieter|softer|fewer)\s*$")
_LOUDER_AFTER = re.compile(
    r"\s+(?:(?:is|are|sounds?|seems?|feels?|(?:should|could|needs? to) be) )?"
    r"(?:(?:a )?(?:bit|little|much|way|even|slightly) )?"
    r"(?:quieter|louder|softer|harder|heavier|lighter|punchier|"
    r"brighter|warmer|lower|higher|faster|slower|simpler|busier|less|more|up|down|too)\b"
    "|[要再能可以稍微]*(?:[大小](?:声|一?点)|轻|重|弱|强|多|少|太|声音|更)|也|再(?![唱来试做录])"
)
_NEW_LENGTH_BEFORE = re.compile(r"(?:to|be|to about|it|to exactly|is|song|total|exactly|到|至|成|为)\s*$")
_STEP_BEFORE = re.compile(r"(?:\bby|[+＋]|[快慢加减升降提高低]了?)\s*$")
_STEP_AFTER = re.compile(r"\s*(?:faster|slower|quicker|higher|lower|more|less|up|down)\b")


def is_relative(message: Message, hit: Hit) -> bool:
    """Return True where ``hit``, found in a message that changes a song, names no value of its own."""
    before = message.folded[max(0, hit.start - 12) : hit.start]
    inside = message.folded[hit.start : hit.end]
    match hit.slot:
        case "mood" | "tempo_word":
            compares = _MORE_BEFORE.search(before) or _MORE_INSIDE.search(inside)
            return bool(compares or _MORE_AFTER.match(message.folded, hit.end))
        case "instruments" | "vocals":
            return bool(_LOUDER_BEFORE.search(before) or _LOUDER_AFTER.match(message.folded, hit.end))
        case "duration_s":
            return not _NEW_LENGTH_BEFORE.search(before)
        case "tempo_bpm":
            is_step = isinstance(hit.value, int | float) and 0 < abs(hit.value) < SLOWEST
            return bool(is_step or _STEP_BEFORE.search(before) or _STEP_AFTER.match(message.folded, hit.end))
    return False
