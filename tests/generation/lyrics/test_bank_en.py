"""The English verse bank as a specification: every line can be sung, rhymes, and stands where a lyricist may use it.

Pronunciations are the US dictionaries that misaki carries (Apache-2.0), read as plain JSON. One symbol is one
phoneme there; A I O W Y are diphthongs, ˈ and ˌ mark stress before its vowel.
"""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import pytest

import generation.lyrics

BANK = Path(generation.lyrics.__file__).parent / "bank" / "en"
FILES = sorted(BANK.glob("*.toml"))
KINDS = {"verse": 2, "pre-chorus": 2, "bridge": 2, "chorus": 4}
HEADER = {"theme", "words_en", "words_zh", "moods"}
MOODS = {
    *("happy", "sad", "calm", "energetic", "romantic", "nostalgic", "dark"),
    *("hopeful", "angry", "dreamy", "funny", "epic", "lonely", "tense"),
}
GENERIC = {f"about-{kind}" for kind in ("person", "animal", "place", "thing", "event", "feeling", "anything")}
NEEDED = {
    "given-title": {"chorus": 8},
    "about-deed": {"verse": 10, "pre-chorus": 2, "bridge": 2},
    "any-song": {"verse": 10, "pre-chorus": 10, "bridge": 8},
}
"""Files that serve any theme with a part of a song, and what they must hold."""
SLOTS = {
    "place": "Berlin",
    "person": "Anna",
    "word": "garden",
    "subject": "the keeper's garden",
    "title": "Stay a While",
}
SLOT = re.compile(r"\{(\w+)\}")
WORD = re.compile(r"[a-z']+")

VOWELS = frozenset("AIOWYiuæɑɔəɛɜɪʊʌᵊᵻ")
STRESS = "ˈˌ"
ONE_SOUND = {"ɾ": "t", "ʌ": "ə", "ᵻ": "ɪ", "ᵊ": "ə"}
KINSHIP = ("mnŋ", "ptk", "bdɡ", "fθsʃ", "vðzʒ", "ʧ", "ʤ", "l", "ɹ")
"""Consonants that the ear lets pass for one another after the same vowel (near rhyme)."""


@dataclass(frozen=True, slots=True)
class Entry:
    kind: str
    lines: tuple[str, ...]
    title: str | None
    moods: tuple[str, ...]


@cache
def pronunciations() -> dict[str, tuple[str, ...]]:
    """All phoneme strings of a word, the usual one first."""
    spec = importlib.util.find_spec("misaki")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "data"
    words: dict[str, tuple[str, ...]] = {}
    for name in ("us_silver.json", "us_gold.json"):
        # The written ʔn of button is a syllable of its own.
        for word, sounds in json.loads((folder / name).read_text(encoding="utf-8").replace("ʔn", "tən")).items():
            variants = [sounds.pop("DEFAULT"), *sounds.values()] if isinstance(sounds, dict) else [sounds]
            words[word] = tuple(dict.fromkeys(v for v in variants if v))
    for word in [word for word in words if word != word.lower()]:
        words.setdefault(word.lower(), words[word])
    return words


def pronounce(word: str) -> tuple[str, ...]:
    """The sounds of a word or of its regular inflection; empty when the dictionaries do not know it."""
    known = pronunciations()
    if word in known:
        return known[word]
    for ending, sound in (("'s", "z"), ("s'", "z"), ("ies", "z"), ("es", "z"), ("s", "z"), ("ed", "d"), ("ing", "ɪŋ")):
        stem = word.removesuffix(ending)
        if stem == word:
            continue
        for base in (stem, stem + "e", stem + "y", stem[:-1]):
            if base in known:
                return tuple(sounds + unvoiced(sounds[-1], sound) for sounds in known[base])
    return ()


def unvoiced(before: str, sound: str) -> str:
    """The inflection as it sounds after ``before``: cats with s, looked with t, waited with a vowel."""
    if sound == "z":
        return "ᵻz" if before in "szʃʒʧʤ" else "s" if before in "ptkfθ" else "z"
    if sound == "d":
        return "ᵻd" if before in "tdɾ" else "t" if before in "pkfθsʃʧ" else "d"
    return sound


def words_of(line: str) -> list[str]:
    spoken = SLOT.sub(lambda slot: SLOTS[slot[1]], line)
    return [word.strip("'") if word.strip("'") in pronunciations() else word for word in WORD.findall(spoken.lower())]


def syllables(line: str) -> int:
    """Sung syllables; fire and hour count one, a word outside the dictionaries by its groups of vowel letters."""
    total = 0
    for word in words_of(line):
        sounds = pronounce(word)
        total += (
            sum(sound in VOWELS for sound in re.sub("([IW])əɹ", r"\1ɹ", sounds[0]))
            if sounds
            else max(1, len(re.findall("[aeiouy]+", re.sub("e$", "", word))))
        )
    return total


def tails(line: str) -> set[str]:
    """What a listener hears rhyme: the last word from its last stressed vowel on.

    Only the usual pronunciation counts: a singer who meets lead or close takes that one.
    """
    found = set()
    for sounds in pronounce(words_of(line)[-1])[:1]:
        marks = [at for at, sound in enumerate(sounds) if sound in STRESS]
        vowels = [at for at, sound in enumerate(sounds) if sound in VOWELS]
        start = marks[-1] + 1 if marks else vowels[0]
        found.add(sounds[start:])
        # The last of two weak syllables falls on a beat when sung: memory rhymes with me.
        if sum(at >= start for at in vowels) >= 3:
            found.add(sounds[vowels[-1] :])
    return {plain(tail) for tail in found}


def plain(tail: str) -> str:
    tail = "".join(ONE_SOUND.get(sound, sound) for sound in tail if sound not in STRESS)
    return re.sub("ɔ(?!ɹ)", "ɑ", re.sub("([IW])əɹ", r"\1ɹ", tail))


def kin(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in KINSHIP)


def rhymes(one: str, other: str) -> bool:
    """Whether two lines rhyme: the same sounds, or the same vowels with kindred consonants, in different words."""
    ends = [words_of(line)[-1] for line in (one, other)]
    if ends[0] == ends[1] or set(pronounce(ends[0])) & set(pronounce(ends[1])):
        return False
    return any(
        len(a) == len(b) and all(x == y if x in VOWELS or y in VOWELS else kin(x, y) for x, y in zip(a, b, strict=True))
        for a, b in product(tails(one), tails(other))
    )


def read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def entries(path: Path) -> Iterator[Entry]:
    data = read(path)
    for kind in KINDS:
        found = data.get(kind, [])
        assert isinstance(found, list)
        for entry in found:
            yield Entry(kind, tuple(entry["lines"]), entry.get("title"), tuple(entry.get("moods", ())))


def couplets(entry: Entry) -> int:
    return len(entry.lines) // 2


def slots(text: str) -> set[str]:
    return set(SLOT.findall(text))


each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def test_the_bank_is_large_enough_to_answer_many_songs() -> None:
    themes = [path for path in FILES if path.stem not in {*GENERIC, *NEEDED}]
    assert len(themes) >= 50
    assert sum(couplets(entry) for path in FILES for entry in entries(path)) >= 1000
    assert {path.stem for path in FILES} >= {*GENERIC, *NEEDED}


@each_file
def test_a_file_has_the_format_that_lyricists_read(path: Path) -> None:
    data = read(path)
    assert set(data) - HEADER <= set(KINDS)
    assert data["theme"] == path.stem
    moods = data["moods"]
    assert isinstance(moods, list)
    assert moods
    assert set(moods) <= MOODS
    raw = [entry for kind in KINDS for entry in data.get(kind, [])]  # type: ignore[attr-defined]
    assert all(set(entry) <= {"lines", "moods", "title"} for entry in raw)
    for entry in entries(path):
        assert len(entry.lines) == KINDS[entry.kind], entry
        assert set(entry.moods) <= MOODS, entry
        assert (entry.title is not None) == (entry.kind == "chorus"), entry
        for line in entry.lines:
            assert slots(line) <= set(SLOTS), line
            assert re.fullmatch(r"[A-Z{][A-Za-z ,'?!{}-]*[a-zI}!?]", line), line


@each_file
def test_a_file_holds_enough_of_each_section(path: Path) -> None:
    needed = NEEDED.get(path.stem, {"verse": 5, "pre-chorus": 1, "bridge": 1, "chorus": 2})
    found = list(entries(path))
    if path.stem in NEEDED:
        pass
    elif path.stem in GENERIC:
        needed = {"verse": 10, "pre-chorus": 2, "bridge": 2, "chorus": 4}
    else:
        # A request may name nobody and no place, so a theme must do without its slots.
        found = [entry for entry in found if not any(map(slots, entry.lines))]
    count = Counter(entry.kind for entry in found)
    assert {kind: count[kind] for kind in needed if count[kind] < needed[kind]} == {}


@each_file
def test_every_mood_of_a_file_can_fill_a_song(path: Path) -> None:
    moods = read(path)["moods"]
    assert isinstance(moods, list)
    for mood in moods:
        suiting = [entry for entry in entries(path) if not entry.moods or mood in entry.moods]
        verses = [entry for entry in suiting if entry.kind == "verse" and not any(map(slots, entry.lines))]
        kinds = {entry.kind for entry in suiting}
        if path.stem in NEEDED:
            assert kinds >= set(NEEDED[path.stem]) - {"verse"}, mood
        else:
            assert len(verses) >= 4, mood
            assert kinds == set(KINDS), mood


@each_file
def test_a_chorus_sings_its_title(path: Path) -> None:
    for entry in entries(path):
        if entry.title is not None:
            title = re.escape(entry.title.lower())
            assert any(re.search(rf"(?<!\w){title}(?!\w)", line.lower()) for line in entry.lines), entry


@pytest.mark.parametrize("name", sorted(GENERIC))
def test_a_generic_file_names_the_subject_often(name: str) -> None:
    found = list(entries(BANK / f"{name}.toml"))
    named = [bool(set().union(*map(slots, entry.lines)) & {"subject", "word"}) for entry in found]
    assert all(is_named for entry, is_named in zip(found, named, strict=True) if entry.kind == "chorus")
    pairs = [is_named for entry, is_named in zip(found, named, strict=True) if entry.kind != "chorus"]
    assert 0.35 <= sum(pairs) / len(pairs) <= 0.75


@each_file
def test_lines_are_short_and_partners_are_equal(path: Path) -> None:
    bad = []
    for entry in entries(path):
        # A subject or title may be of any length, so lines that hold one are not weighed against the others.
        measured = [line for line in entry.lines if not slots(line) & {"subject", "title"}]
        named = [line for line in entry.lines if line not in measured and SLOT.fullmatch(line) is None]
        counts = [syllables(line) for line in measured]
        shortest, apart = (4, 2) if entry.kind == "chorus" else (6, 1)
        fits = all(shortest <= count <= 10 for count in counts) and all(syllables(line) <= 12 for line in named)
        if not fits or any(abs(a - b) > apart for a, b in pairwise(counts)):
            bad.append(entry.lines)
    assert not bad


@each_file
def test_every_couplet_rhymes(path: Path) -> None:
    bad = []
    for entry in entries(path):
        if entry.kind == "chorus":
            a, b, c, d = entry.lines
            good = (rhymes(a, b) and rhymes(c, d)) or (rhymes(a, c) and rhymes(b, d))
        else:
            good = rhymes(*entry.lines)
        if not good:
            bad.append((entry.lines, [tails(line) for line in entry.lines]))
    assert not bad


def test_no_line_is_used_twice() -> None:
    # A chorus may return to its own refrain, and a title alone is every title's refrain; nothing else repeats.
    used: Counter[str] = Counter()
    for path in FILES:
        for entry in entries(path):
            used.update({line.lower() for line in entry.lines if SLOT.fullmatch(line) is None})
    assert [line for line, count in used.items() if count > 1] == []


def test_a_word_leads_to_one_theme() -> None:
    words = [word for path in FILES for key in ("words_en", "words_zh") for word in read(path)[key]]  # type: ignore[attr-defined]
    assert [word for word, count in Counter(words).items() if count > 1] == []


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("I set two cups before I know", "The kettle sings a little low", True),
        ("A light is on at home", "I walk the road alone", True),
        ("You are my memory", "Come home and sit with me", True),
        ("I look out at the sea", "It is the last I see", False),
        ("The rain", "Again the rain", False),
        ("A word of love", "A piece of bread", False),
    ],
)
def test_the_ear_of_this_test(one: str, other: str, answer: bool) -> None:
    assert rhymes(one, other) is answer


def test_syllables_are_counted_as_sung() -> None:
    assert [syllables(line) for line in ("Fire", "Umbrella", "The kettle starts to sing a little low")] == [1, 3, 10]
