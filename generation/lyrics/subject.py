"""What a song is about, as words that fit into a line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pypinyin import lazy_pinyin

from generation.lyrics.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Part:
    """One noun of a possessive chain with its adjectives: (my grandmother)'s (old tea garden)."""

    noun: str
    adjectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A request's subject in one language. A field is empty where the request does not fill it."""

    phrase: str = ""
    """Noun phrase with its determiner, third person singular: ``the lighthouse keeper's cat``."""
    word: str = ""
    """The bare head noun: ``cat``, ``tea garden``."""
    kind: str = "anything"
    """person, animal, place, thing, event, feeling or anything."""
    person: str = ""
    place: str = ""
    parts: tuple[Part, ...] = ()
    """The phrase taken apart, owner first, for translation."""
    mine: bool = False


def _mandarin(part: Part) -> str:
    lex = lexicon()
    noun = lex.nouns.get(part.noun) or lex.places.get(part.noun, "")
    known = [lex.adjectives[word] for word in part.adjectives if word in lex.adjectives]
    return "".join(known) + noun if noun else ""


def to_mandarin(subject: Subject) -> Subject:
    """Translate by the lexicon; what it does not hold stays empty."""
    lex = lexicon()
    said = [_mandarin(part) for part in subject.parts]
    phrase = "的".join(word for word in said if word) if said and said[-1] else ""
    if phrase and subject.mine and lex.kind.get(subject.parts[0].noun) != "person":
        phrase = ("我" if "的" in phrase else "我的") + phrase
    person = subject.person.lower()
    return replace(
        subject,
        phrase=phrase,
        word=lex.nouns.get(subject.word, ""),
        person={"mama": "妈妈", "papa": "爸爸"}.get(person, lex.nouns.get(person, "")),
        place=lex.places.get(subject.place, ""),
    )


def _romanised(name: str) -> str:
    return "".join(lazy_pinyin(name)).capitalize()


def to_english(subject: Subject, kin: frozenset[str], address: dict[str, str]) -> Subject:
    """Translate by the lexicon; names of people are written in Pinyin, other unknown words stay empty.

    ``kin`` are the family nouns that take "my"; ``address`` is what they are called to their face.
    """
    lex = lexicon()
    head = lex.nouns_back.get(subject.word, "")
    phrase = ""
    if head and subject.parts:
        words: list[str] = []
        for part in subject.parts:
            noun = lex.nouns_back.get(part.noun, "")
            known = [lex.adjectives_back[word] for word in part.adjectives if word in lex.adjectives_back]
            owner = part is not subject.parts[-1]
            if owner and (not noun or lex.kind.get(noun) not in ("person", "animal")):
                continue
            words += [*known, f"{noun}'s" if owner else noun or head]
        first = lex.nouns_back.get(subject.parts[0].noun, "")
        bare = subject.kind == "feeling" and len(words) == 1
        phrase = " ".join(words) if bare else f"{'my' if subject.mine or first in kin else 'the'} {' '.join(words)}"
    relative = lex.nouns_back.get(subject.person, "")
    person = address.get(relative, "") if relative else _romanised(subject.person) if subject.person else ""
    place = lex.places_back.get(subject.place, "")
    if not phrase and subject.phrase == subject.place:
        phrase = place
    return replace(subject, phrase=phrase, word=head, person=person, place=place)
