"""The one owner of syllables: a line in any mix of English and Mandarin to what is sung."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from generation.song import Syllable
from generation.voices.pronunciation_en import syllables_en
from generation.voices.pronunciation_zh import HAN, syllables_zh, write_numbers

_RUNS = re.compile(f"[{HAN}]+|[^{HAN}]+")
_HAN = re.compile(f"[{HAN}]")


@lru_cache(maxsize=4096)
def syllabify(text: str, language: str) -> tuple[Syllable, ...]:
    """Return the syllables of a line, one a sung note, in singing order.

    ``language`` (``en`` or ``zh``) decides how digits and signs are read; each word is read in the language it is
    written in. Never raises: emoji, punctuation and scripts without a reading here are passed over, so the result
    may be empty.
    """
    text = unicodedata.normalize("NFKC", text)
    if language == "zh":
        text = write_numbers(text)
    syllables: list[Syllable] = []
    for run in _RUNS.findall(text):
        syllables += syllables_zh(run) if _HAN.match(run) else syllables_en(run)
    return tuple(syllables)
