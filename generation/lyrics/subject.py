"""What a song is about, as words that fit into a line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pypinyin import lazy_pinyin

from generation.lyrics.lexicon import grammar, lexicon


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
    deed: str = ""
    """What happens, where the request tells a deed instead of naming a thing: ``learning to swim``."""


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
        phrase = phrase if "的" in phrase else f"我的{phrase}"
    person = subject.person.lower()
    return replace(
        subject,
        phrase=phrase,
        word=lex.nouns.get(subject.word, ""),
        person={"mama": "妈妈", "papa": "爸爸"}.get(person, lex.nouns.get(person, "")),
        place=lex.places.get(subject.place, ""),
        deed="",
    )


def _romanised(name: str) -> str:
    """Write a Chinese name in Pinyin, the surname apart: 王小明 -> Wang Xiaoming."""
    spelled = lazy_pinyin(name)
    if len(name) == 3 and name[0] in grammar()["chinese"]["surnames"]:
        return f"{spelled[0].capitalize()} {''.join(spelled[1:]).capitalize()}"
    return "".join(spelled).capitalize()


def _english(subject: Subject) -> str:
    """Return the phrase in English, ``""`` where the lexicon does not hold its head."""
    lex, words = lexicon(), grammar()
    head = lex.nouns_back.get(subject.word, "")
    if not head:
        return ""
    said: list[str] = []
    named = False
    for part in subject.parts[:-1]:
        owner = _romanised(part.noun) if part.noun == subject.person else lex.nouns_back.get(part.noun, "")
        if owner and lex.kind.get(part.noun, "person") in ("person", "animal"):
            named |= not said and part.noun == subject.person and part.noun not in lex.kind
            said.append(f"{owner if part.noun not in lex.kind else lex.nouns_back[part.noun]}'s")
    adjectives = subject.parts[-1].adjectives if subject.parts else ()
    said += [lex.adjectives_back[word] for word in adjectives if word in lex.adjectives_back]
    bare = not said and (head in words["bare"] or (subject.kind == "feeling" and head not in words["counted"]))
    phrase = " ".join((*said, head))
    if bare or named:
        return phrase
    mine = subject.mine or (said[0].removesuffix("'s") if said else head) in words["kin"]
    return f"{'my' if mine else 'the'} {phrase}"


def to_english(subject: Subject) -> Subject:
    """Translate by the lexicon; names of people are written in Pinyin, other unknown words stay empty."""
    lex = lexicon()
    relative = lex.nouns_back.get(subject.person, "")
    address: dict[str, str] = grammar()["address"]
    person = address.get(relative, "") if relative else _romanised(subject.person) if subject.person else ""
    place = lex.places_back.get(subject.place, "")
    phrase = {subject.place: place, subject.person: person}.get(subject.phrase, "") if subject.phrase else ""
    word = person if subject.word == subject.person and not relative else lex.nouns_back.get(subject.word, "")
    return replace(subject, phrase=_english(subject) or phrase, word=word, person=person, place=place, deed="")
