"""A word's sounds cut into syllables, and its spelling cut in the same places."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from generation.song import Syllable
from generation.voices.dictionary_en import english
from generation.voices.phones import DIPHTHONGS, Phone, read_phones, write_phones

LONGEST_WORD = 40
"""Letters. The alignment of letters and sounds is quadratic: a longer run is read in pieces of so many."""


@cache
def _onsets() -> frozenset[str]:
    return frozenset(english()["onsets"])


def _syllabic(phones: list[Phone]) -> list[Phone]:
    """Give a consonant that is a syllable of its own its vowel: butt(o)n, didn't."""
    out: list[Phone] = []
    for at, phone in enumerate(phones):
        closed = at + 1 == len(phones) or not phones[at + 1].vowel
        if phone.symbol in "nm" and closed and out and out[-1].symbol in "tdʔɾszðθpkbɡfvʃʧʤ" and len(out) > 1:
            out.append(Phone("ᵊ"))
        out.append(phone)
    return out


def _nuclei(phones: list[Phone], word: str) -> list[int]:
    """Indices of the vowels that carry a note; the schwa of fire and hour is part of the diphthong's note."""
    joined = any(spelling in word for spelling in english()["one_note"])
    places: list[int] = []
    for at, phone in enumerate(phones):
        glide = (
            joined
            and phone.symbol == "ə"
            and at > 0
            and phones[at - 1].symbol in DIPHTHONGS
            and at + 1 < len(phones)
            and phones[at + 1].symbol == "ɹ"
            and (at + 2 == len(phones) or not phones[at + 2].vowel)
        )
        if phone.vowel and not glide:
            places.append(at)
    return places


def _cut(phones: list[Phone], nuclei: list[int]) -> list[int]:
    """Start index of each syllable: between two vowels the longest legal onset goes to the second."""
    starts = [0]
    for left, right in pairwise(nuclei):
        between = "".join(phone.symbol for phone in phones[left + 1 : right])
        if left + 1 < right and phones[left + 1].symbol == "ə" and phones[left].symbol in DIPHTHONGS:
            between = between[1:]
        onset = 0
        for size in range(1, len(between) + 1):
            tail = between[-size:].replace("ɾ", "t").replace("T", "t")
            if (size == 1 and tail not in "ŋʔ") or tail in _onsets():
                onset = size
        starts.append(right - onset)
    return starts


def letters_of_phones(letters: str, phones: list[Phone]) -> list[int]:
    """For each phone the index of the letter that begins to write it: a monotone alignment of least cost."""
    table: dict[str, str] = english()["letters"]
    far = 1e9
    rows, columns = len(phones) + 1, len(letters) + 1
    cost = [[far] * columns for _ in range(rows)]
    back = [[0] * columns for _ in range(rows)]
    cost[0][0] = 0.0
    for i in range(rows):
        for j in range(columns):
            if j and cost[i][j - 1] + 0.6 < cost[i][j]:  # a silent letter
                cost[i][j], back[i][j] = cost[i][j - 1] + 0.6, 1
            if i and cost[i - 1][j] + 0.9 < cost[i][j]:  # a sound the letter before wrote too: the s of x
                cost[i][j], back[i][j] = cost[i - 1][j] + 0.9, 2
            if i and j:
                fits = letters[j - 1] in table.get(phones[i - 1].symbol, "")
                step = cost[i - 1][j - 1] + (0.0 if fits else 1.4)
                if step <= cost[i][j]:
                    cost[i][j], back[i][j] = step, 3
    places = [0] * len(phones)
    i, j = rows - 1, columns - 1
    while i or j:
        move = back[i][j]
        if move != 1:
            places[i - 1] = j - 1 if move == 3 else j
        i -= move != 1
        j -= move != 2
    return places


def _cut_spelling(word: str, phones: list[Phone], starts: list[int]) -> list[str]:
    letters = word.lower()
    places = letters_of_phones(letters, phones)
    cuts = [0]
    for start in starts[1:]:
        at = max(places[start], cuts[-1] + 1)
        doubled = 0 < at < len(letters) and letters[at] == letters[at - 1] and letters[at] not in "aeiou"
        following = at + 1 < len(letters) and letters[at + 1] == letters[at] and letters[at] not in "aeiou"
        cuts.append(at + 1 if following and not doubled else at)
    cuts.append(len(word))
    return [word[a:b] for a, b in pairwise(cuts)]


@lru_cache(maxsize=4096)
def split_word(word: str, sounds: str) -> tuple[Syllable, ...]:
    """Return the syllables of one written word with the given sounds, at least one if there is any sound.

    A syllable that no letter is left for (the letter W) is written "-". Flaps and glottal stops are given as the voice
    model's alphabet has them (T and t).
    """
    phones = _syllabic(read_phones(sounds))
    if not phones:
        return ()
    if not any(phone.vowel for phone in phones):
        phones.insert(1, Phone("ə"))
    nuclei = _nuclei(phones, word.lower())
    starts = _cut(phones, nuclei)
    pieces = _cut_spelling(word, phones, starts)
    syllables = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(phones)], strict=True)):
        part = phones[start:end]
        stress = max(phone.stress for phone in part)
        written = write_phones(part).replace("ɾ", "T").replace("ʔ", "t")
        syllables.append(Syllable(pieces[number] or "-", written, "en", number == 0, stress))
    return tuple(syllables)
