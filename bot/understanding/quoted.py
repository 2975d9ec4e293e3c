"""Takes out what is quoted or given word for word: own lyrics, the title, a line that must appear."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bot.understanding.message import HAN, Message
from bot.understanding.words import frame, read_words

_QUOTE = re.compile(
    r"\"(?P<a>[^\"]{1,4000})\"|“(?P<b>[^”]{1,4000})”|《(?P<c>[^》]{1,80})》|「(?P<d>[^」]{1,4000})」|『(?P<e>[^』]{1,4000})』"
    r"|(?<!\w)'(?P<f>[^'\n]{2,80}(?:'(?=\w)[^'\n]{1,80}){0,2})'(?!\w)|〈(?P<g>[^〉]{1,80})〉|<<(?P<h>[^>]{1,80})>>"
)
_TAG = re.compile(
    r"^[ \t]*[\[(【（](?:intro|verse|pre[- ]?chorus|chorus|bridge|outro|hook|instrumental"
    r"|前奏|主歌|预副歌|导歌|副歌|桥段|间奏|尾奏|尾声)[^\])】）\n]{0,20}[\])】）]",
    re.IGNORECASE | re.MULTILINE,
)
_SETTINGS = re.compile(
    r"\n[ \t]*\n(?=(?:style|genre|mood|tempo|vocals?|key|please|make it|bpm|风格|曲风|速度|请|要求|用)[^\n]{0,300}\Z)",
    re.IGNORECASE,
)
_AS_A_MODEL = re.compile("(?:那种|这种|那样|这样|一样|的感觉|的风格|的调|风格|风)")
"""《送别》那种感觉: a song to be like, not the title of this one."""
_SENTENCE_END = re.compile(r"[.!?。！？](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands word for word, and the message without it."""

    message: Message
    title: str | None
    lyrics: str | None


def take_quoted(message: Message) -> Quoted:
    """Return the title and own lyrics of ``message``, and the message with them and other quotations taken out."""
    message, lyrics = _take_lyrics(message)
    title, holes = None, []
    for m in _QUOTE.finditer(message.text):
        inside = next(group for group in m.groups() if group is not None)
        before = message.folded[max(0, m.start() - 60) : m.start()]
        if m["c"] and _AS_A_MODEL.match(message.folded, m.end()):
            holes.append(m.span())
        elif title is None and (_searches("title", before) or (m["c"] and not _searches("must_appear", before))):
            title = inside.strip()
            holes.append(m.span())
        elif _searches("must_appear", before):
            holes.append(m.span())
    message = message.without(holes)
    if title is None:
        title, message = _bare_title(message)
    return Quoted(message, title, lyrics)


def _take_lyrics(message: Message) -> tuple[Message, str | None]:
    """Lyrics are a tagged text, a quotation, or all that follows a colon or a line that announces them."""
    text = message.text
    tag = _TAG.search(text)
    if tag:
        return _cut_lyrics(message, tag.start())
    for m in _QUOTE.finditer(text):
        inside = next(group for group in m.groups() if group is not None)
        before = message.folded[max(0, m.start() - 60) : m.start()]
        if _searches("own_quoted", before) and not m["c"] and _is_a_text(inside):
            return message.without([m.span()]), inside.strip()
    for language in ("en", "zh"):
        announced = frame(language, "own_lyrics").search(message.folded)
        if announced and _is_a_text(text[announced.end() :]):
            return _cut_lyrics(message, announced.end())
    lines = text.split("\n")
    if (
        len(lines) >= 5
        and lines[0].rstrip().endswith((":", "："))
        and all(":" not in line and "：" not in line for line in lines[1:])
    ):
        return _cut_lyrics(message, len(lines[0]) + 1)
    return message, None


def _cut_lyrics(message: Message, start: int) -> tuple[Message, str | None]:
    settings = _SETTINGS.search(message.text, start)
    end = settings.start() if settings else len(message.text)
    lyrics = message.text[start:end].strip()
    quote = _QUOTE.fullmatch(lyrics)
    if quote:
        lyrics = next(group for group in quote.groups() if group is not None).strip()
    return message.without([(start, end)]), lyrics or None


def _is_a_text(words: str) -> bool:
    """More than one line that must appear: two lines or sentences, or a slash between lines."""
    words = words.strip()
    return (
        "\n" in words
        or " / " in words
        or len(_SENTENCE_END.findall(words)) >= 2
        or words.count("，") >= 2
        or len(words) > 80
    )


def _bare_title(message: Message) -> tuple[str | None, Message]:
    for language in ("en", "zh"):
        for m in frame(language, "title_bare").finditer(message.folded):
            end = frame(language, "title_ends").search(message.folded, m.end())
            stop = end.start() if end else len(message.text)
            title = message.text[m.end() : stop].strip()
            if 0 < len(title) <= 60 and "\ufffc" not in title:
                return title, message.without([(m.end(), stop)])
    return None, message


def lyrics_language(lyrics: str) -> str:
    """Return the ISO 639 code of the language own lyrics are in, by script, then by their function words."""
    words = _TAG.sub(" ", lyrics)
    if re.search(r"[\u3040-\u30ff]", words):
        return "ja"
    if re.search(r"[\uac00-\ud7af]", words):
        return "ko"
    if HAN.search(words):
        return "zh"
    for code, script in read_words("scripts")["ranges"].items():
        if re.search(f"[{script}]", words):
            return str(code)
    seen = Counter(re.findall(r"[^\W\d_]+", words.lower()))
    scores = {code: sum(seen[word] for word in common) for code, common in read_words("scripts")["common"].items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > scores["en"] else "en"


def _searches(name: str, before: str) -> bool:
    return any(frame(language, name).search(before) for language in ("en", "zh"))
