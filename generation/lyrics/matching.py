"""Finding the themes of the bank in the words of a request."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.lyrics.lexicon import grammar, lexicon
from generation.lyrics.subject import Subject
from generation.lyrics.versebook import Theme
from generation.lyrics.words_en import singular, tokens_of

_HAN = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Match:
    """A theme of the bank found in a request. Positions are words in English, characters in Mandarin."""

    theme: str
    phrase: str
    at: int
    size: int
    names: bool
    """Whether the phrase names the theme, rather than leading to it."""


def language_of(text: str) -> str:
    """Return ``zh`` for a text with Chinese characters, else ``en``."""
    return "zh" if _HAN.search(text) else "en"


def _matches_en(text: str, bank: Mapping[str, Theme], language: str) -> list[Match]:
    tokens = [token.lower().removesuffix("'s").rstrip("'") for token in tokens_of(text)]
    # "who loves cats" is no love song.
    single = [token if token in grammar()["relatives"] else singular(token) for token in tokens]
    found: list[Match] = []
    for theme in bank.values():
        for phrase in (*theme.words[language], theme.id.replace("-", " "), *theme.leads[language]):
            words = phrase.lower().split()
            at_home = phrase in theme.words[language] or phrase not in theme.leads[language]
            for at in range(len(tokens) - len(words) + 1):
                # Only the last word of a phrase is inflected in a request: tea gardens, night shifts.
                head = (*tokens[at : at + len(words) - 1], single[at + len(words) - 1])
                if [*head] == words or tokens[at : at + len(words)] == words:
                    found.append(Match(theme.id, phrase, at, len(words), at_home))
    return found


def _matches_zh(text: str, bank: Mapping[str, Theme], language: str) -> list[Match]:
    return [
        Match(theme.id, phrase, hit.start(), len(phrase), phrase in theme.words[language])
        for theme in bank.values()
        for phrase in (*theme.words[language], *theme.leads[language])
        for hit in re.finditer(re.escape(phrase), text)
    ]


def themes_in(text: str, bank: Mapping[str, Theme], subject: Subject) -> list[Match]:
    """Return the themes that a request's text names or leads to, the longest phrases first.

    ``subject`` is what was read from the same text: its names are not searched for themes.
    """
    if language_of(text) == "en":
        return _longest(_matches_en(text, bank, "en"))
    return _longest([match for match in _matches_zh(text, bank, "zh") if not _inside_name(match, text, subject)])


def _longest(matches: Sequence[Match]) -> list[Match]:
    """Keep the longest matches that do not overlap; themes that share a phrase all stay."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (-match.size, not match.names, match.at, match.theme)):
        span = range(match.at, match.at + match.size)
        clash = any(
            span.start < other.at + other.size
            and other.at < span.stop
            and (other.at, other.size) != (match.at, match.size)
            for other in kept
        )
        if not clash and match.theme not in {other.theme for other in kept}:
            kept.append(match)
    return kept


def left_over(text: str, matches: Sequence[Match], subject: Subject) -> bool:
    """Say whether the request names something beyond the matched themes, its place and its person."""
    spared = {at for match in matches for at in range(match.at, match.at + match.size)}
    if subject.phrase and subject.kind != "feeling" and not all(match.names for match in matches):
        return True
    if language_of(text) == "zh":
        rest = "".join(" " if at in spared else letter for at, letter in enumerate(text))
        known = (*lexicon().adjectives_back, *(word.rstrip("的") for word in lexicon().adjectives_back))
        close = (*grammar()["chinese"]["kin"], *grammar()["chinese"]["partners"]) if subject.person else ()
        small = (subject.place, subject.person, *close, *known, *grammar()["chinese"]["particles"])
        for word in sorted((word for word in small if word), key=len, reverse=True):
            rest = rest.replace(word, " ")
        return bool(_HAN.search(rest))
    words = grammar()
    small_words = {
        *(
            word
            for name in ("determiners", "numbers", "pronouns", "clause_words", "prepositions")
            for word in words[name]
        ),
        *(word for name in ("relatives", "joiners", "time_adverbs", "lead_ins") for word in words[name]),
        *lexicon().adjectives,
        *f"{subject.place} {subject.person} of song story".lower().split(),
    }
    tokens = [token.lower().removesuffix("'s") for token in tokens_of(text)]
    return any(at not in spared and token not in small_words for at, token in enumerate(tokens))


def _inside_name(match: Match, text: str, subject: Subject) -> bool:
    """Say whether a match is part of a name: no sea in 上海, and 小雨 may be a daughter instead of the weather."""
    names = [subject.place, "" if subject.person in lexicon().kind else subject.person]
    return any(
        name and text.find(name) <= match.at < text.find(name) + len(name) and match.size <= len(name) for name in names
    )


def is_head(match: Match, subject: Subject, language: str) -> bool:
    """Say whether a theme was matched by the noun the request is about."""
    if language == "zh":
        return match.phrase in subject.word
    return bool(subject.word) and match.phrase.split()[-1] == subject.word.split()[-1]
