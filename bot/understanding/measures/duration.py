"""Length in seconds: "90s", "1:30", "two and a half minutes", 一分半; not "80s synth" and not "at 3:30"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.lexicon import Hit
from bot.understanding.measures.ranges import TO, length
from bot.understanding.message import Message
from bot.understanding.numerals import DIGITS, ENGLISH, HAN, number

_NUMBER = rf"(?:{DIGITS}|{ENGLISH})"
_HAN_NUMBER = rf"(?:{DIGITS}|{HAN})"
_DURATION = re.compile(
    r"(?<![\w.])(?P<minute>a) minute and a half"
    r"|(?<![\w.])(?P<half>half a minute|half-minute|half minute)\b"
    r"|(?<![\w.])(?P<couple>a couple (?:of )?min(?:ute)?s)\b"
    r"|(?<![\d:.])(?:(?P<clock_h>\d{1,2}):)?(?P<clock_m>\d{1,2}):(?P<clock_s>[0-5]\d)"
    r"(?![\d:])(?!\s*(?:[ap]\.?m\b|o'clock))"
    rf"|(?<![\w.])(?P<m1>{_NUMBER})(?:{TO}(?P<m2>{_NUMBER}))?(?P<half1> and a half)?[ -]?(?:minutes?|mins?|m)\b\.?"
    rf"(?:(?:,? and |,? )?(?P<s0>\d{{1,2}}|{ENGLISH})[ -]?(?:seconds?|secs?|s)\b| (?P<s00>[0-5]\d)(?=\s*(?:$|[,.;!])))?"
    rf"|(?<![\w.])(?P<s1>{_NUMBER})(?:{TO}(?P<s2>{_NUMBER}))?[ -]?(?P<s_unit>seconds?|secs?|s)\b\.?"
    rf"|(?P<zm>{_HAN_NUMBER})个?(?:到(?P<zm2>{_HAN_NUMBER}))?"
    rf"(?:分钟(?P<zhalf2>半)|分(?P<zhalf>半)钟?|分钟?(?P<zs0>\d{{1,2}}|{HAN})秒|分钟|分(?=[，。,左]|$))"
    rf"|(?P<zs>{_HAN_NUMBER})(?:到(?P<zs2>{_HAN_NUMBER}))?秒钟?"
)
_NOT_LENGTH_BEFORE = re.compile(
    r"(?:\b(?:at|@|first|last|every|next|per|wait|my|her|his|their|our|your|in|after|the|for the|like an?"
    r"|feels? like)\s*"
    r"|[每前后头第十])$"
)
_APPROXIMATELY = re.compile(r"\b(?:for|about|around|the song)\s*$")
_NOT_LENGTH_AFTER = re.compile(
    r"\s*(?:in\b|mark\b|into\b|ago\b|later\b|before\b|after\b|walk|call|ride|drive|late\b|early\b|per\b|前|后|之前|之后|热度)"
)
_DECADE_LENGTH = re.compile(r"\s*(?:long|clip|version|jingle|intro|ad|spot|loop|length|max|or so|total|video)")
_YEAR = re.compile(r"1[5-9]\d0|20\d0")
_DECADE = re.compile(
    r"(?:\b(?:the|from the|early|late|mid|in the|of the|classic|like)[ -]?|19|20|'|1[89]\d0s|\d0s\s*/\s*)$"
)


def durations(message: Message) -> Iterator[Hit]:
    """Yield ``duration_s``, and ``longer`` for "30 seconds longer", which is no length."""
    folded = message.folded
    for m in _DURATION.finditer(folded):
        before, after = folded[max(0, m.start() - 24) : m.start()], folded[m.end() : m.end() + 16]
        if m.group() == "808s" or _is_decade(m, before, after) or _NOT_LENGTH_AFTER.match(after):
            continue
        if _NOT_LENGTH_BEFORE.search(before) and not _APPROXIMATELY.search(before):
            continue
        if m["m1"] not in {"a", "an"} or _means_a_minute(before, after):
            yield length(m, _seconds(m), folded)


def _seconds(m: re.Match[str]) -> float:
    if m["minute"]:
        return 90
    if m["half"]:
        return 30
    if m["couple"]:
        return 120
    if m["clock_m"]:
        return int(m["clock_h"] or 0) * 3600 + int(m["clock_m"]) * 60 + int(m["clock_s"])
    minutes, seconds = m["m1"] or m["zm"], m["s1"] or m["zs"]
    if minutes:
        upper = m["m2"] or m["zm2"]
        value = number(minutes) if not upper else (number(minutes) + number(upper)) / 2
        value += 0.5 if m["half1"] or m["zhalf"] or m["zhalf2"] else 0
        rest = m["s0"] or m["s00"] or m["zs0"]
        return value * 60 + (number(rest) if rest else 0)
    upper = m["s2"] or m["zs2"]
    return number(seconds) if not upper else (number(seconds) + number(upper)) / 2


def _is_decade(m: re.Match[str], before: str, after: str) -> bool:
    """80s is ten years, not eighty seconds, unless it stands where only a length can."""
    if m["s_unit"] == "s" and _YEAR.fullmatch(m["s1"]):
        return True
    if m["s_unit"] != "s" or m["s1"] not in {"20", "50", "60", "70", "80", "90"}:
        return False
    if "-" in m.group() or " " in m.group():
        return False
    alone = re.search(r"(?:^|[,.;:\n，。、；：])\s*$", before) and re.match(r"\s*(?:$|[,.;!\n，。、；])", after)
    is_length = alone or _DECADE_LENGTH.match(after) or _APPROXIMATELY.search(before)
    return bool(_DECADE.search(before)) or not is_length


def _means_a_minute(before: str, after: str) -> bool:
    return bool(
        re.match(
            r"\s*(?:long|longer|more|song|track|tune|version|max|or so|at most|tops|piece|loop)\b|\s*(?:[,.;!]|$)",
            after,
        )
        and not re.search(r"\b(?:wait|give me|take|got|in|need)\s*$", before)
    )
