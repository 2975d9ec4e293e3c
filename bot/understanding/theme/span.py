"""A stretch of the message that is theme, trimmed to what can be sung about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.lexicon import Hit
from bot.understanding.message import TAKEN, Message

_EMPTY = re.compile(
    r"^(?:it|this|that|you|me|us|him|her|them|something|anything|whatever|everything|the|a|an|my|one|[我你他她它咱俺]们?|大家)?$"
)
_EDGES = " \t\n.,，。:：;；!！?？~～-–—()（）、…*#>|/" + TAKEN
_SENTENCE_END = re.compile(r"吗?(?<!\b[MmDdSs][rst])(?<!\bMrs)[.?!;。？！；\n…]+(?=\s|[\u3400-\u9fff])\s*")
_FOR_USE = re.compile(
    "(?:的时候|(?<!小)时候?)[听用看放]?的?$|要?[听用看放]的$|要[听用]$|(?<![好倾聆爱常费信作实使日有])[听用]$"
)
_ALL_QUOTED = re.compile("[\"'“「《][^\"'“”「」《》]*[\"'”」》]")
_LAST = re.compile(
    r"\s+(?:please|pls|plz|lol|haha|lmao|thanks|thx|thank you|and|or|with|in|at|for|on|but|xd|tho)$", re.IGNORECASE
)
_SOFTENING = re.compile("(?<![酒网贴水书])[吧呗吗嘛]$")
LONGEST = 400
WITHDRAWN = -1
"""Rank of a theme that the message takes back: no part of it is read as anything else."""


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    rank: int
    """0 words before "song", 1 a frame, 2 a story; the theme lists them in this order."""

    def covers(self, hit: Hit) -> bool:
        return self.start <= hit.start and hit.end <= self.end


def trimmed(message: Message, span: Span) -> Span | None:
    text = message.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip(_EDGES))
    text = text.strip(_EDGES)
    if _ALL_QUOTED.fullmatch(text):
        start, text = start + 1, text[1:-1]
    while m := _LAST.search(text):
        text = text[: m.start()].rstrip(_EDGES)
    text = _SOFTENING.sub("", text).removesuffix("的声音")
    text = _FOR_USE.sub("", text).rstrip("的")
    text = _without_pictures(text)
    if _EMPTY.match(text.lower()) or TAKEN in text.strip(TAKEN):
        return None
    return Span(start, start + len(text), span.rank)


def _without_pictures(text: str) -> str:
    """Emoji at the end decorate; they are not sung."""
    while text and not (text[-1].isalnum() or text[-1] in ")'\"%》」”"):
        text = text[:-1]
    return text


def theme_text(message: Message, spans: Sequence[Span], *, joint: str) -> str | None:
    """Join the spans in order of rank, then place; None where there is none."""
    texts: list[str] = []
    told = _joined(message, sorted((s for s in spans if s.rank != WITHDRAWN), key=lambda span: span.start))
    for span in sorted(told, key=lambda span: (span.rank, span.start)):
        text = _SENTENCE_END.sub(joint, message.text[span.start : span.end])
        text = re.sub(r"\s+", " ", text).strip()
        if text.lower() not in {known.lower() for known in texts}:
            texts.append(text)
    return joint.join(texts)[:LONGEST].strip() or None


def _joined(message: Message, spans: Sequence[Span]) -> list[Span]:
    """Neighbours with only a space between them stay as the member wrote them: 失眠 凌晨三点."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.end < span.start and message.text[last.end : span.start].isspace():
            joined[-1] = Span(last.start, span.end, min(last.rank, span.rank))
        else:
            joined.append(span)
    return joined


def gaps(hits: Sequence[Hit], start: int, end: int) -> list[tuple[int, int]]:
    """Return what lies between ``hits`` from ``start`` to ``end``, empty stretches included."""
    between, at = [], start
    for hit in hits:
        between.append((at, max(at, hit.start)))
        at = max(at, hit.end)
    return [*between, (at, end)]
