"""English: the words of a request, and which of them are names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generation.lyrics.lexicon import given_names, grammar, lexicon
from generation.lyrics.metre import listed, pronunciation

_TOKEN = re.compile(r"[A-Za-zÀ-ɏ0-9]+(?:[-'’][A-Za-zÀ-ɏ0-9]+)*['’]?")


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words of an English text with straight apostrophes."""
    return tuple(token.replace("’", "'") for token in _TOKEN.findall(text))


def singular(noun: str) -> str:
    """Return the singular of an English noun in lower case; what is no regular plural comes back unchanged."""
    words = grammar()
    if noun in words["plurals"]:
        return str(words["plurals"][noun])
    if len(noun) < 4 or not noun.endswith("s") or noun.endswith(("ss", "'s")) or noun in words["not_plurals"]["words"]:
        return noun
    forms = [noun[:-3] + "y"] if noun.endswith("ies") else []
    forms += [noun[:-2]] if noun.endswith(("ches", "shes", "xes", "sses", "zes")) else []
    return next((form for form in [*forms, noun[:-1]] if pronunciation(form) or form in lexicon().kind), noun)


def bare(token: str) -> str:
    """Return a word without its possessive ending."""
    return re.sub(r"('s|')$", "", token)


def owns(token: str) -> bool:
    """Say whether a word is a possessive: ``keeper's``, but not ``let's``."""
    return token.endswith(("'s", "s'")) and token.lower() not in ("let's", "it's", "what's", "there's", "he's", "she's")


def is_name(token: str) -> bool:
    """Say whether a word is a given name."""
    return bare(token).lower() in given_names()[0]


def settle_case(tokens: Sequence[str]) -> list[str]:
    """Return the words with those capitals lowered that mark a headline or a sentence's start."""
    spoken = [token for token in tokens if token[0].isalpha()]
    headline = len(spoken) > 2 and sum(token[0].isupper() for token in spoken) > 0.7 * len(spoken)
    settled = []
    for at, token in enumerate(tokens):
        plain = bare(token).lower()
        known = is_name(token) or bare(token).capitalize() in lexicon().places
        common = (listed(plain) or listed(singular(plain))) and not known
        if token == "I" or token.startswith("I'"):
            settled.append(token)
        elif (at == 0 or headline or token.isupper()) and common:
            settled.append(token.lower())
        else:
            settled.append(token.capitalize() if token.isupper() and len(token) > 4 else token)
    return settled


def proper(token: str) -> bool:
    """Say whether a word is written like a name; days and months are not."""
    return token[0].isupper() and bare(token).lower() not in grammar()["months"]


def find_place(tokens: list[str]) -> tuple[str, int, int]:
    """Return (name, start, stop) of the first place named, start including its preposition; ("", 0, 0) for none."""
    known = {tuple(name.lower().split()): name for name in lexicon().places}
    before = grammar()["place_prepositions"]
    for at in range(len(tokens)):
        led = at > 0 and tokens[at - 1].lower() in before
        for length in (3, 2, 1):
            words = tuple(bare(token).lower() for token in tokens[at : at + length])
            if (
                len(words) == length
                and words in known
                and (led or words[0] not in given_names()[1] or len(tokens) == 1)
            ):
                return known[words], at - led, at + length
        if (
            led
            and tokens[at - 1].lower() not in ("of", "to", "over")
            and proper(tokens[at])
            and not is_name(tokens[at])
        ):
            stop = at + 1
            while stop < len(tokens) and proper(tokens[stop]):
                stop += 1
            return " ".join(map(bare, tokens[at:stop])), at - 1, stop
    return "", 0, 0


def find_person(tokens: Sequence[str]) -> tuple[str, int]:
    """Return (name, index), or what a grandparent or parent is called with index -1, or ("", -1)."""
    words = grammar()
    introduced = {*words["kin"], "for", "to", "named", "called", "with", "my", "dear"}
    animals = {noun for noun, kind in lexicon().kind.items() if kind == "animal"}
    for at, token in enumerate(tokens):
        before = tokens[at - 1].lower() if at else ""
        name = bare(token)
        if proper(token) and (is_name(token) or before in introduced or before in animals) and before != "the":
            return name, at
        if is_name(token) and (before in introduced - {"my"} or len(tokens) == 1):
            return name.capitalize(), at
    for token in tokens:
        if bare(token).lower() in words["address"]:
            return str(words["address"][bare(token).lower()]), -1
    return "", -1
