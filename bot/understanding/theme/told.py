"""Finds the theme where no frame says so: a subject right before "song" or between tags, and whole parts that
ask for nothing and describe no sound: the story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.context import FILLING
from bot.understanding.lexicon import Hit, Token, tokens, word_lexicon
from bot.understanding.message import HAN, Message
from bot.understanding.parts import Part
from bot.understanding.theme.peeled import peeled
from bot.understanding.theme.span import Span, gaps, trimmed
from bot.understanding.theme.story import is_story
from bot.understanding.theme.wording import PERSON, asks, content_words, has_content, idle_words, uses
from bot.understanding.words import frame, read_words

_MUSICAL = frozenset({*FILLING, "head", "longer", "section", "unnamed"})
_SOMEBODY = re.compile("[他她它]")
_ARTICLE = re.compile(r"\b(?:an?|some|another|me|'s)\s")
_DESCRIBES = re.compile(r"(?:y|ish|ic|al|ive|ous|ful|less|able|est|er|ed|ly|like|ian|ese)$|^\d|'s$")
_STYLED = re.compile("(?<![春夏秋冬晚海微东台清山北南西寒狂大卷季屏威作家凉暖夜江河的])风$|味儿$")
"""苏格兰风 and 异域风 describe the sound; 晚风 and 台风 are winds."""
_ONE_PIECE = re.compile("[一两三几]?首|一[段支个曲]")
_OF_ONE = re.compile(f"(?P<whom>(?![{''.join(read_words('zh/asking')['qualities'])}])[\\u3400-\\u9fff])的")
"""写一首|山|的歌: one character before 的 is what is sung about, unless it says how."""


def told(message: Message, hits: Sequence[Hit], pieces: Sequence[Part], spans: Sequence[Span]) -> list[Span]:
    """Return the subjects and stories outside ``spans``, for a message that asks for a new song."""
    found: list[Span] = []
    of_somebody = False
    for piece in pieces:
        before = len(found)
        of_somebody = of_somebody and not piece.opens
        for rest in _outside(piece, spans):
            goes_on = not spans and not piece.opens and bool(found) and found[-1].rank == 2
            found += _told_in(
                message, hits, rest, framed=bool(spans) and not of_somebody, whole=rest == piece, goes_on=goes_on
            )
        of_somebody = of_somebody or (len(found) > before and bool(_SOMEBODY.match(message.folded, piece.start)))
    return found


def _told_in(
    message: Message, hits: Sequence[Hit], piece: Part, *, framed: bool, whole: bool, goes_on: bool
) -> list[Span]:
    inside = [hit for hit in hits if piece.start <= hit.start < piece.end]
    chinese = len(HAN.findall(message.folded[piece.start : piece.end])) >= 2
    turn = frame("en", "turns_to_asking").search(message.folded, piece.start, piece.end)
    if turn and whole and PERSON.match(message.folded, piece.start):
        opening = message.folded[piece.start : turn.start()]
        if len(opening.split()) >= 4 and not asks(opening):
            return [Span(piece.start, turn.start(), 2)]
    if any(hit.slot in _MUSICAL for hit in inside):
        return _han_leftovers(message, piece, inside, framed=framed) if chinese else _subjects(message, piece, inside)
    if whole and is_story(message, piece, framed=framed, goes_on=goes_on):
        span = trimmed(message, Span(piece.start, piece.end, 2))
        return [span] if span else []
    return []


def _outside(piece: Part, spans: Sequence[Span]) -> list[Part]:
    within = sorted((span.start, span.end) for span in spans if span.start < piece.end and piece.start < span.end)
    edges = [piece.start, *(edge for span in within for edge in span), piece.end]
    return [Part(a, b, piece.opens) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _subjects(message: Message, piece: Part, inside: Sequence[Hit]) -> list[Span]:
    """Runs of words between hits that hold a subject: "birthday" song, lofi "rain" piano."""
    found: list[Span] = []
    used = [hit for hit in inside if hit.slot in _MUSICAL]
    sounds = {hit.start for hit in used if hit.value in {"voice", "vocals", "vocal", "sound", "style"}}
    songs = {hit.start for hit in used if hit.value in {"song", "songs", "anthem"}}
    for start, end in gaps(used, piece.start, piece.end):
        run = message.folded[start:end]
        if end in sounds:
            continue
        subjects = word_lexicon("subjects").find(Message(run, run))
        if not subjects and end in songs:
            subjects = _noun_before_song(run)
        if not subjects:
            continue
        article = [m.end() for m in _ARTICLE.finditer(run[: subjects[0].start])]
        words = [word for word in tokens(run) if word.start >= (article[-1] if article else 0)]
        words = _without_edges(words, keep=subjects[0].start)
        if words:
            span = trimmed(message, Span(start + words[0].start, start + words[-1].end, 0))
            found += [span] if span else []
    return found


def _noun_before_song(run: str) -> list[Hit]:
    """The last word of "a drinking (song)", unless it describes: "a magical (song)"."""
    last = tokens(run)[-1:]
    article = [m.end() for m in _ARTICLE.finditer(run)]
    noun = content_words(run[article[-1] if article else 0 :])
    if not last or [last[0].text] != noun or _DESCRIBES.search(last[0].text):
        return []
    return [Hit(last[0].start, last[0].end, "subjects", last[0].text)]


def _without_edges(words: list[Token], *, keep: int) -> list[Token]:
    idle = idle_words()
    while words and words[0].start < keep and (words[0].text in idle or words[0].text in {"happy", "merry"}):
        words = words[1:]
    while words and words[-1].text in idle and words[-1].start > keep:
        words = words[:-1]
    return words


def _han_leftovers(message: Message, piece: Part, inside: Sequence[Hit], *, framed: bool) -> list[Span]:
    """What is left of a Chinese part after its slot words and the frame of asking: 新年|歌, 下雨天|的lofi."""
    found: list[Span] = []
    used = [hit for hit in inside if hit.slot != "idiom"]
    # Where a frame names the theme, what clings to a sound describes it: 硬核|说唱, 弦乐|四重奏.
    sounds = {edge for hit in used if framed and hit.slot in FILLING for edge in (hit.start, hit.end)}
    heads = {hit.start: message.folded[hit.start : hit.end] for hit in used if hit.slot == "head"}
    for start, end in gaps(used, piece.start, piece.end):
        head = heads.get(end, "")
        left = message.folded[start:end]
        counted = [m.end() for m in _ONE_PIECE.finditer(left)]
        start += counted[-1] if counted else 0
        of_one = _OF_ONE.fullmatch(message.folded, start, end) if counted else None
        start, end = of_one.span("whom") if of_one else peeled(message.folded, start, end)
        rest = message.folded[start:end]
        is_enough = of_one or len(HAN.findall(rest)) >= 2
        if is_enough and has_content(rest) and has_content(rest + head) and rest not in uses():
            if {start, end} & sounds or re.match("不|别|没|越", rest) or _STYLED.search(rest):
                continue
            span = trimmed(message, Span(start, end, 0))
            found += [span] if span else []
    return found
