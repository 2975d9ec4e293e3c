"""Finds what the song is about, in the member's own words.

First the frames that say so ("about …", "for my …", 关于…, 给…写); then words right before "song" or between tags
that are a subject ("birthday", "rain"); then whole parts that ask for nothing and describe no sound: the story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.understanding.lexicon import Hit, Token, tokens, word_lexicon
from bot.understanding.message import HAN, TAKEN, Message
from bot.understanding.parts import Part
from bot.understanding.readings import FILLING
from bot.understanding.words import read_words

LONGEST = 400
"""Characters of theme; more is a story to quote, not a theme to sing about."""
_ALWAYS_ENDS = frozenset({"tempo_bpm", "time_signature", "key", "language"})
_ENDS_AFTER_LEAD_IN = FILLING - {"mood", "reference"}
_EMPTY = re.compile(r"^(?:it|this|that|you|me|us|him|her|them|something|anything|whatever|everything|the|a|an|my|one)?$")
_EDGES = " \t\n.,，。:：;；!！?？~～-–—()（）、…*#>|/" + TAKEN
_ALL_QUOTED = re.compile("[\"'“「《][^\"'“”「」《》]*[\"'”」》]")
_LAST = re.compile(r"\s+(?:please|pls|plz|lol|haha|lmao|thanks|thx|thank you|and|or|with|in|at|for|on|but|xd|tho)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    rank: int
    """0 words before "song", 1 a frame, 2 a story; the theme lists them in this order."""

    def covers(self, hit: Hit) -> bool:
        return self.start <= hit.start and hit.end <= self.end


def framed(message: Message, hits: Sequence[Hit], pieces: Sequence[Part]) -> list[Span]:
    """Return the spans that a frame marks as the theme; hits inside them fill no slot."""
    spans = _stories_with_music(message, hits, pieces)
    for start, last in _frame_starts(message, hits, pieces):
        if any(span.start <= start < span.end for span in spans):
            continue
        end = last if last is not None else _region_end(message, hits, pieces, start)
        span = _trimmed(message, Span(start, end, 1))
        if span:
            spans.append(span)
    return spans


def _stories_with_music(message: Message, hits: Sequence[Hit], pieces: Sequence[Part]) -> list[Span]:
    """Sentences about somebody's life before or after the wish: "She used to dance tango in Buenos Aires." """
    if len(pieces) < 2:
        return []
    spans: list[Span] = []
    for piece in pieces:
        text = message.folded[piece.start : piece.end]
        inside = [hit for hit in hits if piece.start <= hit.start < piece.end and hit.slot in {*FILLING, "head", "unnamed"}]
        lived = {hit.slot for hit in inside} <= {"genre", "instruments", "tempo_word", "time_signature", "unnamed"}
        if inside and lived and piece.opens and _PERSON.match(text) and not _asks(text):
            others = [word for word in tokens(text) if not any(h.start <= piece.start + word.start < h.end for h in inside)]
            if sum(word.text not in _idle_words() for word in others) >= 4:
                spans.append(Span(piece.start, piece.end, 2))
    return spans


_PERSON = re.compile(r"(?:my|our|his|her|we|i|he|she|they|grandma|grandpa|mom|dad)\b(?!'d)")


def told(message: Message, hits: Sequence[Hit], pieces: Sequence[Part], spans: Sequence[Span]) -> list[Span]:
    """Return the subjects and stories outside ``spans``, for a message that asks for a new song."""
    found: list[Span] = []
    for piece in pieces:
        for rest in _outside(piece, spans):
            found += _told_in(message, hits, rest, framed=bool(spans), whole=rest == piece)
    return found


def _told_in(message: Message, hits: Sequence[Hit], piece: Part, *, framed: bool, whole: bool) -> list[Span]:
    inside = [hit for hit in hits if piece.start <= hit.start < piece.end]
    chinese = len(HAN.findall(message.folded[piece.start : piece.end])) >= 2
    if any(hit.slot in {*FILLING, "head", "longer", "section", "unnamed"} for hit in inside):
        return _han_leftovers(message, piece, inside) if chinese else _subjects(message, piece, inside)
    if whole and _is_story(message, piece, chinese=chinese, framed=framed):
        span = _trimmed(message, Span(piece.start, piece.end, 2))
        return [span] if span else []
    return []


def theme_text(message: Message, spans: Sequence[Span], *, joint: str) -> str | None:
    """Join the spans in order of rank, then place; None where there is none."""
    texts: list[str] = []
    for span in sorted(spans, key=lambda span: (span.rank, span.start)):
        text = re.sub(r"\s*[.?!;。？！；\n…]+(?=\s|[\u3400-\u9fff])\s*", joint, message.text[span.start : span.end])
        text = re.sub(r"\s+", " ", text).strip()
        if text.lower() not in {known.lower() for known in texts}:
            texts.append(text)
    return joint.join(texts)[:LONGEST].strip() or None


def _frame_starts(message: Message, hits: Sequence[Hit], pieces: Sequence[Part]) -> list[tuple[int, int | None]]:
    folded = message.folded
    starts: list[tuple[int, int | None]] = []
    for m in _pattern("en", "about").finditer(folded):
        if not _pattern("en", "not_about").search(folded[max(0, m.start() - 12) : m.start()]) and not _measures_at(hits, m.end()):
            starts.append((m.end(), None))
    starts += [(m.start(), None) for m in _pattern("en", "telling").finditer(folded) if _follows_head(folded, hits, m.start())]
    for m in _pattern("en", "for").finditer(folded):
        if _opens_or_follows_wish(message, hits, pieces, m.start()) and _is_for_somebody(message, m.end(), hits):
            starts.append((m.end(), None))
    if HAN.search(folded):
        starts += [(m.end(), None) for m in _pattern("zh", "about").finditer(folded) if not m.group().startswith("about")]
        starts += _given_to(message, hits, pieces)
    return sorted(starts, key=lambda start: start[0])


def _given_to(message: Message, hits: Sequence[Hit], pieces: Sequence[Part]) -> list[tuple[int, int | None]]:
    folded, found = message.folded, []
    uses = _uses()
    for m in _pattern("zh", "for").finditer(folded):
        if _whom(m["whom"]) not in uses:
            found.append((m.start("whom"), m.end("whom")))
    for piece in pieces:
        for m in re.finditer(r"(?:给|为了?)", folded[piece.start : piece.end]):
            start = piece.start + m.end()
            whom = _whom(folded[start : piece.end])
            inside = any(a <= start < (b or a) for a, b in found)
            if not inside and whom not in uses and len(whom) >= 2 and not re.match(r"我?(?:写|做|来|唱|一首|点|整|首)", whom):
                if not any(start <= hit.start < piece.end and hit.slot in FILLING for hit in hits):
                    found.append((start, piece.end))
    return list(found)


def _whom(text: str) -> str:
    return text.strip().removesuffix("的")


def _measures_at(hits: Sequence[Hit], start: int) -> bool:
    return any(hit.start <= start < hit.end and hit.slot in {"tempo_bpm", "duration_s", "longer"} for hit in hits)


def _follows_head(folded: str, hits: Sequence[Hit], start: int) -> bool:
    before = [hit for hit in hits if hit.end <= start and hit.slot in {"head", *FILLING}]
    return bool(before) and len(folded[before[-1].end : start].split()) <= 1 and not re.search(r"[.!?\n]", folded[before[-1].end : start])


def _is_for_somebody(message: Message, start: int, hits: Sequence[Hit]) -> bool:
    folded = message.folded
    rest = folded[start : start + 80]
    article = re.match(r"(?:(?:an?|the|some|my|our)\s+)?", rest)
    noun = start + (article.end() if article else 0)
    if _measures_at(hits, start) or any(hit.start <= noun < hit.end and hit.slot in FILLING for hit in hits):
        return False
    if _pattern("en", "not_for").match(rest):
        return False
    if not (_pattern("en", "person").match(rest) or message.text[start : start + 1].isupper() or HAN.match(rest)):
        return False
    use = max((hit.end for hit in word_lexicon("uses").find(Message(rest, rest)) if hit.start == 0), default=0)
    return not use or bool(re.match(r"(?:'s|\s+(?!about|with|in|at|please|that|and|or|on|where|when|i |to |sessions?|session|vibes?|background|music|video)[a-z])", rest[use:]))


def _opens_or_follows_wish(message: Message, hits: Sequence[Hit], pieces: Sequence[Part], start: int) -> bool:
    piece = next((p for p in pieces if p.start <= start < p.end), None)
    if piece is None:
        return False
    before = message.folded[piece.start : start]
    wished = any(piece.start <= hit.start < start and hit.slot in {*FILLING, "head"} for hit in hits)
    return not _content_words(before) or wished or _asks(before)


def _region_end(message: Message, hits: Sequence[Hit], pieces: Sequence[Part], start: int) -> int:
    """A theme runs over commas as long as the parts speak of nothing else, and ends before "with a female voice"."""
    following = [piece for piece in pieces if piece.end > start]
    end = start
    for piece in following:
        if piece.start > start and (_resumes(message, hits, piece) or (piece.opens and not _goes_on(message, piece))):
            break
        begin = max(piece.start, start)
        cut = _cut(message, hits, begin, piece.end)
        end = cut if cut is not None else piece.end
        if cut is not None or end - start > LONGEST:
            break
    return end


def _goes_on(message: Message, piece: Part) -> bool:
    """A new sentence goes on with the theme where it begins with its person: "She loves …"."""
    text = message.folded[piece.start : piece.end]
    return bool(re.match(r"(?:she|he|they|she's|he's|they're|her|his|their|it's|他|她|它)", text)) and not _asks(text)


def _resumes(message: Message, hits: Sequence[Hit], piece: Part) -> bool:
    text = message.folded[piece.start : piece.end]
    if any(_pattern(language, "resumes").match(text) for language in ("en", "zh")):
        return True
    if any(piece.start <= hit.start < piece.end and hit.slot in {*FILLING, "head", "longer", "section"} for hit in hits):
        return True
    return _asks(text) or not _content(text)


def _cut(message: Message, hits: Sequence[Hit], start: int, end: int) -> int | None:
    """Where, between ``start`` and ``end``, the wish goes on to something else; None if it does not."""
    folded = message.folded
    turn = _pattern("en", "turns_to_asking").search(folded, start, end)
    end = turn.start() if turn else end
    inside = [hit for hit in hits if start <= hit.start < end]
    tail = _tail(message, inside, start, end)
    for hit in inside:
        if hit.start == start and hit.slot in _ALWAYS_ENDS | {"vocals", "purpose", "duration_s", "instruments"}:
            return start
        lead = _pattern("en", "lead_in").search(folded[start : hit.start])
        ends = hit.slot in _ALWAYS_ENDS or (hit.slot == "vocals" and " " in folded[hit.start : hit.end])
        ends = ends or (hit.slot == "duration_s" and not re.match(r"\s+[a-z]", folded[hit.end : end]))
        ends = ends or (hit.slot in _ENDS_AFTER_LEAD_IN and lead is not None and _is_a_wish(folded, inside, hit, end, lead.group()))
        ends = ends or (hit.slot == "purpose" and hit.start > start)
        if ends or (tail is not None and hit.start >= tail):
            place = start + lead.start() if lead else hit.start
            return min(place, tail) if tail is not None else place
    return tail if tail is not None or not turn else end


def _is_a_wish(folded: str, inside: Sequence[Hit], hit: Hit, end: int, lead: str) -> bool:
    """ "with piano" ends a theme; "in the house" and "at the organ recital" do not."""
    lead = lead.strip()
    if lead.startswith(("with", "w", "using", "featuring", "feat", "ft", "sung", "and make", "make it", "keep it", "style")):
        return hit.slot not in {"genre", "purpose"} or lead.startswith(("make", "and make", "keep"))
    if hit.slot in {"genre", "tempo_word"}:
        rest = folded[hit.end : end]
        return lead.startswith(("in a", "in an", "as")) and (
            not rest.strip() or any(other.start >= hit.end and other.slot == "head" for other in inside)
        )
    return hit.slot in {"vocals", "duration_s", "tempo_bpm", "purpose"}


def _tail(message: Message, inside: Sequence[Hit], start: int, end: int) -> int | None:
    """Where the rest of a part is slot words only: 毕业|的民谣, "the sea|lofi piano slow"."""
    folded = message.folded
    for hit in inside:
        if hit.start <= start:
            continue
        rest = [other for other in inside if other.start >= hit.start and other.slot != "idiom"]
        filled = {other.slot for other in rest if other.slot in FILLING}
        gaps = [folded[a:b] for a, b in _gaps(rest, hit.start, end)]
        if hit.slot == "idiom" or any(_content(gap) for gap in gaps):
            continue
        if HAN.search(folded[hit.start : end]) or HAN.search(folded[start : hit.start]):
            return hit.start
        if len(filled) >= 2 or ("genre" in filled and any(other.slot == "head" for other in rest) and re.search(r"\bin an?\b", folded[start : hit.start])):
            return hit.start
    return None


def _gaps(hits: Sequence[Hit], start: int, end: int) -> list[tuple[int, int]]:
    gaps, at = [], start
    for hit in hits:
        gaps.append((at, max(at, hit.start)))
        at = max(at, hit.end)
    return [*gaps, (at, end)]


def _outside(piece: Part, spans: Sequence[Span]) -> list[Part]:
    within = sorted(((span.start, span.end) for span in spans if span.start < piece.end and piece.start < span.end))
    edges = [piece.start, *(edge for span in within for edge in span), piece.end]
    return [Part(a, b, piece.opens) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _is_story(message: Message, piece: Part, *, chinese: bool, framed: bool) -> bool:
    text = message.folded[piece.start : piece.end]
    if _asks(text) or any(_pattern(language, "resumes").match(text) for language in ("en", "zh")):
        return False
    if chinese:
        return _content(text) and len(HAN.findall(text)) >= (4 if framed else 2) and not re.match("不|别|没|(?:很|非常|特别|超|太|比较|有点|稍微|偏).{0,3}$", text)
    words = _content_words(text)
    if framed:
        return len(text.split()) >= 3 and bool(re.search(r"\b(?:we|we're|i|i'm|my|our|she|he|they|she's|he's|i've|we've|us)\b", text))
    return len(words) >= 2 or bool(words and word_lexicon("subjects").find(Message(text, text)))


def _subjects(message: Message, piece: Part, inside: Sequence[Hit]) -> list[Span]:
    """Runs of words between hits that hold a subject: "birthday" song, lofi "rain" piano."""
    found: list[Span] = []
    used = [hit for hit in inside if hit.slot in {*FILLING, "head", "longer", "section", "unnamed"}]
    for start, end in _gaps(used, piece.start, piece.end):
        run = message.folded[start:end]
        subjects = word_lexicon("subjects").find(Message(run, run))
        if not subjects:
            continue
        article = [m.end() for m in re.finditer(r"\b(?:an?|some|another|the|me|this|'s)\s", run[: subjects[0].start])]
        words = [word for word in tokens(run) if word.start >= (article[-1] if article else 0)]
        words = _without_edges(words, keep=subjects[0].start)
        if words:
            span = _trimmed(message, Span(start + words[0].start, start + words[-1].end, 0))
            found += [span] if span else []
    return found


def _without_edges(words: list[Token], *, keep: int) -> list[Token]:
    idle = _idle_words()
    while words and words[0].start < keep and (words[0].text in idle or words[0].text in {"happy", "merry"}):
        words = words[1:]
    while words and words[-1].text in idle and words[-1].start > keep:
        words = words[:-1]
    return words


def _han_leftovers(message: Message, piece: Part, inside: Sequence[Hit]) -> list[Span]:
    """What is left of a Chinese part after its slot words and the frame of asking: 新年|歌, 下雨天|的lofi."""
    found: list[Span] = []
    used = [hit for hit in inside if hit.slot != "idiom"]
    heads = {hit.start: message.folded[hit.start : hit.end] for hit in used if hit.slot == "head"}
    for start, end in _gaps(used, piece.start, piece.end):
        head = heads.get(end, "")
        left = message.folded[start:end]
        opening = _ASKING.match(left)
        start += opening.end() if opening else 0
        closing = _CLOSING.search(message.folded[start:end])
        end = start + closing.start() if closing else end
        rest = message.folded[start:end]
        if len(HAN.findall(rest)) >= 2 and _content(rest) and _content(rest + head) and rest not in _uses():
            if re.match("不|别|没", rest):
                continue
            span = _trimmed(message, Span(start, end, 0))
            found += [span] if span else []
    return found


_ASKING = re.compile(
    r"(?:请|麻烦|能不能|可不可以|可以|能否|能|帮忙|帮我|给我|帮|我们|我想要|我想听|我想|我要|想要|想听|想|要|求|来|写|做|整|搞|创作|生成|制作|弄|编|谱|"
    r"[一两三几]?[首个段支曲点些]|一|下|新的|这段|这首|下面|以下|用|以|有|带|配|加|和|跟|的|是|在|再|把|、|，|\s|很|最好|适合|听|唱|比较|有点|那种|一种|类似|像|更|歌曲?|为|给)+"
)
_CLOSING = re.compile(r"(?:的|和|跟|、|\s|用|之|为|有|是|来|要|带|配|加|加上|为主|左右|以内|就行|就好|吧|谢谢|风格|类|那种|的声音)+$")


def _trimmed(message: Message, span: Span) -> Span | None:
    text = message.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip(_EDGES))
    text = text.strip(_EDGES)
    if _ALL_QUOTED.fullmatch(text):
        start, text = start + 1, text[1:-1]
    while m := _LAST.search(text):
        text = text[: m.start()].rstrip(_EDGES)
    text = text.removesuffix("的声音")
    text = text.rstrip("的")
    text = _without_pictures(text)
    if _EMPTY.match(text.lower()) or TAKEN in text.strip(TAKEN):
        return None
    return Span(start, start + len(text), span.rank)


def _without_pictures(text: str) -> str:
    """Emoji at the end decorate; they are not sung."""
    while text and not (text[-1].isalnum() or text[-1] in ")'\"%》」”"):
        text = text[:-1]
    return text


def _asks(text: str) -> bool:
    return bool(word_lexicon("asks").find(Message(text, text)))


def _content(text: str) -> bool:
    """True where something is left besides grammar and the description of sound."""
    if not HAN.search(text):
        return bool(_content_words(text))
    at, style = 0, word_lexicon("style")
    for hit in style.find(Message(text, text)):
        if re.search(r"[\u3400-\u9fff]", text[at : hit.start]):
            return True
        at = max(at, hit.end)
    return bool(re.search(r"[\u3400-\u9fff]", text[at:]))


def _content_words(text: str) -> list[str]:
    idle = _idle_words()
    taken = [(hit.start, hit.end) for hit in word_lexicon("style").find(Message(text, text))]
    return [
        word.text
        for word in tokens(text)
        if word.text not in idle and not word.text.isdigit() and len(word.text) > 2 and not any(a <= word.start < b for a, b in taken)
    ]


@cache
def _uses() -> frozenset[str]:
    return frozenset(read_words("zh/context")["uses"])


@cache
def _idle_words() -> frozenset[str]:
    context = read_words("en/context")
    return frozenset(context["stop"]) | frozenset(context["style"])


@cache
def _pattern(language: str, name: str) -> re.Pattern[str]:
    return re.compile(read_words(f"{language}/frames")[name])
