"""Choosing among the couplets of the bank: what fits the song, the section and the lines already there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp

import numpy as np

from generation.lyrics.metre import pronunciation, syllables
from generation.lyrics.mood import mood_fit
from generation.lyrics.topic import Source, Topic
from generation.lyrics.versebook import Entry, Theme

_ROOM = 10
"""Syllables a line carries with ease; every further one makes a line with a long slot less likely."""
_STAND_IN = 0.1
"""A stand-in of the very mood comes after the theme's own words of a neighbouring one, and before all others."""
# A slot may repeat the word beside it: "the the", "the my", 毕业那天那一天.
_STUTTER = re.compile(
    r"(?i)\b(?:the|a|an|my|your) (?:the|a|an|my|your|our|his|her|their|this)\b|天那一天|的的|在在|这这|那那"
)
_VOWELS = "æɑəɛɜiɪɔuʊʌᵊᵻAIOWY"


@dataclass(frozen=True, slots=True)
class Couplet:
    """An entry with its slots filled, as it would be sung in this song."""

    entry: Entry
    lines: tuple[str, ...]
    title: str
    names: frozenset[str]
    """What it says by name: place, person, subject (the whole phrase) or word (the bare noun)."""
    mood_fit: float
    """How well its mood suits the one asked for, 0 to 1."""
    weight: float
    """How well it suits the request, its mood included, before the other lines are looked at."""
    length: float
    """Mean syllables a line."""
    words: frozenset[str]
    """What its images are made of: longer words, or pairs of characters."""
    ends: frozenset[str]
    """The last words of its lines."""


def _with_article(line: str, subject: str, word: str) -> str:
    """Let the bare word keep the subject's own article: no "the insomnia", and "my cat" stays "my cat"."""
    owner = re.match(r"(?:my|our|your|his|her|their) (?!.*'s )", subject)
    if subject != word and not owner:
        return line
    return re.sub(r"(?i)\b(?:the|that|this|a) (?=\{word\})", owner.group() if owner else "", line)


def _filled(line: str, slots: Mapping[str, str], language: str) -> str:
    """Put the slots in; in English settle a/an before them and the capital at the line's start."""
    if slots.get("word") and slots.get("subject"):
        line = _with_article(line, slots["subject"], slots["word"])
    if language == "zh" and slots.get("word") == slots.get("person"):
        # A mother is not 那个妈妈.
        line = re.sub(r"[这那]个?(?=\{word\})", "", line)
    text = re.sub(r"\{([a-z]+)\}", lambda slot: slots[slot.group(1)], line)
    if language == "zh":
        return text
    if "{" in line:

        def article(found: re.Match[str]) -> str:
            sound = (pronunciation(found[2]) or found[2]).lstrip("ˈˌ")
            return f"{found[1]}{'n' if sound[0] in _VOWELS else ''} {found[2]}"

        text = re.sub(r"\b([Aa])n? ([A-Za-z]+)", article, text)
    return text[:1].upper() + text[1:]


def _images(lines: Iterable[str], language: str) -> frozenset[str]:
    text = " ".join(lines).lower()
    if language == "zh":
        return frozenset(a + b for a, b in pairwise(text) if a > "㐀" and b > "㐀")
    return frozenset(word for word in re.findall(r"[a-z']+", text) if len(word) > 3)


def _says(lines: Sequence[str], words: Iterable[str], language: str) -> bool:
    text = " ".join(lines).lower()
    if language == "zh":
        return any(word in text for word in words if not word.isascii())
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words if word.isascii())


def _couplet(entry: Entry, source: Source, topic: Topic, moods: Sequence[str], language: str) -> Couplet | None:
    if not entry.slots <= source.slots.keys():
        return None
    if (entry.kind == "chorus" and not source.hooks) or (source.naming_only and not entry.slots & source.naming_only):
        return None
    plain = [re.sub(r"\{[a-z]+\}", "", line) for line in entry.lines]
    if _says(plain, topic.excluded, language):
        return None
    lines = tuple(_filled(line, source.slots, language) for line in entry.lines)
    if any(_STUTTER.search(line) for line in lines):
        return None
    # Where the generic themes are used for a place or person alone, their subject slot says that name.
    names = set(source.naming_only - {"subject", "word"}) or set(entry.slots)
    if topic.word and _says(plain, [topic.word], language):
        names.add("word")
    lengths = [syllables(line, language) for line in lines]
    fit = mood_fit(entry.moods, moods) * (_STAND_IN if source.stand_in else 1.0)
    # A line that bursts its bar, and lines of unequal length, are the singer's trouble.
    shape = 0.4 ** max(0, max(lengths) - _ROOM) * 0.5 ** max(0, max(lengths) - min(lengths) - 2)
    ends = frozenset(re.findall(r"[A-Za-z']+|[㐀-鿿]", line)[-1].lower() for line in lines)
    return Couplet(
        entry,
        lines,
        _filled(entry.title, source.slots, language),
        frozenset(names),
        fit,
        source.weight * fit * shape,
        sum(lengths) / len(lengths),
        _images(plain, language),
        ends,
    )


def couplets(
    topic: Topic, bank: Mapping[str, Theme], kinds: Mapping[str, float], moods: Sequence[str], language: str
) -> list[Couplet]:
    """Return every entry of the topic's themes that this song can sing.

    ``kinds`` weighs the kinds of entry that may fill a section: a bridge may also be made of a verse couplet.
    """
    return [
        replace(couplet, weight=couplet.weight * kinds[entry.kind])
        for source in topic.sources
        for entry in bank[source.theme].entries
        if entry.kind in kinds and (couplet := _couplet(entry, source, topic, moods, language)) is not None
    ]


def elsewhere(topic: Topic, bank: Mapping[str, Theme], moods: Sequence[str], language: str) -> list[Couplet]:
    """Return the verse couplets of all other themes: for a form longer than the topic has lines for."""
    own = {source.theme for source in topic.sources}
    others = [Source(theme.id, 1.0) for theme in bank.values() if theme.id not in own and not theme.generic]
    return couplets(replace(topic, sources=tuple(others), word=""), bank, {"verse": 1.0}, moods, language)


def draw(
    choices: Sequence[Couplet],
    said: Sequence[Couplet],
    length: float | None,
    wish: Callable[[Couplet], float],
    generator: np.random.Generator,
) -> Couplet | None:
    """Draw one couplet, likelier the better it fits; None where nothing is left.

    ``said`` are the couplets the song has already: their lines do not return, and their rhyme words and images
    count against a newcomer. ``length`` is the syllables a line the section has so far; ``wish`` multiplies
    the weight of what the song asks for at this place. The draw is a weighted race (key u^(1/w), Efraimidis and
    Spirakis, "Weighted random sampling with a reservoir", 2006).
    """
    lines = {line for couplet in said for line in couplet.lines}
    ends = {end for couplet in said for end in couplet.ends}
    images = {word for couplet in said for word in couplet.words}
    luck = generator.random(len(choices))
    best = -np.inf
    winner: Couplet | None = None
    for couplet, u in zip(choices, luck, strict=True):
        if lines & set(couplet.lines):
            continue
        weight = couplet.weight * 0.1 ** len(ends & couplet.ends) * 0.7 ** len(images & couplet.words)
        if length is not None:
            weight *= exp(-((couplet.length - length) ** 2) / 2)
        key = np.log(u) / max(weight * wish(couplet), 1e-12)
        if key > best:
            best, winner = key, couplet
    return winner
