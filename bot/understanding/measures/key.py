"""Keys: "A minor", "F#m", "in C", 降E大调; not "a minor setback"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.lexicon import Hit
from bot.understanding.message import Message

_LETTER = r"(?P<letter>[A-Ga-g])"
_SIGN = r"(?P<sign>#|♯|b(?![a-z])|b(?=m(?:in|aj)?(?:\W|$))|♭|[ -]?sharp|[ -]?flat)?"
_MODE = r"(?P<mode>major|minor|maj|min|Major|Minor|MAJOR|MINOR|Maj|Min|m(?=\W|$))"
_KEY = re.compile(rf"(?<![A-Za-z0-9'&]){_LETTER}{_SIGN}[ -]?{_MODE}(?![A-Za-z0-9'])")
_KEY_ALONE = re.compile(
    r"\b(?:[Kk]ey(?:\s+(?:of|is))?\s*[:=]?\s*|in (?:the key of )?)"
    r"(?P<letter>[A-G]|(?<=of )[a-g]|(?<=: )[a-g])(?P<sign>#|♯|b|♭|[ -]sharp|[ -]flat)?"
    r"(?=\s*(?:$|[,.;!?\n，。]|with\b|at\b|and\b|please\b|for\b|about\b))"
)
_KEY_ZH = re.compile(
    r"(?P<sign>降|升)?(?P<letter>[A-Ga-g])(?P<after>#|b|♯|♭)?\s?(?P<mode>大调|小调|大|小|调)(?![一-鿿]?(?:提琴|号|鼓))"
)
_KEY_FOLLOWERS = re.compile(
    r"\s*(?:$|[^\w\s]|\d|(?:with|at|key|and|about|for|scale|please|in|on|or|song|ballad|tune|waltz|piece|track|chord|"
    r"piano|guitar|jazz|folk|pop|rock|blues|lofi|lo-fi|nocturne|theme|melody|sonata|synth|tempo|vocals?|female|male|slow|fast|no|but|that)\b|[一-鿿])"
)


def keys(message: Message) -> Iterator[Hit]:
    """Yield ``key`` as tonic and mode, ``F# minor``. Capitals count: "in C" is a key, "in c" is not."""
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
