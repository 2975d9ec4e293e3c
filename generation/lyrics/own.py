"""The member's own lyrics: pasted text -> sections, every line kept to the letter.

A tag on a line of its own ([Verse 2], (副歌), ``Bridge:``) opens a section; without tags a blank line does, and a
block that returns word for word is the chorus. A bare chorus tag later on calls the chorus given before.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from generation.song import Line, LyricSection, SectionKind

_TAGS = Path(__file__).parent / "words" / "tags.toml"
_NUMBER = r"[\s_-]*(?:\d{1,2}|[一二三四五六七八九十]|i{1,3}|iv|v)?(?:\s*[x×*]\s*\d)?"
_BRACKETED = re.compile(
    r"^\s*[\[(【（〔［{<《]\s*(?P<tag>[^\])】）〕］}>》]{1,40}?)\s*[\])】）〕］}>》]\s*[:：]?\s*(?P<rest>.*)$"
)
_RUN_WORDS = 16
"""Words, or Chinese characters, that one line can carry."""
_LONGEST_TAG = 40
# Without brackets or a colon only words that nobody sings alone on a line are tags.
_BARE = re.compile(
    rf"(?i)(?:verse|chorus|bridge|pre-?chorus|intro|outro|主歌|副歌|导歌|桥段|前奏|间奏|尾奏|尾声){_NUMBER}"
)
_TIMES = re.compile(r"^[x×*]\s*\d+$")
_WITH_COLON = re.compile(r"^\s*[*_#]*\s*(?P<tag>[^:：*_#]{1,24}?)[\s*_]*[:：]\s*[*_]*(?P<rest>.*)$")


@cache
def _kinds() -> Mapping[str, str]:
    data: dict[str, list[str]] = tomllib.loads(_TAGS.read_text(encoding="utf-8"))
    return {name: kind for kind, names in data.items() for name in names}


def _kind(tag: str) -> str | None:
    """Return the section kind a tag names, ``"none"`` for a remark that is not sung, None for ordinary words."""
    name = tag.strip().lower().replace("_", " ")
    # Other tools write the singer or a mood behind the tag: [Verse 1: Anna], [Chorus - softly].
    for part in (name, re.split(r"[:：,，|]|\s[-–—]\s", name)[0].strip()):
        bare = re.sub(rf"^第[一二三四五六七八九十\d]+[段节]?|{_NUMBER}$", "", part).strip()
        for form in (part, bare):
            if form in _kinds():
                return _kinds()[form]
    return None


def _tag_line(line: str) -> tuple[str, str] | None:
    """Return (kind, words after the tag) if the line is a tag."""
    bracketed = _BRACKETED.match(line)
    if bracketed:
        kind, rest = _kind(bracketed["tag"]), _TIMES.sub("", bracketed["rest"])
        # "(Hook) me up" is a line; "[Hook] me up" is a tag and a line.
        return (kind, rest) if kind and (not rest or line.lstrip()[0] in "[【［") else None
    colon = _WITH_COLON.match(line)
    if colon:
        kind = _kind(colon["tag"])
        return (kind, colon["rest"].strip()) if kind else None
    plain = line.strip(" *_#")
    bare = len(plain) <= _LONGEST_TAG and _BARE.fullmatch(plain)
    return (cast("str", _kind(plain)), "") if bare and _kind(plain) else None


def _lines(text: str) -> list[str]:
    """Return the lines as given; one unbroken run is cut at its slashes, or behind its punctuation if it is long."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]
    if len(lines) > 1:
        return lines
    if re.search(r"\s/{1,2}\s", text):
        stanzas = re.split(r"\s//\s", text)
        return [line.strip() for stanza in stanzas for line in (*re.split(r"\s/\s", stanza), "")]
    if len(text.split()) > _RUN_WORDS or len(text) > _RUN_WORDS * (1 if re.search("[㐀-鿿]", text) else 8):
        return [line.strip() for line in re.split(r"(?<=[,.;!?，。；！？])\s*", text) if line.strip()]
    return lines


def _blocks(text: str) -> list[tuple[str | None, tuple[str, ...]]]:
    """Split into (kind or None, lines); a blank line inside a tagged section does not end it."""
    lines = _lines(text)
    tagged = any(_tag_line(line) for line in lines if line)
    blocks: list[tuple[str | None, list[str]]] = [(None, [])]
    for line in lines:
        tag = _tag_line(line) if line else None
        if tag:
            kind, rest = tag
            blocks.append((kind, [rest] if rest and kind != "none" else []))
        elif line:
            # What stands under a remark ("Title: ...") is words again.
            if blocks[-1][0] == "none":
                blocks.append((None, []))
            blocks[-1][1].append(line)
        elif not tagged and blocks[-1][1]:
            blocks.append((None, []))
    return [(kind, tuple(words)) for kind, words in blocks if kind != "none" and (words or kind)]


def _stanzas(text: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Cut a long untagged block into fours, the last one taking what would be a stray line or two."""
    if len(text) <= 8:
        return [text]
    cuts = list(range(0, len(text) - 1, 4))
    if len(text) - cuts[-1] < 3:
        cuts.pop()
    return [text[a:b] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def sections_of(lyrics_text: str) -> tuple[LyricSection, ...]:
    """Return the sections of a member's lyrics in singing order; empty text gives none.

    Names are unique (``verse 1``, ``chorus 2``). An instrumental section keeps its place with no lines.
    """
    blocks: list[tuple[str | None, tuple[str, ...]]] = []
    for kind, words in _blocks(lyrics_text):
        blocks += [(kind, words)] if kind else [(None, stanza) for stanza in _stanzas(words)]
    returning = {
        words for words, times in Counter(words for kind, words in blocks if kind is None).items() if times > 1
    }
    count: Counter[str] = Counter()
    given: dict[str, tuple[str, ...]] = {}
    sections: list[LyricSection] = []
    for kind, words in blocks:
        kind = kind or ("chorus" if words in returning else "verse")
        words = words or (given.get(kind, ()) if kind in ("chorus", "pre-chorus") else ())
        given.setdefault(kind, words)
        if not words and kind != "instrumental":
            continue
        count[kind] += 1
        lines = tuple(Line(text, "member") for text in words)
        sections.append(LyricSection(f"{kind} {count[kind]}", cast("SectionKind", kind), lines))
    return tuple(sections)


def given_for(name: str, kind: str, own: Sequence[LyricSection]) -> tuple[Line, ...]:
    """Return the member's lines for a section of the form, ``()`` if they gave none.

    A section goes by its name, else the nth of a kind takes the nth given; a chorus or pre-chorus that returns takes
    the last one given.
    """
    by_name = next((section.lines for section in own if section.name == name), ())
    if by_name:
        return by_name
    same = [section for section in own if section.kind == kind and section.lines]
    number = int(name.rsplit(" ", 1)[-1]) if re.search(r" \d+$", name) else 1
    if number <= len(same):
        return same[number - 1].lines
    return same[-1].lines if same and kind in ("chorus", "pre-chorus") else ()
