"""Numbers as people write them: 90, ninety, one hundred and twenty, 一百二十, 九十."""

from __future__ import annotations

import re

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ENGLISH = (
    {word: value for value, word in enumerate([*_UNITS, *_TEENS])}
    | {word: 20 + 10 * place for place, word in enumerate(_TENS)}
    | {"a": 1, "an": 1, "fourty": 40, "ninty": 90}
)
_WORD = "|".join(sorted([*_ENGLISH, "hundred", "half"], key=len, reverse=True))
_HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}

ENGLISH = rf"(?:\b(?:{_WORD})(?:[ -](?:and )?(?:{_WORD})){{0,4}}\b)"
"""Pattern of a number in English words, on lower-case text."""
HAN = "(?:[零〇一二两三四五六七八九十百]{1,6}|半)"
"""Pattern of a number in Chinese characters."""
DIGITS = r"(?:\d{1,4}(?:\.\d{1,2})?)"
ANY = f"(?:{DIGITS}|{ENGLISH}|{HAN})"


def number(text: str) -> float:
    """Return the value of a text that one of the patterns matched; a whole number where it is one.

    "one twenty" is 120, as people say a tempo; "two and a half" is 2.5.
    """
    text = text.strip()
    if text[0].isdigit():
        return float(text)
    return _english(text) if text[0].isascii() else _chinese(text)


def plain(value: float) -> float:
    """Return an ``int`` where ``value`` is whole."""
    return int(value) if value == int(value) else value


def _english(text: str) -> float:
    total = 0.0
    words = [word for word in re.split(r"[ -]+", text) if word != "and"]
    for place, word in enumerate(words):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word == "half":
            total = total - 1 + 0.5 if place and words[place - 1] == "a" else total + 0.5
        elif word in _TENS and 0 < total < 10:
            total = total * 100 + _ENGLISH[word]
        else:
            total += _ENGLISH[word]
    return total


def _chinese(text: str) -> float:
    if text == "半":
        return 0.5
    if not set(text) & {"十", "百"}:
        return float("".join(str(_HAN_DIGITS[character]) for character in text))
    total, digit, last_unit = 0, 0, 0
    for character in text:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
            if digit == 0:
                last_unit = 0
        else:
            last_unit = 100 if character == "百" else 10
            total += max(digit, 1) * last_unit
            digit = 0
    return float(total + (digit * 10 if last_unit == 100 else digit))
