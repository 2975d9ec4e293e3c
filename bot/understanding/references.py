"""Finds the performers and composers a member wants the song to resemble."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.understanding.lexicon import Hit, Lexicon, word_lexicon
from bot.understanding.message import HAN, Message
from bot.understanding.words import frame, read_words

_NAME_WORD = r"[A-ZÀ-Þ][\w.'’&-]*|[A-Z0-9]{2,}"
_NAME = re.compile(
    rf"(?:the |The )?(?:{_NAME_WORD})"
    rf"(?:\s(?:of|the|and the|de|del|da|von|van|y)\s(?:{_NAME_WORD})|\s(?:{_NAME_WORD}|\d+))*"
)
_LOWER_NAME = re.compile(
    r"[a-z][\w.'’&-]*(?:\s(?!and\b|or\b|but\b|with\b|about\b|in\b|for\b|at\b|meets\b)[\w.'’&-]+){0,2}"
)
_NOT_A_PERSON = re.compile(r"^(?:a|an|the|my|this|that|when|what|how|something|it)\b")


def references(message: Message, hits: Sequence[Hit]) -> list[Hit]:
    """Return hits of slot ``reference``; ``hits`` are other readings, which are no names."""
    found = [*_english(message, hits), *_chinese(message, hits)]
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if all(hit.start >= other.end or hit.end <= other.start for other in kept):
            kept.append(hit)
    return kept


def _english(message: Message, hits: Sequence[Hit]) -> Iterator[Hit]:
    text, folded = message.text, message.folded
    known = _known_names()
    after, joins = frame("en", "style_after"), frame("en", "name_joins")
    named = {hit.start: hit for hit in known.find(message)}
    for cue, sure in ((frame("en", "style_of"), True), (frame("en", "like"), False)):
        for m in cue.finditer(folded):
            at: int | None = m.end()
            while at is not None:
                hit = named.get(at) or named.get(at + 4 if folded.startswith("the ", at) else at)
                hit = hit or _unlisted(text, at, hits, sure="style of" in m.group() or "vein" in m.group())
                if hit is None or (not sure and hit.start not in named and len(str(hit.value).split()) < 2):
                    break
                yield Hit(at, hit.end, "reference", text[hit.start : hit.end].strip(" .,"))
                join = joins.match(folded, hit.end)
                at = join.end() if join and (join.end() in named or _NAME.match(text, join.end())) else None
    for hit in named.values():
        follows = after.match(folded, hit.end)
        if follows and (
            text[hit.start].isupper() or " " in str(hit.value) or follows.group().strip(" -") in {"style", "type"}
        ):
            yield Hit(hit.start, follows.end(), "reference", text[hit.start : hit.end])


def _unlisted(text: str, at: int, hits: Sequence[Hit], *, sure: bool) -> Hit | None:
    m = _NAME.match(text, at) or (_LOWER_NAME.match(text, at) if sure else None)
    if m is None or _NOT_A_PERSON.match(m.group()):
        return None
    if any(hit.start < m.end() and hit.end > m.start() and hit.slot != "unnamed" for hit in hits):
        return None
    named = Message(m.group(), m.group().lower())
    if word_lexicon("subjects").find(named) or word_lexicon("stop").find(
        Message(m.group(), m.group().split()[0].lower())
    ):
        return None
    return Hit(m.start(), m.end(), "reference", m.group())


def _chinese(message: Message, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Listed names with a word of likeness beside them; others where they begin with a surname."""
    folded, text = message.folded, message.text
    if not HAN.search(folded):
        return
    for hit in _known_names().find(message):
        before = folded[max(0, hit.start - 4) : hit.start]
        if frame("zh", "likeness_after").match(folded, hit.end) or frame("zh", "likeness_before").search(before):
            yield Hit(hit.start, hit.end, "reference", text[hit.start : hit.end])
    for cue in ("style_of", "like"):
        for m in frame("zh", cue).finditer(folded):
            name = frame("zh", "name_opening").sub("", m["name"])
            name = re.split("的|那|一样|唱", name)[0] if cue == "like" else name
            start = m.start("name") + m["name"].find(name)
            taken = any(hit.start < start + len(name) and start < hit.end for hit in hits)
            if not taken and _looks_like_a_name(name):
                yield Hit(start, start + len(name), "reference", text[start : start + len(name)])


def _looks_like_a_name(name: str) -> bool:
    if not 2 <= len(name) <= 3 or name[0] not in read_words("names")["surnames"]:
        return False
    return not word_lexicon("style").find(Message(name, name))


@cache
def _known_names() -> Lexicon:
    names = read_words("names")
    return Lexicon((name, "reference", name) for name in (*names["en"], *(name.lower() for name in names["zh"])))
