"""A line of English to syllables: numbers and signs to words, words in context to sounds, sounds to syllables."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from generation.song import Syllable
from generation.voices.dictionary_en import english, pronounce
from generation.voices.phones import VOWELS, read_phones
from generation.voices.syllables_en import LONGEST_WORD, split_word

_WORD = re.compile(r"\d+(?:st|nd|rd|th)\b|\d[\d,]*(?:\.\d+)?|'?[a-z]+(?:'[a-z]+)*'?|[&+@%$€£=]", re.IGNORECASE)


def _plain(text: str) -> str:
    """ASCII letters and straight apostrophes: café, ‘cause and full-width letters are read too."""
    text = re.sub("[‘’`´ʼ]", "'", text)
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("æ", "ae"))
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def _below_thousand(number: int) -> list[str]:
    numbers = english()["numbers"]
    words = [numbers["ones"][number // 100], "hundred"] if number >= 100 else []
    rest = number % 100
    if rest >= 20:
        words.append(numbers["tens"][rest // 10])
        rest %= 10
    if rest or not (words or number):
        words.append(numbers["ones"][rest])
    return words


def _number(number: int, year: bool) -> list[str]:
    if year and 1100 <= number < 2100 and number % 1000 >= 10:
        high, low = divmod(number, 100)
        tail = ["hundred"] if low == 0 else (["oh", *_below_thousand(low)] if low < 10 else _below_thousand(low))
        return _below_thousand(high) + tail
    if number < 1000:
        return _below_thousand(number)
    words: list[str] = []
    for power in range(4, -1, -1):
        part = number // 1000**power % 1000
        if part:
            words += _below_thousand(part) + ([english()["numbers"]["scales"][power]] if power else [])
    return words


def _digits(token: str) -> list[str]:
    numbers = english()["numbers"]
    ordinal = re.fullmatch(r"(\d+)(st|nd|rd|th)", token.lower())
    if ordinal:
        words = _number(int(ordinal[1][:15]), False)
        last = words[-1]
        words[-1] = numbers["ordinals"].get(last, last[:-1] + "ieth" if last.endswith("y") else last + "th")
        return words
    whole, _, fraction = token.replace(",", "").partition(".")
    spelled_out = len(whole) > 15 or (len(whole) > 1 and whole[0] == "0")
    words = [numbers["ones"][int(d)] for d in whole] if spelled_out else _number(int(whole), "," not in token)
    return words + (["point", *(numbers["ones"][int(d)] for d in fraction)] if fraction else [])


def words_of(text: str) -> list[str]:
    """Return the words of a line as they are read: "3" is "three", "lo-fi" is two words, "rock 'n' roll" three."""
    words: list[str] = []
    shouted = text.isupper() and len(text.split()) > 1
    for token in _WORD.findall(_plain(text)):
        if token[0].isdigit():
            words += _digits(token)
        elif token in english()["signs"]:
            words.append(english()["signs"][token])
        else:
            for piece in (token[at : at + LONGEST_WORD] for at in range(0, len(token), LONGEST_WORD)):
                keep = piece.lower() in english()["words"] or piece.lower().endswith(("in'", "s'"))
                words.append(piece if keep else piece.strip("'") or piece)
    return [word.lower() if shouted else word for word in words if word.strip("'")]


def _role(before: str) -> str:
    if before in english()["verb_before"]:
        return "VERB"
    return "NOUN" if before in english()["noun_before"] else "DEFAULT"


def syllables_en(text: str) -> tuple[Syllable, ...]:
    """Return the syllables of a line of English. Never raises; what has no sound is passed over."""
    words = words_of(text)
    strong: list[str] = []
    for before, word in pairwise(["", *words]):
        strong.append(pronounce(word, _role(before.lower()), len(strong) + 1 == len(words)))
    syllables: list[Syllable] = []
    for at, (word, sounds) in enumerate(zip(words, strong, strict=True)):
        weak = english()["weak"].get(word.lower())
        if weak and (word.lower() == word or at == 0 or word == word.capitalize()):
            following = read_phones(strong[at + 1]) if at + 1 < len(words) else []
            sounds = weak[2 if not following else int(following[0].symbol in VOWELS)]
        syllables += split_word(word, sounds)
    return tuple(syllables)
