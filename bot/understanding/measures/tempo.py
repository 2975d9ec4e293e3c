"""Tempo in beats per minute, and metre: "80-90 bpm", 九十拍, "tempo: 95", 3/4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.understanding.lexicon import Hit
from bot.understanding.measures.ranges import TO
from bot.understanding.message import HAN as HAN_CHARACTER
from bot.understanding.message import Message
from bot.understanding.numerals import ANY, HAN, number, plain

SLOWEST, FASTEST = 30, 300
"""Beats per minute that pass for a tempo by themselves; outside, only a figure with its unit does ("0 bpm")."""
_ABOUT = (
    r"(?:\s*(?:of|is|be|should|must|as|at|=|:|：|about|around|roughly|approx\.?|~|在|是|为|大概|大约|约|to"
    r"|[调改换降提升放加减](?:[高低慢快]一?点?)?[到成为]|到|成))*\s*"
)
_UNIT = r"(?:(?P<bpm>bpm|b\.p\.m\.?|beats (?:per|a) minute)|拍(?!子|手|照|摄|视|短|抖|的视)(?:每分钟|/分钟?|一分钟)?)"
_TEMPO = re.compile(
    rf"(?:between\s+)?(?<![\d./#a-z])(?P<minus>(?<![^\s,])-)?(?P<low>{ANY})(?:\s?bpm)?"
    rf"(?:(?:{TO}|\s+and\s+)(?P<high>{ANY}))?[ -]?{_UNIT}"
    rf"|(?:\b(?:bpm|tempo|speed)(?![a-z])|每分钟|速度|节拍|节奏|拍速){_ABOUT}"
    rf"(?P<low2>\d{{2,3}}|{HAN})(?:{TO}(?P<high2>\d{{2,3}}|{HAN}))?(?!\d|\s?%)"
)
_BARE_TEMPO = re.compile(
    rf"(?:^|[,;\n，；、]\s*|\bat |@\s*|(?=around |~))(?:about |around |~)?"
    rf"(?P<low>\d{{2,3}})(?:{TO}(?P<high>\d{{2,3}}))?"
    r"\s*(?=$|[,.;!\n，。；、]|\s-)"
)
_TEMPO_BESIDE = re.compile(
    rf"[\s@~]*(?P<low>\d{{2,3}})(?:{TO}(?P<high>\d{{2,3}}))?(?=\s*(?:$|[,.;!\n()，。；、）]|\s-|(?:about|for|with|and|in)\b))"
)
_TEMPO_BEFORE = re.compile(r"(?:^|[,.;\n，。；、])\s*(?P<low>\d{2,3})\s+$")
_ALONE_AFTER = re.compile(r"\s*(?:$|[,.;!\n，。；、]|(?:beat|track|song|tune)\b|\s[\u3400-\u9fff])")
"""After the genre in "128 house, dark"; "100 jazz musicians" counts no beats."""
_METRE = re.compile(r"(?<![\d/.])(?P<count>[2-9]|12)\s?/\s?(?P<unit>4|8)(?![\d/])(?:\s?(?:拍子?|time))?")
_DATE_BEFORE = re.compile(r"(?:\bon|\bsince|\bof|日期|号)\s*$")


def tempos(message: Message) -> Iterator[Hit]:
    """Yield ``tempo_bpm``, a number or (low, high); "0 bpm" too, for whoever plays it to refuse."""
    for m in _TEMPO.finditer(message.folded):
        written = m["low"] or m["low2"]
        if HAN_CHARACTER.match(written) and not set(written) & {"十", "百"}:
            continue
        low = number(written)
        high = number(m["high"] or m["high2"] or written)
        if SLOWEST <= low <= FASTEST and SLOWEST <= high <= FASTEST:
            yield _tempo(m, low, high)  # A minus before it is a dash: "pop -90 bpm -female".
        elif m["bpm"] and (written[0].isdigit() or written == "zero"):
            yield _tempo(m, -low if m["minus"] else low, high if high > low else -low if m["minus"] else low)


def bare_tempos(message: Message) -> Iterator[Hit]:
    """Yield numbers and ranges from 50 to 220 that stand alone between commas."""
    for m in _BARE_TEMPO.finditer(message.folded):
        yield from _plausible(m)


def tempos_beside(message: Message, words: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the numbers from 50 to 220 beside the genre or tempo word among ``words``: "techno 132", 128 电子."""
    for word in words:
        if word.slot not in {"genre", "tempo_word"}:
            continue
        after = _TEMPO_BESIDE.match(message.folded, word.end)
        before = _TEMPO_BEFORE.search(message.folded, 0, word.start)
        if after:
            yield from _plausible(after)
        elif before and _ALONE_AFTER.match(message.folded, word.end):
            yield from _plausible(before)


def _plausible(m: re.Match[str]) -> Iterator[Hit]:
    low, high = int(m["low"]), int(m.groupdict().get("high") or m["low"])
    if 50 <= low <= high <= 220:
        yield _tempo(m, low, high)


def _tempo(m: re.Match[str], low: float, high: float) -> Hit:
    value = plain(low) if low == high else (plain(min(low, high)), plain(max(low, high)))
    return Hit(m.start(), m.end(), "tempo_bpm", value)


def metres(message: Message) -> Iterator[Hit]:
    """Yield ``time_signature`` written in figures."""
    for m in _METRE.finditer(message.folded):
        if not _DATE_BEFORE.search(message.folded[max(0, m.start() - 8) : m.start()]):
            yield Hit(m.start(), m.end(), "time_signature", f"{m['count']}/{m['unit']}")
