"""What is stated in figures: tempo, duration, key and metre."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.lexicon import Hit
from bot.understanding.message import HAN as HAN_CHARACTER
from bot.understanding.message import Message
from bot.understanding.numerals import ANY, DIGITS, ENGLISH, HAN, number, plain

SLOWEST, FASTEST = 30, 300
LONGEST_S = 3600
_TO = r"\s*(?:-|–|—|~|\bto\b|\band\b|到|至)\s*"
_NEAR = r"(?:\s*(?:of|is|as|at|=|:|：|about|around|roughly|approx\.?|~|在|是|为|大概|大约|约|to|调到|改到|改成|换成|降到|提到|升到|到|成))*\s*"
_TEMPO_UNIT = r"(?:bpm|b\.p\.m\.?|beats (?:per|a) minute|拍(?!子|手|照|摄|视|短|抖|的视)(?:每分钟|/分钟?|一分钟)?)"
_TEMPO = re.compile(
    rf"(?:between\s+)?(?<![\d./#a-z])(?P<low>{ANY})(?:\s?bpm)?(?:{_TO}(?P<high>{ANY}))?[ -]?{_TEMPO_UNIT}"
    rf"|(?:\b(?:bpm|tempo|speed)\b|每分钟|速度|节拍|节奏|拍速){_NEAR}(?P<low2>\d{{2,3}})(?:{_TO}(?P<high2>\d{{2,3}}))?(?!\d|\s?%)"
)
_BARE_TEMPO = re.compile(
    r"(?:^|[,;\n，；、]\s*|\bat |@\s*)(?:about |around |~)?(?P<low>\d{2,3})\s*(?=$|[,.;!\n，。；、])"
)
_MINUTES = r"(?:minutes?|mins?|min\.|m|分钟|分)"
_SECONDS = r"(?:seconds?|secs?|sec\.|s|秒钟|秒)"
_DURATION = re.compile(
    rf"(?<![\w.])(?P<minute>a) minute and a half"
    rf"|(?<![\w.])(?P<half>half a minute|half-minute|half minute)\b"
    rf"|(?<![\w.])(?P<couple>a couple (?:of )?min(?:ute)?s)\b"
    rf"|(?<![\d:.])(?P<clock_m>\d{{1,2}}):(?P<clock_s>[0-5]\d)(?![\d:])(?!\s*(?:[ap]\.?m\b|o'clock))"
    rf"|(?<![\w.])(?P<m1>{DIGITS}|{ENGLISH})(?:{_TO}(?P<m2>{DIGITS}|{ENGLISH}))?(?P<half1> and a half)?[ -]?(?:minutes?|mins?|m)\b\.?"
    rf"(?:(?:,? and |,? )?(?P<s0>\d{{1,2}}|{ENGLISH})[ -]?(?:seconds?|secs?|s)\b)?"
    rf"|(?<![\w.])(?P<s1>{DIGITS}|{ENGLISH})(?:{_TO}(?P<s2>{DIGITS}|{ENGLISH}))?[ -]?(?P<s_unit>seconds?|secs?|s)\b\.?"
    rf"|(?<![\w.])(?P<h1>{DIGITS}|an?|one|half an)[ -]hour\b"
    rf"|(?P<zm>{DIGITS}|{HAN})个?(?:到(?P<zm2>{DIGITS}|{HAN}))?(?:分钟(?P<zhalf2>半)|分(?P<zhalf>半)钟?|分钟?(?P<zs0>\d{{1,2}}|{HAN})秒|分钟|分(?=[，。,左]|$))"
    rf"|(?P<zs>{DIGITS}|{HAN})(?:到(?P<zs2>{DIGITS}|{HAN}))?秒钟?"
)
_NOT_LENGTH_BEFORE = re.compile(
    r"(?:\b(?:at|@|first|last|every|next|per|wait|my|her|his|their|our|your|in|after|the|for the|like a?)\s*|[每前后头第十])$"
)
_APPROXIMATELY = re.compile(r"\b(?:for|about|around|the song)\s*$")
_NOT_LENGTH_AFTER = re.compile(
    r"\s*(?:in\b|mark\b|into\b|ago\b|later\b|before\b|after\b|walk|call|ride|drive|late\b|early\b|per\b|前|后|之前|之后|热度)"
)
_LONGER = re.compile(r"\s*(?:longer|more|extra|shorter|less)\b")
_DECADE_LENGTH = re.compile(
    r"\s*(?:long|clip|version|jingle|intro|ad|spot|loop|length|max|or so|total|video|$|[,.;!?\n，。])"
)
_DECADE = re.compile(
    r"(?:\b(?:the|from the|early|late|mid|in the|of the|classic|like)[ -]?|19|20|'|1[89]\d0s|\d0s\s*/\s*)$"
)

_LETTER = r"(?P<letter>[A-Ga-g])"
_SIGN = r"(?P<sign>#|♯|b(?![a-z])|♭|[ -]?sharp|[ -]?flat)?"
_KEY = re.compile(
    rf"(?<![A-Za-z0-9'&]){_LETTER}{_SIGN}[ -]?(?P<mode>major|minor|maj|min|Major|Minor|MAJOR|MINOR|Maj|Min|m(?=\W|$))(?![A-Za-z0-9'])"
)
_KEY_ALONE = re.compile(
    r"\b(?:[Kk]ey(?:\s+(?:of|is))?\s*[:=]?\s*|in (?:the key of )?)(?P<letter>[A-G]|(?<=of )[a-g]|(?<=: )[a-g])(?P<sign>#|♯|b|♭|[ -]sharp|[ -]flat)?"
    r"(?=\s*(?:$|[,.;!?\n，。]|with\b|at\b|and\b|please\b|for\b|about\b))"
)
_KEY_ZH = re.compile(
    r"(?P<sign>降|升)?(?P<letter>[A-Ga-g])(?P<after>#|b|♯|♭)?\s?(?P<mode>大调|小调|大|小|调)(?![一-鿿]?(?:提琴|号|鼓))"
)
_KEY_FOLLOWERS = re.compile(
    r"\s*(?:$|[^\w\s]|\d|(?:with|at|key|and|about|for|scale|please|in|on|or|song|ballad|tune|waltz|piece|track|chord|"
    r"piano|guitar|jazz|folk|pop|rock|blues|lofi|lo-fi|nocturne|theme|melody|sonata|synth|tempo|vocals?|female|male|slow|fast|no|but|that)\b|[一-鿿])"
)
_METRE = re.compile(r"(?<![\d/.])(?P<count>[2-9]|12)\s?/\s?(?P<unit>4|8)(?![\d/])(?:\s?(?:拍子?|time))?")
_DATE_BEFORE = re.compile(r"(?:\bon|\bsince|\bof|日期|号)\s*$")


def measures(message: Message, *, bare_tempo: bool) -> list[Hit]:
    """Return the hits of ``tempo_bpm``, ``duration_s``, ``key`` and ``time_signature``.

    ``bare_tempo`` lets a number alone between commas (40-220) be a tempo.
    """
    hits: list[Hit] = []
    readers = [_keys(message), _metres(message), _tempos(message), _durations(message)]
    if bare_tempo:
        readers.append(_bare_tempos(message))
    for reader in readers:
        for hit in reader:
            if all(hit.end <= other.start or hit.start >= other.end for other in hits):
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _tempos(message: Message) -> Iterator[Hit]:
    for m in _TEMPO.finditer(message.folded):
        if (m["low"] or "") and HAN_CHARACTER.match(m["low"]) and not set(m["low"]) & {"十", "百"}:
            continue
        low = number(m["low"] or m["low2"])
        upper = m["high"] or m["high2"]
        high = number(upper) if upper else low
        if SLOWEST <= low <= high <= FASTEST:
            yield Hit(m.start(), m.end(), "tempo_bpm", (plain(low), plain(high)) if high > low else plain(low))


def _bare_tempos(message: Message) -> Iterator[Hit]:
    for m in _BARE_TEMPO.finditer(message.folded):
        value = int(m["low"])
        if 50 <= value <= 220:
            yield Hit(m.start("low"), m.end(), "tempo_bpm", value)


def _durations(message: Message) -> Iterator[Hit]:
    folded = message.folded
    for m in _DURATION.finditer(folded):
        before, after = folded[max(0, m.start() - 24) : m.start()], folded[m.end() : m.end() + 16]
        if m.group() == "808s" or _is_decade(m, before, after) or _NOT_LENGTH_AFTER.match(after):
            continue
        if _NOT_LENGTH_BEFORE.search(before) and not _APPROXIMATELY.search(before):
            continue
        seconds = _seconds(m)
        slot = "longer" if _LONGER.match(after) else "duration_s"
        if 0 < seconds <= LONGEST_S and not (m["m1"] in {"a", "an"} and not _means_a_minute(before, after)):
            yield Hit(m.start(), m.end(), slot, plain(round(seconds, 1)))


def _seconds(m: re.Match[str]) -> float:
    if m["minute"]:
        return 90
    if m["half"]:
        return 30
    if m["couple"]:
        return 120
    if m["clock_m"]:
        return int(m["clock_m"]) * 60 + int(m["clock_s"])
    if m["h1"]:
        return 1800 if m["h1"] == "half an" else 3600 * number(m["h1"])
    minutes, seconds = m["m1"] or m["zm"], m["s1"] or m["zs"]
    if minutes:
        upper = m["m2"] or m["zm2"]
        value = number(minutes) if not upper else (number(minutes) + number(upper)) / 2
        value += 0.5 if m["half1"] or m["zhalf"] or m["zhalf2"] else 0
        rest = m["s0"] or m["zs0"]
        return value * 60 + (number(rest) if rest else 0)
    upper = m["s2"] or m["zs2"]
    return number(seconds) if not upper else (number(seconds) + number(upper)) / 2


def _is_decade(m: re.Match[str], before: str, after: str) -> bool:
    """80s is ten years, not eighty seconds, unless it stands where only a length can."""
    if (
        m["s_unit"] != "s"
        or not m["s1"]
        or not m["s1"].isdigit()
        or m["s1"] not in {"20", "50", "60", "70", "80", "90"}
    ):
        return False
    if "-" in m.group() or " " in m.group():
        return False
    return bool(_DECADE.search(before)) or not (_DECADE_LENGTH.match(after) or _APPROXIMATELY.search(before))


def _means_a_minute(before: str, after: str) -> bool:
    return bool(
        re.match(r"\s*(?:long|song|track|tune|version|max|or so|at most|tops|piece|loop)\b|\s*(?:[,.;!]|$)", after)
        and not re.search(r"\b(?:wait|give me|take|got|in|need)\s*$", before)
    )


def _keys(message: Message) -> Iterator[Hit]:
    text = message.text
    for m in _KEY.finditer(text):
        if _is_key(m, text):
            mode = "minor" if m["mode"].lower() in {"minor", "min", "m"} else "major"
            yield Hit(m.start(), m.end(), "key", _key_name(m["letter"], m["sign"], mode))
    for m in _KEY_ALONE.finditer(text):
        yield Hit(m.start(), m.end(), "key", _key_name(m["letter"], m["sign"], "major"))
    for m in _KEY_ZH.finditer(text if len(text) == len(message.folded) else message.folded):
        if m["mode"] in {"大", "小"}:
            continue
        mode = "minor" if m["mode"] == "小调" else "major"
        yield Hit(m.start(), m.end(), "key", _key_name(m["letter"], m["sign"] or m["after"], mode))


def _is_key(m: re.Match[str], text: str) -> bool:
    short = m["mode"] == "m"
    if short:
        if m["letter"].islower():
            return bool(m["sign"]) and m["sign"] in "#♯♭"
        named = re.search(r"(?:[Kk]ey[\s:=of]*|\b[Ii]n |[,，;\n]\s*)$", text[max(0, m.start() - 12) : m.start()])
        return bool(named or m["sign"] or m["letter"] not in "A" or m.end() == len(text))
    return m["letter"] not in "Aa" or bool(m["sign"]) or bool(_KEY_FOLLOWERS.match(text, m.end()))


def _key_name(letter: str, sign: str | None, mode: str) -> str:
    mark = (sign or "").strip(" -").lower()
    return letter.upper() + {"": "", "#": "#", "♯": "#", "sharp": "#", "升": "#"}.get(mark, "b") + f" {mode}"


def _metres(message: Message) -> Iterator[Hit]:
    for m in _METRE.finditer(message.folded):
        if not _DATE_BEFORE.search(message.folded[max(0, m.start() - 8) : m.start()]):
            yield Hit(m.start(), m.end(), "time_signature", f"{m['count']}/{m['unit']}")
