"""English: from the words of a request to a noun phrase that a line can carry.

No parser and no tagger: themes are short, so determiners, possessives, prepositions and a noun lexicon decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generation.lyrics.lexicon import grammar, lexicon
from generation.lyrics.metre import pronunciation, syllables
from generation.lyrics.subject import Part, Subject
from generation.lyrics.words_en import bare, find_person, find_place, owns, proper, settle_case, singular, tokens_of

_TITLE_DOT = re.compile(r"\b(Mr|Mrs|Ms|Dr|St)\.")
_BREAK = re.compile(r"[,;.!?—，。；]")
_LONGEST = 9
"""Syllables: a longer phrase fills a line and leaves no room to say anything about it."""

_LONGEST_TOLD = 7
"""The same for a phrase with a clause behind it."""


def _strip_lead_in(tokens: list[str]) -> list[str]:
    leads = sorted((lead.split() for lead in grammar()["lead_ins"]), key=len, reverse=True)
    again = True
    while again and tokens:
        again = False
        lower = [token.lower() for token in tokens]
        for lead in leads:
            if lower[: len(lead)] == lead and len(tokens) > len(lead):
                tokens, again = tokens[len(lead) :], True
                break
    return tokens


def _noun_kind(words: Sequence[str]) -> str:
    """Return the kind of the longest known noun that ends these words, ``""`` for none."""
    if words and words[-1].startswith("pair of "):
        return "thing"
    for start in range(max(0, len(words) - 3), len(words)):
        kind = lexicon().kind.get(" ".join(words[start:]))
        if kind:
            return kind
    return ""


def _guessed_kind(noun: str) -> str:
    if noun.endswith(("ness", "ity", "ism", "ship", "ment", "phobia")):
        return "feeling"
    if noun.endswith(("er", "or", "ist", "ian", "man", "woman")) and len(noun) > 4:
        return "person"
    return "anything"


def _cut(tokens: Sequence[str]) -> int:
    """Return where the noun phrase ends and what is said about it begins."""
    words = grammar()
    stops = {*words["prepositions"], *words["relatives"], *words["joiners"], *words["pronouns"], *words["time_adverbs"]}
    for at in range(1, len(tokens)):
        token = tokens[at].lower()
        before = tokens[at - 1].lower()
        modified = before in words["determiners"] or before in lexicon().adjectives or owns(before) or before == "of"
        if token in stops and not (modified and token in words["relatives"]):
            return at
        if token == "home" and _noun_kind([before]) in ("thing", "event"):
            return at
        compound = _noun_kind([token]) or " ".join([token, *tokens[at + 1 : at + 2]]) in lexicon().kind
        # "my robot learning to love", but "bass fishing".
        modified |= at == 1 and before not in words["determiners"] and not proper(tokens[0])
        # "My boyfriend snores": behind my somebody, an unknown plural is a verb.
        telling = at > 1 and tokens[at - 2].lower() in ("my", "our") and _noun_kind([before]) in ("person", "animal")
        if telling and re.search("[^s'r]s$", tokens[at]) and singular(token) not in lexicon().kind:
            return at
        if token.endswith("ing") and token not in words["not_deeds"] and not modified and not compound:
            return at
    return len(tokens)


def _is_adjective(token: str) -> bool:
    return token in lexicon().adjectives or (
        token.endswith(("ful", "less", "ous", "ish", "able", "ible", "est", "ed", "ly"))
        and not lexicon().kind.get(token)
    )


@dataclass(frozen=True, slots=True)
class _NounPhrase:
    determiner: str
    owners: tuple[str, ...]
    """Tokens up to and with the last possessive."""
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    """The head, in the singular, last; before it what it is compounded with."""
    name: str
    of: tuple[str, ...]
    plural: bool


def _noun_phrase(tokens: Sequence[str]) -> _NounPhrase | None:
    words = grammar()
    rest = list(tokens)
    determiner = ""
    plural = False
    while rest and (rest[0].lower() in (*words["determiners"], *words["numbers"]) or rest[0].isdigit()):
        first = rest.pop(0).lower()
        plural |= first in words["numbers"]
        determiner = {"these": "this", "those": "that"}.get(
            first, first if first in words["determiners"] else determiner
        )
    of: tuple[str, ...] = ()
    if "of" in rest[1:]:
        at = rest.index("of")
        rest, of = rest[:at], tuple(rest[at:])
    last_owner = max((at for at, token in enumerate(rest) if owns(token)), default=-1)
    owners, core = rest[: last_owner + 1], rest[last_owner + 1 :]
    name = ""
    if len(core) > 1 and proper(core[-1]) and _noun_kind([core[-2].lower()]):
        name = core.pop()
    if not core:
        return None
    split = 0
    while split < len(core) - 1 and _is_adjective(core[split].lower()) and " ".join(core[split:]) not in lexicon().kind:
        split += 1
    head = core[-1]
    single = head if proper(head) else singular(head.lower())
    nouns = (*core[split:-1], single)
    return _NounPhrase(
        determiner, tuple(owners), tuple(core[:split]), nouns, name, of, plural or single.lower() != head.lower()
    )


def _article(phrase: _NounPhrase, kind: str) -> str:
    """Return the determiner, given or missing; "a" and "an" are settled when the phrase is spelled out."""
    words = grammar()
    first = (*phrase.owners, *phrase.nouns)[0]
    joined = " ".join(phrase.nouns).lower()
    if phrase.determiner:
        return "the" if phrase.plural and phrase.determiner in ("a", "an", "one") else phrase.determiner
    if proper(first) or (phrase.adjectives and proper(phrase.adjectives[0])):
        return ""
    if (bare(first).lower() if phrase.owners else joined) in words["kin"]:
        return "my" if joined not in words["bare"] or phrase.owners else ""
    whole = " ".join((*phrase.adjectives, joined)).lower()
    if phrase.nouns[-1].lower() in words["mass"] or phrase.nouns[-1].lower().endswith(("ics", "ology", "ography")):
        return ""
    if not phrase.owners and (joined in words["bare"] or whole in words["bare"]):
        return ""
    if kind == "feeling" and not phrase.owners and joined not in words["counted"]:
        return ""
    return "the"


def _spelled(article: str, words: Sequence[str]) -> str:
    text = " ".join(words)
    if article in ("a", "an"):
        sound = (pronunciation(words[0]) or words[0]).lstrip("ˈˌ")
        article = "an" if sound[0] in "æɑəɛɜiɪɔuʊʌᵻAIOWYaeo" else "a"
    return f"{article} {text}".strip()


def _word(nouns: Sequence[str], kind: str) -> str:
    """Return the bare noun: the known compound, else the head with one noun before it."""
    lower = [noun if proper(noun) else noun.lower() for noun in nouns]
    if lower[-1].startswith("pair of ") or len(lower) == 1:
        return lower[-1]
    for start in range(max(0, len(lower) - 3), len(lower) - 1):
        if " ".join(lower[start:]) in lexicon().kind:
            return " ".join(lower[start:])
    return " ".join(lower[-2:]) if kind != "person" or not _is_adjective(lower[-2]) else lower[-1]


def _named(tokens: Sequence[str], person: str, place: str, after: Sequence[str] = ()) -> Subject | None:
    """Make the subject of a noun phrase; ``after`` is what the request says behind it."""
    found = _noun_phrase(tokens)
    if found is None or found.nouns[-1].lower() in grammar()["pronouns"]:
        return None
    lower = [noun.lower() for noun in found.nouns]
    kind = _noun_kind(lower) or ("person" if person and bare(found.nouns[-1]) == person else _guessed_kind(lower[-1]))
    if " ".join(found.nouns) == place:
        kind = "place"
    article = _article(found, kind)
    tail = (found.name,) if found.name else ()
    if kind == "person" and after and (after[0].endswith("ing") or (found.name and after[0].lower() != "named")):
        # A song for Mia learning to walk, or for Leo who turns six, is a song for Mia, for Leo.
        after = ()
    says = (*grammar()["relatives"], *grammar()["prepositions"])
    if after and (after[0].lower() in grammar()["tellers"] or (after[0].endswith("s") and after[0] not in says)):
        # "My plant is dying" is about my plant.
        after = ()
    tail_after = () if found.plural and after and after[0].lower() in grammar()["relatives"] else tuple(after)
    # When and where can be left out; who and what doing is the point of the request.
    room = 5 if after and after[0].lower() in grammar()["prepositions"] else _LONGEST_TOLD
    full = (*found.owners, *found.adjectives, *found.nouns, *tail, *found.of)
    shorter = [
        (*full, *tail_after),
        full,
        (*found.owners, *found.nouns, *tail, *found.of),
        (*found.owners, *found.nouns, *tail),
        (*found.owners, *found.nouns),
        tuple(_word(found.nouns, kind).split()),
    ]
    if syllables(_spelled(article, shorter[0]), "en") > room:
        shorter.pop(0)
    fitting = [words for words in shorter if syllables(_spelled(article, words), "en") <= _LONGEST]
    words = fitting[0] if fitting else shorter[-1]
    if found.owners and words[: len(found.owners)] != found.owners:
        # "My teacher's retirement" cut short is not my retirement.
        article = "the"
    owned = tuple(Part(singular(bare(token).lower())) for token in _owner_nouns(found.owners))
    adjectives = tuple(word.lower() for word in found.adjectives)
    parts = (*owned, Part(_word(found.nouns, kind).lower(), adjectives))
    # A name stands for itself: lines say "the cat", but "Minecraft".
    word = "" if kind == "place" and proper(found.nouns[-1]) else _word(found.nouns, kind)
    return Subject(_spelled(article, words), word, kind, person, place, parts, mine=article == "my")


def _owner_nouns(owners: Sequence[str]) -> list[str]:
    """Return the owners' nouns, compounds kept: ``lighthouse keeper's`` is one owner."""
    found: list[str] = []
    current: list[str] = []
    for token in owners:
        current.append(token)
        if owns(token):
            words = [bare(word).lower() for word in current]
            known = [
                " ".join(words[start:]) for start in range(len(words)) if " ".join(words[start:]) in lexicon().kind
            ]
            found.append(known[0] if known else words[-1])
            current = []
    return found


def _noun_inside(tokens: Sequence[str]) -> list[str]:
    """Return the first noun phrase inside a clause whose head the lexicon knows, with its determiner."""
    words = grammar()
    for at, token in enumerate(tokens):
        if token.lower() not in words["determiners"] or token.lower() == "that":
            continue
        for length in (4, 3, 2, 1):
            chunk = [word.lower() for word in tokens[at + 1 : at + 1 + length]]
            if len(chunk) == length and _noun_kind([*chunk[:-1], singular(chunk[-1])]) and _cut(chunk) == length:
                return list(tokens[at : at + 1 + length])
    return []


def _is_deed(tokens: Sequence[str]) -> bool:
    first = tokens[0].lower()
    pair = " ".join((first, *(singular(token.lower()) for token in tokens[1:2])))
    return (
        first.endswith("ing")
        and len(first) > 4
        and first not in grammar()["not_deeds"]
        and (first not in lexicon().adjectives or tokens[1:2] == ["you"])
        and pair not in lexicon().kind
        and pronunciation(first) is not None
    )


def _subject(tokens: list[str], person: str, place: str) -> Subject:
    """Read one part of a request, its case settled and its lead-in gone; ``place`` may be one of another part."""
    words = grammar()
    here, start, stop = find_place(tokens)
    nothing = Subject(kind="event", person=person, place=here or place)
    if _is_deed(tokens):
        who = (at for at, token in enumerate(tokens) if token.lower() in ("who", "that", "which", "because"))
        deed = " ".join(tokens[: next(who, None)])
        return replace(nothing, deed=deed if syllables(deed, "en") <= _LONGEST else "")
    if tokens[0].lower() in (*words["clause_words"], *words["pronouns"]) and tokens[0].lower() != "that":
        inside = _noun_inside(tokens)
        if inside and inside[0].lower() in ("a", "an"):
            inside[0] = "the"
        clause = " ".join(tokens)
        told = replace(nothing, deed=clause if syllables(clause, "en") <= _LONGEST else "")
        return (_named(inside, person, nothing.place) if inside else None) or told
    if here:
        # A place said with a preposition has its own slot; as a modifier ("Shanghai rain") it stays.
        spared = tokens[:start] + tokens[stop:]
        if start < stop and tokens[start].lower() in words["place_prepositions"] and spared:
            tokens = spared
        elif not spared:
            return Subject(here, "", "place", person, here, (Part(here),))
    end = _cut(tokens)
    after = tokens[end:]
    unfinished = len(after) == 1 and after[0].endswith("ing")
    if unfinished or (after and after[0].lower() in (*words["joiners"], *words["time_adverbs"], *words["pronouns"])):
        after = []
    crowd = after and after[0].lower() in words["relatives"] and tokens[0].lower() not in words["determiners"]
    if crowd and (found := _noun_phrase(tokens[:end])) and found.plural and not found.owners:
        # "Girls who code" are no single girl: their clause is the point, and lines speak of one.
        return replace(nothing, deed=" ".join(tokens))
    return _named(tokens[:end], person, nothing.place, after) or nothing


def subject_en(text: str) -> Subject:
    """Read what an English request is about: ``broken espresso machine`` -> ``the broken espresso machine``.

    Of several parts ("birthday, my sister Anna") the first with an article or owner is the subject, else the first.
    """
    parts = [settle_case(tokens_of(part)) for part in _BREAK.split(_TITLE_DOT.sub(r"\1", text))]
    said = [token for part in parts for token in part]
    person, named_at = find_person(said)
    if named_at >= 0:
        said[named_at] = said[named_at][0].upper() + said[named_at][1:]
    place = find_place(said)[0]
    person = "" if person in place.split() else person
    cut = [said[sum(map(len, parts[:at])) : sum(map(len, parts[: at + 1]))] for at in range(len(parts))]
    led = [tokens for tokens in map(_strip_lead_in, cut) if tokens]
    if not led:
        return Subject()
    determined = [tokens for tokens in led if tokens[0].lower() in grammar()["determiners"]]
    return _subject((determined or led)[0], person, place)
