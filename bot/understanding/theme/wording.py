"""Tells words that can be sung about from grammar, from the description of sound, and from talk to the bot."""

from __future__ import annotations

import re
from functools import cache

from bot.understanding.lexicon import tokens, word_lexicon
from bot.understanding.message import HAN, Message
from bot.understanding.words import read_words

_SUFFIX = re.compile("(?:风格?|感|系|曲|调调?|版|味儿?)的?$")


def asks(text: str) -> bool:
    return bool(word_lexicon("asks").find(Message(text, text)))


def has_content(text: str) -> bool:
    """True where something is left besides grammar and the description of sound."""
    if not HAN.search(text):
        return bool(content_words(text))
    return _han_content(text) and _han_content(_SUFFIX.sub("", text))


def _han_content(text: str) -> bool:
    at, style = 0, word_lexicon("style")
    for hit in style.find(Message(text, text)):
        if re.search(r"[\u3400-\u9fff]", text[at : hit.start]):
            return True
        at = max(at, hit.end)
    return bool(re.search(r"[\u3400-\u9fff]", text[at:]))


def content_words(text: str) -> list[str]:
    idle = idle_words()
    taken = [(hit.start, hit.end) for hit in word_lexicon("style").find(Message(text, text))]
    return [
        word.text
        for word in tokens(text)
        if word.text not in idle
        and not word.text.isdigit()
        and len(word.text) > 2
        and not any(a <= word.start < b for a, b in taken)
    ]


@cache
def uses() -> frozenset[str]:
    return frozenset(read_words("zh/context")["uses"])


@cache
def idle_words() -> frozenset[str]:
    context = read_words("en/context")
    return frozenset(context["stop"]) | frozenset(context["style"])


PERSON = re.compile(r"(?:i'm|im|ive|my|our|his|her|we|i|he|she|they|grandma|grandpa|mom|dad)\b(?!'d)")
"""How a sentence about somebody's life begins."""


@cache
def use_words() -> frozenset[str]:
    """Return the single words of English uses: "stream", "podcast", "study"."""
    return frozenset(word.text for phrase in read_words("en/context")["uses"] for word in tokens(phrase))
