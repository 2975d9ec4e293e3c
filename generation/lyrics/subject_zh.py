"""Mandarin: from the words of a request to a noun phrase that a line can carry.

Mandarin puts the head last, so the longest known noun that ends a phrase tells what it is and what to call it.
"""

from __future__ import annotations

import re
from functools import cache

from generation.lyrics.lexicon import grammar, lexicon
from generation.lyrics.subject import Part, Subject

_NOT_HAN = re.compile(r"[^㐀-鿿]+")
_HAN = re.compile(r"[㐀-鿿]")
_BREAK = re.compile(r"[，。；！？,;!?、\n]")
# What one does with somebody: 和妈妈一起包饺子.
_TOGETHER = re.compile(r"^(?:和|跟|与).+(?:一起|[去看过吃喝包玩走做住聊])")
# 包子铺 begins like a deed and is a place.
_WHO_OR_WHERE = re.compile(r"[店铺馆厂楼站场人员工手家]$")
_LONGEST = 8
"""Characters: a longer phrase fills a line and leaves no room to say anything about it."""


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(grammar()["chinese"][name], key=len, reverse=True))


@cache
def _determiner() -> re.Pattern[str]:
    counts, classifiers = "|".join(_words("counts")), "|".join(_words("classifiers"))
    # 一个人的除夕 is not about a person's New Year's Eve but about being alone.
    return re.compile(rf"^(?:(?:{counts}){{1,2}}(?:{classifiers})(?!人的)|[这那每某](?=.{{2}}))")


@cache
def _things() -> tuple[str, ...]:
    """Nouns and adjectives that begin like a deed: 看守人, 打字机."""
    lex = lexicon()
    return tuple(
        word for word in (*lex.kind, *lex.adjectives_back) if len(word) > 1 and word.startswith(_words("deeds"))
    )


def known_suffix(text: str) -> str:
    """Return the longest noun of the lexicon that ends a Mandarin text, ``""`` for none."""
    kind = lexicon().kind
    return next((text[at:] for at in range(len(text)) if text[at:] in kind), "")


def strip_frame(text: str) -> str:
    """Take away what a request says around its theme: 关于…, 写给…, …的故事."""
    again = True
    while again:
        again = False
        for lead in _words("lead_ins"):
            if text.startswith(lead) and len(text) > len(lead) + 1:
                text, again = text[len(lead) :], True
                break
    for tail in _words("tails"):
        if text.endswith(tail) and len(text) > len(tail) + 1:
            return text[: -len(tail)]
    return text


def _find_place(text: str) -> tuple[str, str]:
    """Return (place, text without "在<place>" or "<place>的")."""
    name = max((place for place in lexicon().places_back if place in text), key=len, default="")
    if not name or text == name:
        return name, text
    rest = re.sub(rf"(?:在|去|来到|回到|到|从|关于)?{name}(?:的|里的|之|里|市)?", "", text, count=1)
    return name, rest if len(rest) > 0 else text


def _find_person(text: str, given_to: bool) -> str:
    """Return the person a request names: after a word for someone close, by a nickname, or a grandparent or parent."""
    close = "|".join((*_words("kin"), *_words("partners")))
    name = rf"(?:[小阿][㐀-鿿]|[{grammar()['chinese']['surnames']}][㐀-鿿]{{1,2}})"
    stop = r"(?=$|的|写|过|生日|在|和|与|爱|喜欢)"
    after = re.search(rf"(?:{close})({name}){stop}", text) or re.search(
        rf"(?:名叫|叫做|叫)([㐀-鿿]{{2,3}}?){stop}", text
    )
    if after and after[1] not in lexicon().kind:
        return str(after[1])
    whole = re.match(rf"({name}){stop}", text) if given_to else None
    if whole and whole[1] not in lexicon().kind:
        return str(whole[1])
    return next((word for word in _words("kin") if word in text), "")


def _part(text: str) -> Part:
    """Split one link of a possessive chain into adjectives and noun."""
    noun = known_suffix(text) or text
    before = text[: len(text) - len(noun)]
    adjectives = tuple(word for word in lexicon().adjectives_back if before and before in (word, word.rstrip("的")))
    return Part(noun, adjectives[:1])


def _parts(phrase: str, person: str) -> tuple[Part, ...]:
    links: list[Part] = []
    waiting: tuple[str, ...] = ()
    for text in phrase.split("的"):
        if text and f"{text}的" in lexicon().adjectives_back:
            waiting = (*waiting, f"{text}的")
        elif text:
            part = Part(person) if person and text.endswith(person) else _part(text)
            links.append(Part(part.noun, (*waiting, *part.adjectives)))
            waiting = ()
    return tuple(links)


def _word(phrase: str) -> str:
    last = re.sub(r"那(?:一?[天年晚夜])$", "", phrase.split("的")[-1]) or phrase
    noun = known_suffix(last)
    before = last[: len(last) - len(noun)]
    described = before in lexicon().adjectives_back or f"{before}的" in lexicon().adjectives_back
    if noun in ("年", "天", "月", "夜") and len(last) > 3:
        # Three years of a crush are not what to call the crush.
        return ""
    return last if len(noun) == 1 and len(last) <= 3 and not described else noun or (last if len(last) <= 4 else "")


def _shortened(phrase: str) -> str:
    """Drop the outermost descriptions until the phrase fits a line."""
    while len(phrase) > _LONGEST and "的" in phrase:
        phrase = phrase.split("的", 1)[1]
    return phrase


def _own_part(text: str) -> tuple[str, bool]:
    """Take away the member's "my": 我家的狗 -> (狗, True)."""
    own = re.match(r"^(?:我们家|我家|我们的|我的|我们|我|咱们的|咱们|咱)的?(?=.)", text)
    if own is None or any(mark in text[own.end() :] for mark in _words("clause_marks")):
        return text, False
    return text[own.end() :], True


def _thing(framed: str, rest: str, person: str, given_to: bool) -> str:
    """Return what is sung about where a name stands beside it: 给女儿的摇篮曲 -> 摇篮曲, 狗叫豆豆 -> 狗."""
    named = re.match(r"(.{1,4}?)(?:名叫|叫做|叫)[㐀-鿿]{2,3}$", rest)
    if named:
        return named[1]
    close = [*_words("kin"), *_words("partners"), *([person] if person else [])]
    receiver, _, gift = framed.partition("的")
    return gift if given_to and gift and receiver in close else rest


def subject_zh(text: str) -> Subject:
    """Read what a Mandarin request is about: ``关于一只住在灯塔的猫`` -> 住在灯塔的猫."""
    told = [part for part in _BREAK.split(text) if _HAN.search(part)]
    # Of several parts (毕业，我的大学室友) the one that says whose or which is the subject.
    first = next((part for part in told if re.search("^我|的.", part)), told[0] if told else "")
    plain = _NOT_HAN.sub("", first)
    if len(known_suffix(plain)) < 2:
        # A particle at the end is no part of the name; the bar (酒吧) keeps its own.
        plain = re.sub("(?<=.)[了吧啊呢们]+$", "", plain)
    given_to = bool(re.match(r"^(?:写给|送给|献给|唱给|给|为)", plain))
    framed = strip_frame(plain)
    if not framed:
        return Subject()
    person = _find_person(strip_frame(_NOT_HAN.sub("", text)), given_to)
    place, rest = _find_place(framed)
    if rest == place:
        return Subject(place, "", "place", person, place, (Part(place),))
    rest, mine = _own_part(_thing(framed, rest, person, given_to).removeprefix("在"))
    rest = _thing("", rest, "", False)
    rest = _determiner().sub("", rest)
    noun = known_suffix(rest)
    verb = rest.startswith(_words("deeds")) and rest not in lexicon().kind and not rest.startswith(_things())
    deed = (verb or _TOGETHER.match(rest)) and not _WHO_OR_WHERE.search(rest)
    if rest.startswith(("第一次", "梦见", "一起")) or (deed and not (noun and "的" in rest)):
        return Subject(kind="event", person=person, place=place, deed=_told(framed, first))
    if person and re.fullmatch(rf"(?:{'|'.join(_words('partners'))})?{person}", rest):
        return Subject(person, person, "person", person, place, (Part(person),))
    sentence = any(mark in rest for mark in _words("clause_marks")) or (mine and not noun)
    if sentence or (not noun and len(rest) > 6):
        return _inside(framed, rest, person, place)
    phrase = _shortened(rest)
    if len(phrase) > _LONGEST:
        phrase = noun
    kind = lexicon().kind.get(noun, "person" if person and phrase.endswith(person) else "anything")
    parts = _parts(phrase, person)
    relative = bool(parts) and any(parts[0].noun.startswith(word) for word in _words("kin"))
    if f"{place}的{phrase}" in framed and place and len(place) + 1 + len(phrase) <= _LONGEST:
        return Subject(f"{place}的{phrase}", _word(phrase), kind, person, place, parts, mine)
    said = f"我的{phrase}" if mine and not relative and "的" not in phrase and len(phrase) <= 5 else phrase
    return Subject(said, _word(phrase), kind, person, place, parts, mine)


def _told(framed: str, text: str) -> str:
    """Return a deed as it was told, its 了 kept; empty where it is longer than a line carries."""
    deed = f"{framed}了" if text.endswith("了") and not framed.endswith("了") else framed
    return deed if len(deed) <= _LONGEST else ""


def _inside(framed: str, sentence: str, person: str, place: str) -> Subject:
    """Make the longest noun inside a sentence its subject; without one the sentence itself is the deed."""
    found = max((word for word in lexicon().kind if len(word) > 1 and word in sentence), key=len, default="")
    if found:
        return Subject(found, found, lexicon().kind[found], person, place, (Part(found),))
    return Subject(kind="event", person=person, place=place, deed=framed if len(framed) <= _LONGEST else "")
