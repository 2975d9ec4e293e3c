"""Hours: "2 hours long", "an hour and a half of rain music", 三个小时, 半小时.

Hours belong to most stories ("we drove 12 hours to see her"), so they are a length only where a wish would put one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.lexicon import Hit
from bot.understanding.measures.ranges import length
from bot.understanding.message import Message
from bot.understanding.numerals import DIGITS, ENGLISH, HAN, number

_NUMBER = rf"(?:{DIGITS}|{ENGLISH})"
_HAN_NUMBER = rf"(?:{DIGITS}|{HAN})"
_HOURS = re.compile(
    rf"(?<![\w.])(?P<half>half an)[ -]hour\b"
    rf"|(?<![\w.])(?P<h>{_NUMBER})(?P<and_half1> and a half)?[ -]?(?:hours?|hrs?|h)\b(?P<and_half2> and a half)?"
    rf"(?:(?: and|,)? (?P<m>{_NUMBER})[ -]?(?:minutes?|mins?|m)\b)?"
    rf"|(?P<zh>{_HAN_NUMBER})个?(?P<zhalf1>半)?(?:小时|钟头)(?P<zhalf2>半)?(?:零?(?P<zm>{_HAN_NUMBER})分钟?)?"
)
_OPENING = re.compile(
    r"(?:(?:^|[,.;:!?\n，。；：！？、(]"
    r"|\b(?:an?|for|about|around|roughly|up to|to|be|is|length|duration|it|song|track|music|loop|mix|make|exactly))"
    r"\s*(?:about |around |roughly |exactly )?|时长|长度|长达|[约写做来成为到是要一首段个的])$"
)
_CLOSING = re.compile(
    r"[ -]*(?:$|[,.;!?\n，。；！？、)]|(?:[a-z-]+ ){0,2}"
    r"(?:of|song|track|mix|music|loop|version|piece|ambient|set|playlist|max|total|please|pls|or so)\b"
    r"|的?(?:[^，。]{0,6}[歌曲乐]|版本)|长|左右)"
)
_LONG = re.compile(r"[ -](?:long|longer|more|extra)\b")


def hours(message: Message) -> Iterator[Hit]:
    """Yield ``duration_s`` of lengths counted in hours, however long: whoever plays it refuses."""
    folded = message.folded
    for m in _HOURS.finditer(folded):
        opens = _OPENING.search(folded[max(0, m.start() - 24) : m.start()])
        if _LONG.match(folded, m.end()) or (opens and _CLOSING.match(folded, m.end())):
            yield length(m, _seconds(m), folded)


def _seconds(m: re.Match[str]) -> float:
    if m["half"]:
        return 1800
    whole = number(m["h"] or m["zh"])
    half = 0.5 if m["and_half1"] or m["and_half2"] or m["zhalf1"] or m["zhalf2"] else 0
    minutes = m["m"] or m["zm"]
    return (whole + half) * 3600 + (number(minutes) * 60 if minutes else 0)
