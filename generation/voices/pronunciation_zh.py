"""A line of Mandarin to syllables: characters to pinyin, tones in context, pinyin to the voice model's alphabet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from generation.song import Syllable

HAN = "㐀-䶿一-鿿豈-﫿𠀀-𱍊〇"


@dataclass(frozen=True, slots=True)
class Reading:
    """One character (with the 儿 it swallowed, if any) as it is said."""

    text: str
    pinyin: str
    """Without tone; ü written as ü, finals in their full form."""
    tone: int
    word_start: bool
    coloured: bool = False


@cache
def mandarin() -> Mapping[str, Any]:
    """Return ``words/mandarin.toml``: readings, 儿化, numbers and the transcription of pinyin."""
    table: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words" / "mandarin.toml").read_text("utf-8"))
    return table


@cache
def _phrase_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(mandarin()["phrases"], key=len, reverse=True)))


@lru_cache(maxsize=4096)
def _pinyin(word: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # half a second of dictionaries, not wanted when the bot starts

    characters: Mapping[str, str] = mandarin()["characters"]
    if len(word) == 1 and word in characters:
        return (characters[word],)
    found = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True, errors=lambda _: "")
    return tuple(found)


def _words(run: str) -> list[tuple[str, Sequence[str]]]:
    """Cut a run of characters into words with their pinyin: our phrases first, then the dictionary's."""
    from pypinyin.seg.mmseg import seg

    words: list[tuple[str, Sequence[str]]] = []
    at = 0
    for match in _phrase_pattern().finditer(run):
        words += [(word, _pinyin(word)) for word in seg.cut(run[at : match.start()])]
        words.append((match[0], mandarin()["phrases"][match[0]].split()))
        at = match.end()
    words += [(word, _pinyin(word)) for word in seg.cut(run[at:])]
    return [(word, said) for word, said in words if len(word) == len(said)]


def _adverbial(words: list[tuple[str, Sequence[str]]]) -> list[tuple[str, Sequence[str]]]:
    """静静地: after a doubled word the particle 地 is de."""
    out = list(words)
    for at, (word, _) in enumerate(words):
        before = "".join(text for text, _ in words[max(0, at - 2) : at])
        if word == "地" and len(before) > 1 and before[-1] == before[-2] and at + 1 < len(words):
            out[at] = (word, ["de5"])
    return out


def _third_tones(tones: list[int], starts: list[bool]) -> list[int]:
    """三声变调: a third tone before a third tone rises, inside a word or in a word of one character."""
    out = list(tones)
    for at in range(len(tones) - 1):
        alone = starts[at] and starts[at + 1]
        if tones[at] == 3 and tones[at + 1] == 3 and (alone or not starts[at + 1]):
            out[at] = 2
    return out


def _small_words(texts: list[str], tones: list[int]) -> list[int]:
    """一 and 不 before the tone that follows (Lin 2007, ch. 9): 一定 yí, 一天 yì, 不是 bú."""
    out = list(tones)
    for at, text in enumerate(texts[:-1]):
        following = tones[at + 1]
        if text == "不":
            out[at] = 2 if following == 4 else 4
        counted = at > 0 and texts[at - 1] in "第零一二三四五六七八九十"
        if text == "一" and not counted and texts[at + 1] not in "零一二三四五六七八九月号点":
            out[at] = 2 if following in (4, 5) else 4
        if text == "一" and texts[at + 1] == "点" and following == 3:
            out[at] = 4
    return out


def _colour(readings: list[Reading]) -> list[Reading]:
    """儿化: 儿 joins the syllable before it in the words where speakers never part them."""
    out: list[Reading] = []
    words: list[str] = mandarin()["erhua"]["words"]
    line = ""
    for reading in readings:
        line += reading.text
        if reading.text == "儿" and out and any(line.endswith(word) for word in words):
            out[-1] = replace(out[-1], text=out[-1].text + "儿", coloured=True)
        else:
            out.append(reading)
    return out


def readings(run: str) -> list[Reading]:
    """Return how a run of Han characters is said, tones in context. Characters without a reading are passed over."""
    texts: list[str] = []
    said: list[str] = []
    starts: list[bool] = []
    for word, sounds in _adverbial(_words(run)):
        for number, (text, sound) in enumerate(zip(word, sounds, strict=True)):
            if sound and sound[-1].isdigit():
                texts.append(text)
                said.append(sound)
                starts.append(number == 0 or not starts)
    tones = _small_words(texts, [int(sound[-1]) for sound in said])
    tones = _third_tones(tones, starts)
    spoken = zip(texts, said, tones, starts, strict=True)
    return _colour([Reading(text, sound[:-1], tone, start) for text, sound, tone, start in spoken])


def _parts(pinyin: str) -> tuple[str, str]:
    """Split a pinyin syllable into initial and full final: jiu -> j iou, yue -> '' üe, wen -> '' uen."""
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    if pinyin in ("m", "n", "ng"):
        return "", pinyin
    if pinyin == "o":
        return "", "bare o"
    initial, final = str(to_initials(pinyin, strict=True)), str(to_finals(pinyin, strict=True, v_to_u=True))
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        final = "buzzed"
    return initial, final


@lru_cache(maxsize=4096)
def transcribe(pinyin: str, tone: int, coloured: bool = False) -> str:
    """Return the sounds of one pinyin syllable, "" if it is none. The tone mark follows the vowel."""
    initial, final = _parts(pinyin)
    table = mandarin()
    mark = table["tones"][str(tone)]
    if coloured and final in table["erhua"]["finals"]:
        body = str(table["erhua"]["finals"][final] + mark + "ɻ")
    elif final in table["finals"]:
        body = str(table["finals"][final]).replace("0", mark) + ("ɻ" if coloured else "")
    else:
        return ""
    return str(table["initials"].get(initial, "")) + body


def _count(number: int) -> str:
    """Read a number aloud: 10086 is 一万零八十六, 12 is 十二."""
    table = mandarin()["numbers"]
    text, gap = "", False
    for power in range(3, -1, -1):
        group = number // 10_000**power % 10_000
        if group == 0:
            gap = gap or bool(text)
            continue
        said = ""
        hole = bool(text) and (gap or group < 1000)
        for unit in range(3, -1, -1):
            digit = group // 10**unit % 10
            if digit:
                said += ("零" if hole else "") + table["digits"][digit] + table["units"][unit]
                hole = False
            elif said:
                hole = True
        text += said + table["groups"][power]
        gap = False
    text = text or table["digits"][0]
    return str(text[1:] if text.startswith("一十") else text)


def write_numbers(text: str) -> str:
    """Write digits as characters: years and long strings digit by digit, other numbers as counted."""
    table = mandarin()["numbers"]

    def said(match: re.Match[str]) -> str:
        whole, _, fraction = match[0].partition(".")
        one_by_one = (len(whole) == 4 and text[match.end() : match.end() + 1] == "年") or len(whole) > 12
        leading = len(whole) > 1 and whole[0] == "0"
        head = "".join(table["digits"][int(d)] for d in whole) if one_by_one or leading else _count(int(whole))
        return head + (table["point"] + "".join(table["digits"][int(d)] for d in fraction) if fraction else "")

    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"[0-9]+(?:\.[0-9]+)?", said, text)
    return "".join(table["signs"].get(sign, sign) for sign in text)


def syllables_zh(run: str) -> tuple[Syllable, ...]:
    """Return the syllables of a run of Han characters: one a character, save the 儿 of 一点儿."""
    syllables: list[Syllable] = []
    for reading in readings(run):
        sounds = transcribe(reading.pinyin, reading.tone, reading.coloured)
        if sounds:
            stress = 0 if reading.tone == 5 else 2
            syllables.append(Syllable(reading.text, sounds, "zh", reading.word_start, stress, reading.tone))
    return tuple(syllables)
