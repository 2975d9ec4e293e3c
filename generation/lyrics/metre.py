"""How many syllables a line has and where its stresses fall.

English pronunciations come from the dictionaries that the ``misaki`` package ships (``us_gold.json`` and
``us_silver.json``, Apache-2.0, https://github.com/hexgrad/misaki): IPA with one letter a diphthong (``A`` = eɪ,
``I`` = aɪ, ``O`` = oʊ, ``W`` = aʊ, ``Y`` = ɔɪ), ``ˈ`` before a primary and ``ˌ`` before a secondary stress.
Only the data files are opened: importing the package's English module would pull in spaCy. A Chinese line has
one syllable a character. The singer's own ``syllabify`` decides what is sung; these figures only shape words.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from generation.errors import MissingPart

VOWELS = frozenset("æɑəɛɜiɪɔuʊʌᵊᵻAIOWY")
_STRESS_MARKS = {"ˈ": 2, "ˌ": 1}
_SIBILANTS = tuple("szʃʒʧʤ")
_VOICELESS = tuple("ptkfθ")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_HAN = re.compile(r"[㐀-鿿]")


@cache
def _dictionary() -> dict[str, str]:
    """Word -> pronunciation; where a word has several, the one without a grammatical label."""
    spec = find_spec("misaki")
    if spec is None or not spec.submodule_search_locations:
        raise MissingPart("The English pronouncing dictionary is missing.", "缺少英语发音词典。")
    data = Path(spec.submodule_search_locations[0]) / "data"
    words: dict[str, str] = {}
    for name in ("us_silver.json", "us_gold.json"):
        for word, sound in json.loads((data / name).read_text(encoding="utf-8")).items():
            plain = sound["DEFAULT"] if isinstance(sound, dict) else sound
            if plain:
                words[word] = plain
    # The articles and "to" are listed in their emphatic form, which nobody sings.
    return words | {"a": "ə", "the": "ðə", "to": "tə"}


def _inflected(word: str) -> str | None:
    """Pronounce a regular plural, possessive, past or -ing form from its base word."""
    words = _dictionary()
    if word.endswith(("'s", "s'")):
        word = word[:-2] + "s"
    for ending, bases in (
        ("s", (word[:-1], word[:-2] if word.endswith("es") else "", word[:-3] + "y" if word.endswith("ies") else "")),
        ("ed", (word[:-2], word[:-1], word[:-3] if word[-4:-3] == word[-3:-2] else "")),
        ("ing", (word[:-3], word[:-3] + "e", word[:-4] if word[-5:-4] == word[-4:-3] else "")),
    ):
        if not word.endswith(ending):
            continue
        base = next((words[stem] for stem in bases if stem in words), None)
        if base is None:
            continue
        if ending == "ing":
            return base + "ɪŋ"
        if ending == "s":
            return base + ("ᵻz" if base.endswith(_SIBILANTS) else "s" if base.endswith(_VOICELESS) else "z")
        return base + (
            "ᵻd" if base.endswith(("t", "d")) else "t" if base.endswith((*_VOICELESS, "s", "ʃ", "ʧ")) else "d"
        )
    return None


@cache
def pronunciation(word: str) -> str | None:
    """Return the IPA of an English word (any case), or None where neither it nor its base form is listed."""
    words = _dictionary()
    plain = word.lower().replace("’", "'")
    for form in (plain, word, plain.capitalize()):
        if form in words:
            return words[form]
    return _inflected(plain)


def listed(word: str) -> bool:
    """Say whether the dictionary lists a word just as it is written, so ``london`` is not but ``London`` is."""
    return word in _dictionary()


def words_of(line: str) -> tuple[str, ...]:
    """Return the English words of a line, without punctuation."""
    return tuple(_WORD.findall(line))


@lru_cache(maxsize=20_000)  # the lines of both banks, weighed anew for every song
def stresses(line: str) -> tuple[int, ...]:
    """Return one number a syllable of an English line: 0 none, 1 secondary, 2 primary stress.

    A word the dictionary does not know counts one syllable a vowel group (a silent final e apart), the first stressed.
    """
    found: list[int] = []
    for word in words_of(line):
        sound = pronunciation(word)
        if sound is None:
            groups = max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e$", "", word.lower()))))
            found += [2] + [0] * (groups - 1)
            continue
        stress = 0
        for letter in sound:
            if letter in _STRESS_MARKS:
                stress = _STRESS_MARKS[letter]
            elif letter in VOWELS:
                found.append(stress)
                stress = 0
    return tuple(found)


def syllables(line: str, language: str) -> int:
    """Return the number of syllables of a line in ``en`` or ``zh`` (Latin words in a Chinese line count too)."""
    han = len(_HAN.findall(line)) if language == "zh" else 0
    return han + len(stresses(line))
