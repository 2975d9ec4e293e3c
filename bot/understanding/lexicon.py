"""Finds the words of every slot in a message: the longest phrase at each place, in time linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.message import HAN, Message
from bot.understanding.parts import Part
from bot.understanding.words import read_words

SLOTS = ("genre", "mood", "instruments", "vocals", "tempo_word", "purpose", "section")
LANGUAGES = ("en", "zh")
_TOKEN = re.compile(r"[a-z0-9\u00df-\u024f]+(?:['&][a-z0-9\u00df-\u024f]+)*")
_GAP = re.compile(r"[ \-\u2010-\u2013&/+]{1,3}")
_FUZZY_FROM = 5
_LONG_WORD = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the message that fills a slot, or (``idiom``, ``head``, ``unnamed``) helps to read its neighbours."""

    start: int
    end: int
    slot: str
    value: str | float | tuple[float, float]


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int


def tokens(folded: str) -> list[Token]:
    """Split the Latin part of a folded text into words."""
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(folded)]


class Lexicon:
    """Phrases and what each fills. Latin phrases match whole words, typos included; Han phrases match anywhere."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]], *, forgiving: bool = False) -> None:
        self._latin: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._han: dict[str, list[tuple[str, str]]] = {}
        for phrase, slot, value in phrases:
            if HAN.search(phrase):
                self._han.setdefault(phrase, []).append((slot, value))
            else:
                key = tuple(token.text for token in tokens(phrase.lower()))
                self._latin.setdefault(key, []).append((slot, value))
        self._han_openings = {phrase[0] for phrase in self._han}
        self._longest_latin = max(map(len, self._latin), default=0)
        self._longest_han = max(map(len, self._han), default=0)
        words = {word for key in self._latin for word in key}
        self._known = words | set(read_words("en/near")["words"])
        self._targets = sorted(word for word in words if len(word) >= _FUZZY_FROM) if forgiving else []
        self.spell = lru_cache(maxsize=4096)(self._spell)

    def find(self, message: Message) -> list[Hit]:
        """Return the hits in order; none overlaps another, but one phrase may fill two slots."""
        return sorted([*self._find_latin(message.folded), *self._find_han(message.folded)], key=lambda hit: hit.start)

    def _find_latin(self, folded: str) -> Iterator[Hit]:
        found = tokens(folded)
        words = [self.spell(token.text) for token in found]
        at = 0
        while at < len(found):
            length = self._longest_at(folded, found, words, at)
            if length:
                for slot, value in self._latin[tuple(words[at : at + length])]:
                    yield Hit(found[at].start, found[at + length - 1].end, slot, value)
            at += length or 1

    def _longest_at(self, folded: str, found: Sequence[Token], words: Sequence[str], at: int) -> int:
        longest, reach = 0, 1
        while at + reach <= len(found) and reach <= self._longest_latin:
            if tuple(words[at : at + reach]) in self._latin:
                longest = reach
            if at + reach == len(found) or not _GAP.fullmatch(
                folded, found[at + reach - 1].end, found[at + reach].start
            ):
                break
            reach += 1
        return longest

    def _find_han(self, folded: str) -> Iterator[Hit]:
        at = 0
        while at < len(folded):
            length = 0
            if folded[at] in self._han_openings:
                for reach in range(min(self._longest_han, len(folded) - at), 0, -1):
                    if folded[at : at + reach] in self._han:
                        length = reach
                        break
            if length:
                for slot, value in self._han[folded[at : at + length]]:
                    yield Hit(at, at + length, slot, value)
            at += length or 1

    def _spell(self, word: str) -> str:
        if len(word) < _FUZZY_FROM or len(word) > 16 or word in self._known or not self._targets:
            return word
        allowed = 2 if len(word) >= _LONG_WORD else 1
        near = process.extractOne(word, self._targets, scorer=OSA.distance, score_cutoff=allowed)
        return near[0] if near and near[0][0] == word[0] else word


def _slot_phrases() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for slot in SLOTS:
            for value, phrases in read_words(f"{language}/{slot}").items():
                for phrase in phrases:
                    yield phrase, slot, value
                    if slot == "mood" and language == "zh" and len(phrase) == 2:
                        yield _doubled(phrase), slot, value
        yield from _language_phrases(language)
        context = read_words(f"{language}/context")
        for slot, key in (("idiom", "idioms"), ("head", "heads"), ("unnamed", "unnamed")):
            for phrase in context[key]:
                yield phrase, slot, phrase
    for value, phrases in read_words("metre").items():
        for phrase in phrases:
            yield phrase, "time_signature", value


def _doubled(phrase: str) -> str:
    """Return the lively form of a Chinese adjective: 安静 -> 安安静静."""
    return "".join(character * 2 for character in phrase)


def _language_phrases(language: str) -> Iterator[tuple[str, str, str]]:
    words = read_words(f"{language}/language")
    for code, spoken in words["phrases"].items():
        for phrase in spoken:
            yield phrase, "language", code
    for code, names in read_words("languages").items():
        for name in names[language]:
            for pattern in words["patterns"]:
                yield pattern.format(name), "language", code


def standing_alone(folded: str, pieces: Iterable[Part]) -> list[Hit]:
    """Return the hits of words that count only as a whole part: "tempo: 慢", ", mandarin,"."""
    alone = _alone()
    return [
        Hit(piece.start, piece.end, *alone[word])
        for piece in pieces
        if (word := folded[piece.start : piece.end]) in alone
    ]


@cache
def _alone() -> Mapping[str, tuple[str, str]]:
    listed = read_words("alone")
    names = {
        name.lower(): ("language", code) for code, names in read_words("languages").items() for name in names["en"]
    }
    return names | {
        word: (slot, value) for slot, table in listed.items() for value, words in table.items() for word in words
    }


@cache
def slot_lexicon() -> Lexicon:
    """Return the lexicon of all slots in both languages."""
    return Lexicon(_slot_phrases(), forgiving=True)


@cache
def word_lexicon(key: str) -> Lexicon:
    """Return the lexicon of one list of ``context.toml`` (``style``, ``subjects``, ``asks``, ``uses``, ...)."""
    return Lexicon(
        (phrase, key, phrase) for language in LANGUAGES for phrase in read_words(f"{language}/context").get(key, ())
    )
