"""Says back, in one sentence a language, what was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.understanding.message import HAN
from bot.understanding.reading import Understanding, stated
from bot.understanding.words import read_words
from generation.song import Remark

_SHORT_THEME = 12
"""Characters of a Chinese theme that fit into the sentence."""


def summary(understanding: Understanding) -> Remark:
    """Return "A sad lo-fi song about rain in Shanghai, female voice, 80 bpm, in English." and the same in Chinese."""
    slots = stated(understanding)
    spoken = read_words("summary")
    intent = understanding.intent
    if intent not in {"new_song", "change", "extend"}:
        return Remark(spoken["intents"][intent]["en"], spoken["intents"][intent]["zh"])
    if intent == "new_song":
        return Remark(_english_song(slots, spoken), _chinese_song(slots, spoken))
    return Remark(
        _listing(spoken["intents"][intent]["en"], ": ", ", ", _english_details(slots, spoken), "."),
        _listing(spoken["intents"][intent]["zh"], "：", "，", _chinese_details(slots, spoken), "。"),
    )


def _english_song(slots: Mapping[str, Any], spoken: Mapping[str, Any]) -> str:
    words = [*slots.get("mood", ()), *slots.get("genre", ())]
    if slots.get("tempo_word"):
        words.insert(0, spoken["tempo_word"][slots["tempo_word"]]["en"])
    noun = " ".join([*words, "instrumental" if slots.get("vocals") == "none" else "song"])
    article = "An" if noun[0] in "aeio" or noun.startswith(("upl", "8")) else "A"
    title = f' called "{slots["title"]}"' if slots.get("title") else ""
    theme = f" about {slots['theme']}" if slots.get("theme") else ""
    return _listing(f"{article} {noun}{title}{theme}", ", ", ", ", _english_details(slots, spoken, song=True), ".")


def _chinese_song(slots: Mapping[str, Any], spoken: Mapping[str, Any]) -> str:
    moods = "、".join(_name(spoken, "mood", mood) for mood in slots.get("mood", ()))
    tempo = spoken["tempo_word"][slots["tempo_word"]]["zh"] if slots.get("tempo_word") else ""
    title = f"《{slots['title']}》" if slots.get("title") else ""
    theme = slots.get("theme") or ""
    is_short = HAN.search(theme) and len(theme) <= _SHORT_THEME and theme.isalnum()
    before, after = (f"关于{theme}的", "") if is_short else ("", f"，关于“{theme}”" if theme else "")
    described = "".join(f"{word}的" for word in (tempo, moods) if word) + _chinese_kind(slots, spoken)
    return _listing(
        f"一首{before}{described}{title}{after}", "，", "，", _chinese_details(slots, spoken, song=True), "。"
    )


def _chinese_kind(slots: Mapping[str, Any], spoken: Mapping[str, Any]) -> str:
    """Return 民谣, 国风歌 or 爵士纯音乐: what kind of song it is, as one says it."""
    genres = slots.get("genre", ())
    if slots.get("vocals") == "none":
        return "、".join(_name(spoken, "genre", genre) for genre in genres) + "纯音乐"
    if not genres:
        return "歌"
    return "、".join([*(_name(spoken, "genre", genre) for genre in genres[:-1]), _name(spoken, "song", genres[-1])])


def _english_details(slots: Mapping[str, Any], spoken: Mapping[str, Any], *, song: bool = False) -> list[str]:
    details: list[str] = [] if song else [*slots.get("mood", ()), *slots.get("genre", ())]
    if not song and slots.get("tempo_word"):
        details.append(spoken["tempo_word"][slots["tempo_word"]]["en"])
    if slots.get("vocals") and not (song and slots["vocals"] == "none"):
        details.append(spoken["vocals"][slots["vocals"]]["en"])
    if slots.get("instruments"):
        details.append("with " + _and(slots["instruments"]))
    if slots.get("instruments_excluded"):
        details.append("without " + " or ".join(slots["instruments_excluded"]))
    if "tempo_bpm" in slots:
        details.append(f"{_range(slots['tempo_bpm'])} bpm")
    details += [f"in {slots['key']}"] if slots.get("key") else []
    details += [f"in {slots['time_signature']}"] if slots.get("time_signature") else []
    details += [_length_en(slots["duration_s"])] if "duration_s" in slots else []
    if slots.get("language"):
        details.append("in " + _language(slots["language"], "en"))
    details += ["with your lyrics"] if slots.get("lyrics") else []
    details += [" – ".join(slots["structure"])] if slots.get("structure") else []
    details += ["in the manner of " + _and(slots["reference"])] if slots.get("reference") else []
    details += [f"about {slots['theme']}"] if slots.get("theme") and not song else []
    details += [f'called "{slots["title"]}"'] if slots.get("title") and not song else []
    details += [spoken["purpose"][slots["purpose"]]["en"]] if slots.get("purpose") else []
    return details


def _chinese_details(slots: Mapping[str, Any], spoken: Mapping[str, Any], *, song: bool = False) -> list[str]:
    details: list[str] = []
    if not song:
        details += [_name(spoken, slot, value) for slot in ("mood", "genre") for value in slots.get(slot, ())]
        details += [spoken["tempo_word"][slots["tempo_word"]]["zh"]] if slots.get("tempo_word") else []
    if slots.get("vocals") and not (song and slots["vocals"] == "none"):
        details.append(spoken["vocals"][slots["vocals"]]["zh"])
    if slots.get("instruments"):
        details.append("用" + "、".join(_name(spoken, "instruments", name) for name in slots["instruments"]))
    if slots.get("instruments_excluded"):
        details.append("不用" + "、".join(_name(spoken, "instruments", name) for name in slots["instruments_excluded"]))
    details += [f"每分钟 {_range(slots['tempo_bpm'])} 拍"] if "tempo_bpm" in slots else []
    details += [_key_zh(slots["key"])] if slots.get("key") else []
    details += [f"{slots['time_signature']} 拍"] if slots.get("time_signature") else []
    details += [_length_zh(slots["duration_s"])] if "duration_s" in slots else []
    if slots.get("language"):
        details.append("用" + _language(slots["language"], "zh") + "唱")
    details += ["唱你的歌词"] if slots.get("lyrics") else []
    details += (
        ["–".join(_name(spoken, "section", name) for name in slots["structure"])] if slots.get("structure") else []
    )
    details += ["参考" + "、".join(slots["reference"]) + "的风格"] if slots.get("reference") else []
    details += [f"关于“{slots['theme']}”"] if slots.get("theme") and not song else []
    details += [f"歌名《{slots['title']}》"] if slots.get("title") and not song else []
    details += [spoken["purpose"][slots["purpose"]]["zh"]] if slots.get("purpose") else []
    return details


def _listing(head: str, first: str, joint: str, details: Sequence[str], stop: str) -> str:
    return head + (first + joint.join(details) if details else "") + stop


def _name(spoken: Mapping[str, Any], slot: str, value: str) -> str:
    return str(spoken["zh"][slot].get(value, value))


def _language(code: str, said_in: str) -> str:
    return str(read_words("languages")[code][said_in][0])


def _and(names: Sequence[str]) -> str:
    return " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + " and " + names[-1]


def _range(tempo: float | list[float]) -> str:
    return f"{tempo[0]}–{tempo[1]}" if isinstance(tempo, list) else str(tempo)


def _length_en(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:.0f} min {rest:g} s" if minutes and rest else f"{minutes:.0f} min" if minutes else f"{rest:g} s"


def _length_zh(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:.0f}分{rest:g}秒" if minutes and rest else f"{minutes:.0f}分钟" if minutes else f"{rest:g}秒"


def _key_zh(key: str) -> str:
    tonic, mode = key.split(" ")
    sign = {"#": "升", "b": "降"}.get(tonic[1:], "")
    return f"{sign}{tonic[0]}{'小调' if mode == 'minor' else '大调'}"
