"""The expressions of ``words/*/changes.toml``, with numbers, ordinals and section names filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bot.understanding.lexicon import LANGUAGES
from bot.understanding.numerals import ANY, DIGITS, HAN, number
from bot.understanding.words import read_words

_OPEN, _CLOSE = "\"“「『《'", "\"”」』》'"
_WORDED = {
    "en": rf"(?:[{_OPEN}][^{_OPEN}{_CLOSE}\n]{{1,60}}(?:'[a-z]{{1,2}}\b[^{_OPEN}{_CLOSE}\n]{{0,40}})?[{_CLOSE}]"
    r"|[^\s,.;:!?\"“”]{1,30}(?: [^\s,.;:!?\"“”]{1,30}){0,3}?)",
    "zh": rf"(?:[{_OPEN}][^{_OPEN}{_CLOSE}\n]{{1,40}}[{_CLOSE}]|[\w·]{{1,10}}?)",
}
_END = {
    "en": r"(?=\s*(?:$|[,.;!?\n]|\b(?:and|please|pls|instead|in|everywhere|throughout|there|thanks|too)\b))",
    "zh": r"(?=\s*(?:$|[,，。.;；!！?？\n]|吧|就好|然后|并|再))",
}


@cache
def kinds(language: str) -> Mapping[str, str]:
    """Return the kinds of section by what people call them."""
    named = {name: kind for kind, names in read_words(f"{language}/section").items() for name in names}
    return named | ({"choruses": "chorus", "refrains": "chorus"} if language == "en" else {})


@cache
def languages() -> Mapping[str, str]:
    """Return the codes of languages by what people call them, in lower case."""
    named = read_words("languages").items()
    return {name.lower(): code for code, names in named for spoken in names.values() for name in spoken}


@cache
def expressions(language: str, table: str, key: str = "patterns") -> tuple[re.Pattern[str], ...]:
    """Return the compiled expressions of one entry, in order."""
    written = read_words(f"{language}/changes")[table][key]
    return tuple(re.compile(_filled(one, language)) for one in ([written] if isinstance(written, str) else written))


def matches(table: str, key: str, folded: str) -> bool:
    """Return whether an expression of either language is in ``folded``."""
    return any(one.search(folded) for language in LANGUAGES for one in expressions(language, table, key))


def ordinal(written: str) -> int:
    """Return the value of an ordinal or a number; negative ones count from the end. Raises ``ValueError``."""
    words = read_words("en/changes")["ordinals"] | read_words("zh/changes")["ordinals"]
    return int(words[written]) if written in words else int(number(written))


def _filled(expression: str, language: str) -> str:
    names = "|".join(re.escape(name) for name in sorted(kinds(language), key=len, reverse=True))
    ordinals = "|".join(sorted(read_words("en/changes")["ordinals"], key=len, reverse=True))
    numbers = ANY if language == "en" else f"(?:{DIGITS}|{HAN})"
    spoken = "|".join(re.escape(name) for name in sorted(languages(), key=len, reverse=True))
    filled = {
        "<L>": spoken,
        "<S>": names,
        "<O>": ordinals,
        "<N>": numbers,
        "<W>": _WORDED[language],
        "<END>": _END[language],
    }
    for mark, content in filled.items():
        expression = expression.replace(mark, content)
    return expression
