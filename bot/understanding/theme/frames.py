"""Finds the theme where a frame says so: "about …", "for my …", 关于…, 给…写."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.context import FILLING
from bot.understanding.lexicon import Hit, tokens, word_lexicon
from bot.understanding.message import HAN, Message
from bot.understanding.parts import Part
from bot.understanding.theme.ends import theme_end
from bot.understanding.theme.span import WITHDRAWN, Span, trimmed
from bot.understanding.theme.wording import PERSON, asks, content_words, has_content, idle_words, use_words, uses
from bot.understanding.words import frame


def framed(message: Message, hits: Sequence[Hit], pieces: Sequence[Part]) -> list[Span]:
    """Return the spans that a frame marks as the theme; hits inside them fill no slot."""
    spans = _stories_with_music(message, hits, pieces)
    for start, last in _frame_starts(message, hits, pieces):
        if any(span.start <= start < span.end for span in spans):
            continue
        if spans and _taken_back(message.folded[spans[-1].end : start]):
            spans.append(replace(spans.pop(), end=start, rank=WITHDRAWN))
        end = last if last is not None else theme_end(message, hits, pieces, start)
        start += _taken_back(message.folded[start:end])
        span = trimmed(message, Span(start, end, 1))
        if span:
            spans.append(span)
    return spans


def _taken_back(folded: str) -> int:
    """Return how much of ``folded`` its last correction takes back: all before "dogs" in "cats, no wait, dogs"."""
    ends = [m.end() for language in ("en", "zh") for m in frame(language, "theme_correction").finditer(folded)]
    return max(ends, default=0)


def _stories_with_music(message: Message, hits: Sequence[Hit], pieces: Sequence[Part]) -> list[Span]:
    """Sentences about somebody's life before or after the wish: "She used to dance tango in Buenos Aires." """
    if len(pieces) < 2:
        return []
    spans: list[Span] = []
    for piece in pieces:
        inside = [
            hit for hit in hits if piece.start <= hit.start < piece.end and hit.slot in {*FILLING, "head", "unnamed"}
        ]
        if inside and (_is_felt(message.folded, inside, piece) or _is_lived(message.folded, inside, piece)):
            spans.append(Span(piece.start, piece.end, 2))
    return spans


def _is_lived(folded: str, inside: Sequence[Hit], piece: Part) -> bool:
    """Somebody's life with music in it, and enough besides the music to be a story."""
    text = folded[piece.start : piece.end]
    if not piece.opens or not {hit.slot for hit in inside} <= _IN_A_LIFE or asks(text):
        return False
    if _KIN.match(text):
        return len(HAN.findall(text)) - sum(hit.end - hit.start for hit in inside) >= 6
    words = [word for word in tokens(text) if not any(h.start <= piece.start + word.start < h.end for h in inside)]
    return bool(PERSON.match(text)) and sum(word.text not in idle_words() for word in words) >= 3


_IN_A_LIFE = frozenset({"genre", "instruments", "tempo_word", "time_signature", "purpose", "unnamed"})
_KIN = re.compile(
    "(?:我|他|她)?的?(?:爷爷|奶奶|外公|外婆|姥姥|姥爷|爸|妈|父亲|母亲|哥|姐|弟|妹|儿子|女儿|老公|老婆|小时候|记得)"
)
"""How a Chinese sentence about somebody's life begins: 爷爷的二胡声是我童年的记忆."""


def _is_felt(folded: str, inside: Sequence[Hit], piece: Part) -> bool:
    """醒来很难过: somebody is sad, the song need not be."""
    if {hit.slot for hit in inside} != {"mood"}:
        return False
    if _FELT_EN.fullmatch(folded, piece.start, inside[0].start):
        return True
    m = _FELT.match(folded[piece.start : inside[0].start])
    return bool(m) and inside[0].end == piece.end and has_content(m["before"] if m else "")


_FELT_EN = re.compile(r"(?:i'm|im|i am|i feel|i've been|i was|we're|we are|he's|she's|feeling)\s+(?:\w+\s+){0,3}")
_FELT = re.compile("(?P<before>[^的歌曲要]{2,})(?:很|好|真|太|又|特别|非常|有点|觉得|感到)$")


def _frame_starts(message: Message, hits: Sequence[Hit], pieces: Sequence[Part]) -> list[tuple[int, int | None]]:
    """Where themes start, and where they end if the frame says so itself."""
    folded = message.folded
    starts = [m.end() for m in frame("en", "about").finditer(folded) if _is_about(folded, hits, m)]
    starts += [m.start() for m in frame("en", "telling").finditer(folded) if _follows_head(folded, hits, m.start())]
    starts += [
        m.end()
        for m in frame("en", "for").finditer(folded)
        if _opens_or_follows_wish(message, hits, pieces, m.start()) and _is_for_somebody(message, m.end(), hits)
    ]
    open_ended: list[tuple[int, int | None]] = [(start, None) for start in starts]
    if not HAN.search(folded):
        return sorted(open_ended, key=lambda found: found[0])
    open_ended += [(m.end(), None) for m in frame("zh", "about").finditer(folded) if m.group()[0] != "a"]
    open_ended += [(m.start(), None) for m in frame("zh", "telling").finditer(folded)]
    return sorted([*open_ended, *_given_to(message, hits, pieces)], key=lambda found: found[0])


def _is_about(folded: str, hits: Sequence[Hit], m: re.Match[str]) -> bool:
    before = folded[max(0, m.start() - 12) : m.start()]
    return not frame("en", "not_about").search(before) and not _measures_at(hits, m.end())


def _given_to(message: Message, hits: Sequence[Hit], pieces: Sequence[Part]) -> list[tuple[int, int]]:
    """给妈妈|写, 给妈妈|的歌, 以夏夜|为主题, and 给妈妈 at the end of a part."""
    folded, idle = message.folded, uses()
    named = [*frame("zh", "for").finditer(folded), *frame("zh", "out_of").finditer(folded)]
    spans = [(m.start("whom"), _before_sound(hits, *m.span("whom"))) for m in named]
    found = [(start, end) for start, end in spans if _whom(folded[start:end]) not in idle]
    for piece in pieces:
        for m in re.finditer("给|为了?|俾|畀", folded[piece.start : piece.end]):
            start = piece.start + m.end()
            whom = _whom(folded[start : piece.end])
            taken = any(a <= start < b for a, b in found)
            wishes = any(start <= hit.start < piece.end and hit.slot in FILLING for hit in hits)
            if not taken and not wishes and whom not in idle and len(whom) >= 2 and not _ASKS_FOR_ME.match(whom):
                found.append((start, piece.end))
    return found


def _before_sound(hits: Sequence[Hit], start: int, end: int) -> int:
    """The 唱 of 给骑手的说唱 is no verb: the theme ends before a word of sound that reaches over ``end``."""
    return next((hit.start for hit in hits if start < hit.start < end < hit.end), end)


_ASKS_FOR_ME = re.compile("[我你他她它]?们?(?:写|做|来|唱|一首|点|整|首)|我(?:打|听|讲|说|弄|搞|发|看|加|安慰|鼓)")


def _whom(text: str) -> str:
    return text.strip().removesuffix("的")


def _measures_at(hits: Sequence[Hit], start: int) -> bool:
    return any(hit.start <= start < hit.end and hit.slot in {"tempo_bpm", "duration_s", "longer"} for hit in hits)


def _follows_head(folded: str, hits: Sequence[Hit], start: int) -> bool:
    before = [hit for hit in hits if hit.end <= start and hit.slot in {"head", *FILLING}]
    return (
        bool(before)
        and len(folded[before[-1].end : start].split()) <= 1
        and not re.search(r"[.!?\n]", folded[before[-1].end : start])
    )


def _is_for_somebody(message: Message, start: int, hits: Sequence[Hit]) -> bool:
    folded = message.folded
    rest = folded[start : start + 80]
    article = re.match(r"(?:(?:an?|the|some|my|our)\s+)?", rest)
    noun = start + (article.end() if article else 0)
    if _measures_at(hits, start) or any(hit.start <= noun < hit.end and hit.slot in FILLING - {"mood"} for hit in hits):
        return False
    if frame("en", "not_for").match(rest):
        return False
    named = frame("en", "person").match(rest) or message.text[start : start + 1].isupper() or HAN.match(rest)
    if not named and not _is_an_occasion(rest):
        return False
    if _is_a_use(rest):
        return False
    use = max((hit.end for hit in word_lexicon("uses").find(Message(rest, rest)) if hit.start == 0), default=0)
    return not use or bool(frame("en", "more_than_a_use").match(rest[use:]))


def _is_an_occasion(rest: str) -> bool:
    """ "shabbat dinner" is what the song is for; "sleeping", "voice and piano" and "free" are not."""
    first = tokens(_PHRASE_END.split(rest, maxsplit=1)[0])[:1]
    return bool(first) and first[0].text in content_words(first[0].text) and not first[0].text.endswith("ing")


def _is_a_use(rest: str) -> bool:
    """ "my study stream" and "a youtube video": every word belongs to a use."""
    phrase = _PHRASE_END.split(rest, maxsplit=1)[0]
    words = [word.text for word in tokens(phrase)]
    return bool(words) and all(word in use_words() or word in idle_words() for word in words)


_PHRASE_END = re.compile(r"[,.;:!?\n(\ufffc]|\s(?:about|with|in|and|that|who|on|at)\s")


def _opens_or_follows_wish(message: Message, hits: Sequence[Hit], pieces: Sequence[Part], start: int) -> bool:
    piece = next((p for p in pieces if p.start <= start < p.end), None)
    if piece is None:
        return False
    before = message.folded[piece.start : start]
    wished = any(piece.start <= hit.start < start and hit.slot in {*FILLING, "head"} for hit in hits)
    return not content_words(before) or wished or asks(before)
