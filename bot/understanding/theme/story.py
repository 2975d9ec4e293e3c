"""Tells a part that is a story ("we met in the rain") from one that asks for something or describes the sound."""

from __future__ import annotations

import re

from bot.understanding.lexicon import word_lexicon
from bot.understanding.message import HAN, Message
from bot.understanding.parts import Part
from bot.understanding.theme.wording import asks, content_words, has_content, uses
from bot.understanding.words import frame

_NAMES_SOMEBODY = re.compile(r"\b(?:is|are|was|were|and|named|called)\s+[A-Z][a-z]+")
_HAPPENS_TO_US = re.compile(r"\b(?:we|we're|i|i'm|my|our|she|he|they|she's|he's|i've|we've|us)\b")
_USE_FRAME = re.compile("^(?:适合|用来|用于|拿来|方便|在)|(?:的时候|时候?)?(?:听|用|放|看|唱)?的?$")


def is_story(message: Message, piece: Part, *, framed: bool, goes_on: bool) -> bool:
    """``framed`` says that a theme is named elsewhere, ``goes_on`` that the part before in the sentence is a story."""
    text = message.folded[piece.start : piece.end]
    if asks(text) or any(frame(language, "resumes").match(text) for language in ("en", "zh")):
        return False
    if len(HAN.findall(text)) >= 2:
        return _is_han_story(text, framed=framed, goes_on=goes_on)
    if framed or (goes_on and len(text.split()) >= 3):
        names = _NAMES_SOMEBODY.search(message.text, piece.start, piece.end)
        return bool(names) or (len(text.split()) >= 3 and bool(_HAPPENS_TO_US.search(text)))
    words = content_words(text)
    return len(words) >= 2 or bool(words and word_lexicon("subjects").find(Message(text, text)))


def _is_han_story(text: str, *, framed: bool, goes_on: bool) -> bool:
    if _USE_FRAME.sub("", text) in uses() or not has_content(text):
        return False
    if frame("zh", "refuses_or_suits").match(text) or (frame("zh", "degree").match(text) and not goes_on):
        return False
    enough = 3 if text.startswith(("他", "她", "它")) else 4
    return len(HAN.findall(text)) >= (enough if framed else 2)
