"""A member's own pronunciation: a respelling, a word that sounds so, the alphabet of dictionaries, or pinyin."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from generation.song import Said, Syllable
from generation.voices.dictionary_en import listed, pronounce
from generation.voices.phones import read_phones, write_phones
from generation.voices.pronunciation_zh import HAN, readings, transcribe
from generation.voices.syllables_en import LONGEST_WORD, letters_of_phones, split_word

LONGEST_SPOKEN = 200
"""Characters that tell how one word sounds."""
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_IPA = re.compile(r"[ɪʊəɛæɑɔʌɜʃʒθðŋːˈˌɹɚɝɡʧʤɒ]")
_SLASHES = re.compile(r"^\s*[/\[](.+)[/\]]\s*$")
_PINYIN = re.compile(r"[a-zü]+[1-5]?", re.IGNORECASE)


def says(syllables: Sequence[Syllable], word: str) -> bool:
    """Whether ``word`` (one word, or Han characters) is sung in a line."""
    return bool(_places(syllables, word))


def readable(word: str, spoken: str) -> bool:
    """Whether ``spoken`` tells how ``word`` sounds."""
    if len(word) > LONGEST_WORD:
        return False
    syllables = _han(word) if _is_han(word) else split_word(word, pronounce(word))
    try:
        _as_said(syllables, word, spoken)
    except ValueError:
        return False
    return True


def respoken(syllables: Sequence[Syllable], said: Sequence[Said]) -> tuple[Syllable, ...]:
    """Return a line's syllables with the pronunciations members gave.

    Words that are not in it are passed over, and so is a pronunciation that cannot be read (see ``readable``).
    """
    found = list(syllables)
    for row in said:
        # From the end, so that a word that gains a syllable leaves the earlier places right.
        for start, end in reversed(_places(found, row.word)):
            with suppress(ValueError):
                found[start:end] = _as_said(found[start:end], row.word, row.spoken)
    return tuple(found)


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _is_han(text: str) -> bool:
    return re.search(f"[{HAN}]", text) is not None


def _plain(text: str) -> str:
    return "".join(_LETTERS.findall(text)).replace("’", "'").lower()


def _places(syllables: Sequence[Syllable], word: str) -> list[tuple[int, int]]:
    """Return where ``word`` stands, as (first, end) of its syllables. A Han word may begin inside another."""
    wanted = _plain(word)
    han = _is_han(word)
    starts = [at for at, one in enumerate(syllables) if han or one.word_start]
    found: list[tuple[int, int]] = []
    for start in starts:
        for end in [at for at in [*starts, len(syllables)] if at > start]:
            text = _plain("".join(one.text for one in syllables[start:end]))
            if text == wanted and wanted and (not found or start >= found[-1][1]):
                found.append((start, end))
            if len(text) >= len(wanted):
                break
    return found


def _as_said(syllables: Sequence[Syllable], word: str, spoken: str) -> list[Syllable]:
    if len(word) > LONGEST_WORD or len(spoken) > LONGEST_SPOKEN:
        raise ValueError(spoken)
    spoken = re.sub(_data()["leads"], "", spoken.strip(" \"'“”‘’.,!?。，")).strip(" \"'“”‘’")
    return _han_as_said(syllables, spoken) if _is_han(word) else _english_as_said(syllables, word, spoken)


def _han(word: str) -> tuple[Syllable, ...]:
    return tuple(Syllable(one.text, one.pinyin, "zh", one.word_start, 2, one.tone) for one in readings(word))


def _han_as_said(syllables: Sequence[Syllable], spoken: str) -> list[Syllable]:
    """Read pinyin with tone marks or digits, or other characters that sound so; one for each character."""
    from pypinyin.contrib.tone_convert import to_tone3

    if _is_han(spoken):
        sounds = [(one.pinyin, one.tone) for one in readings(spoken)]
    else:
        spelt = spoken.lower().replace("v", "ü").replace("u:", "ü")
        plain = " ".join(str(to_tone3(part, v_to_u=True)) for part in spelt.split())
        parts = _PINYIN.findall(plain)
        sounds = [(part.rstrip("12345"), int(part[-1]) if part[-1].isdigit() else 0) for part in parts]
    if len(sounds) != len(syllables):
        raise ValueError(spoken)
    found = []
    for one, (pinyin, given) in zip(syllables, sounds, strict=True):
        tone = given or _usual_tone(one.text, pinyin) or one.tone or 5
        phonemes = transcribe(pinyin, tone)
        if not phonemes:
            raise ValueError(spoken)
        found.append(replace(one, phonemes=phonemes, tone=tone, stress=0 if tone == 5 else 2))
    return found


def _usual_tone(character: str, pinyin: str) -> int:
    """Return the tone that a character has in the reading ``pinyin``, 0 if it has no such reading."""
    from pypinyin import Style
    from pypinyin import pinyin as all_readings

    rows = all_readings(character[:1], style=Style.TONE3, heteronym=True, neutral_tone_with_five=True, v_to_u=True)
    return next((int(row[-1]) for row in rows[0] if row[:-1] == pinyin and row[-1].isdigit()), 0)


def _english_as_said(syllables: Sequence[Syllable], word: str, spoken: str) -> list[Syllable]:
    written = "".join(one.text for one in syllables)
    sounds = _sounds(word, spoken)
    found = split_word(written, sounds)
    if not found:
        raise ValueError(spoken)
    if len(found) == 1 and not found[0].stress and syllables[0].stress:
        sounds = write_phones([replace(phone, stress=2 * phone.vowel) for phone in read_phones(sounds)])
        found = split_word(written, sounds)
    return [replace(found[0], word_start=syllables[0].word_start), *found[1:]]


def _sounds(word: str, spoken: str) -> str:
    """Return how ``spoken`` sounds; of a longer word that begins or ends as ``word`` is written, that part."""
    slashed = _SLASHES.match(spoken)
    if slashed or _IPA.search(spoken):
        sounds = slashed[1] if slashed else spoken
        for sign, letter in _data()["ipa"].items():
            sounds = sounds.replace(sign, letter)
        return sounds
    named = _LETTERS.findall(spoken)
    if not named or not all(part.isascii() for part in named):
        raise ValueError(spoken)
    # "live as in alive" names the word again, so the last one is the model.
    model, wanted = named[-1].lower(), _plain(word)
    if wanted in model and model != wanted:
        sounds = _read(model)
        phones = read_phones(sounds)
        letters = letters_of_phones(model, phones)
        first = model.rindex(wanted)
        last = first + len(wanted)
        part = [phone for phone, at in zip(phones, letters, strict=True) if first <= at < last]
        rest = [phone for phone, at in zip(phones, letters, strict=True) if not first <= at < last]
        if any(phone.vowel for phone in part) and any(phone.vowel for phone in rest):
            return write_phones(part)
        return sounds
    return "".join(_read(part.lower()) for part in named)


def _read(word: str) -> str:
    """Return the sounds of a word, or of a respelling that no dictionary lists."""
    if not listed(word):
        for letters, plain in _data()["respelling"].items():
            word = re.sub(rf"{letters}(?=[^aeiouy]|$)", plain, word)
    return pronounce(word)
