"""Which lines rhyme.

English: two words rhyme when everything from the last stressed vowel on sounds alike (the usual definition of the
perfect rhyme; see J. Hollander, "Rhyme's Reason"). Songs live on near rhymes too, so endings of one vowel also count
when their consonants differ only in voicing, in the place of a nasal, or by a final s or d ("family rhyme" in
P. Pattison, "Writing Better Lyrics"). Mandarin: the finals fall into the customary thirteen tracks (十三辙) of sung
and staged verse, tone apart; the two smallest, which singers join, are joined here: i with ü, and e with o.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin

from generation.lyrics.metre import VOWELS, pronunciation, words_of

_SPOKEN = re.compile(r"[A-Za-z]+|[㐀-鿿]")
# Vowels that most American singers do not tell apart at a line's end.
_MERGED_VOWELS = str.maketrans({"ɔ": "ɑ", "ᵊ": "ə", "ᵻ": "ə", "ɜ": "ə", "ʌ": "ə", "ɾ": "t", "i": "i"})
_KIN_CONSONANTS = str.maketrans("bdɡvðzʒʤmŋ", "ptkfθsʃʧnn")

# The thirteen tracks by their customary names; keys are pypinyin's strict finals.
_TRACKS = {
    "发花": "a ia ua",
    "梭坡": "o e uo",
    "乜斜": "ie üe ve ê",
    "一七": "i ü v er",
    "姑苏": "u",
    "怀来": "ai uai",
    "灰堆": "ei uei ui",
    "遥条": "ao iao",
    "由求": "ou iou iu",
    "言前": "an ian uan üan van",
    "人辰": "en in uen un ün vn",
    "江阳": "ang iang uang",
    "中东": "eng ing ueng ong iong",
}
_TRACK_OF = {final: track for track, finals in _TRACKS.items() for final in finals.split()}


def _last_word(line: str) -> str:
    found = _SPOKEN.findall(line)
    return found[-1] if found else ""


@lru_cache(maxsize=20_000)
def mandarin_class(line: str) -> str:
    """Return the rhyme track of the last character of a line, ``""`` if it does not end in a Chinese character."""
    han = "".join(letter for letter in line if "㐀" <= letter <= "鿿")
    if not han or _last_word(line)[-1:] != han[-1]:
        return ""
    # The whole line is read, so that a character with two readings is read by its neighbours.
    final = lazy_pinyin(han, style=Style.FINALS, strict=True)[-1]
    return _TRACK_OF.get(final, final)


@cache
def _tails(word: str) -> frozenset[tuple[str, str]]:
    """Return (vowel, what follows) from the last primary, the last secondary stress and a lifted last syllable on."""
    sound = pronunciation(word)
    if sound is None:
        spelled = re.search(r"[aeiouy]+[^aeiouy]*e?$", word.lower())
        return frozenset({(spelled.group(), "")}) if spelled else frozenset()
    vowels = [at for at, letter in enumerate(sound) if letter in VOWELS]
    starts = set()
    for mark in "ˈˌ":
        if mark in sound:
            starts.add(next(at for at in vowels if at > sound.rindex(mark)))
    # A full vowel that ends a longer word is lifted to a stress in song: memory, lullaby, melody.
    if not starts or (len(vowels) > 2 and sound[vowels[-1]] in "iAIOuWYæɛɑɔɪ"):
        starts.add(vowels[-1])
    plain = sound.translate(_MERGED_VOWELS)
    return frozenset((plain[at], plain[at + 1 :].replace("ˈ", "").replace("ˌ", "")) for at in starts)


def _kin(one: str, other: str) -> bool:
    """Say whether two endings are near enough to be heard as a rhyme after the same vowel."""
    a, b = one.translate(_KIN_CONSONANTS), other.translate(_KIN_CONSONANTS)
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return long in (short + "s", short + "t")


def rhymes(line: str, other: str, language: str) -> bool:
    """Say whether two lines rhyme, near rhymes included; a word never rhymes with itself."""
    if language == "zh":
        track = mandarin_class(line)
        return bool(track) and track == mandarin_class(other) and line.rstrip()[-1] != other.rstrip()[-1]
    ends = [words_of(text)[-1:] for text in (line, other)]
    if not ends[0] or not ends[1]:
        return False
    one, two = ends[0][0].lower(), ends[1][0].lower()
    if one == two:
        return False
    return any(a[0] == b[0] and _kin(a[1], b[1]) for a in _tails(one) for b in _tails(two))


def rhymed_share(lines: Sequence[str], language: str) -> float:
    """Return the share (0..1) of the lines of one section that rhyme with a line at most two away."""
    if not lines:
        return 0.0
    found = 0
    for at, line in enumerate(lines):
        near = [*lines[max(0, at - 2) : at], *lines[at + 1 : at + 3]]
        found += any(rhymes(line, other, language) for other in near)
    return found / len(lines)
