"""The bot's plain text laid out for a page: title, facts, progress, form and chords become what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.conversation.words import say

BAR = re.compile(r"[▓█▰░▱]{5,}")
PICTURES = re.compile(r"^(?:[\u2190-\u257f\u25a0-\u25af\u25b2-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+\s*)+")
PERCENT = re.compile(r"\s*\b(\d{1,3}) ?%")
CHORD = re.compile(r"[A-G][#b♯♭]?[^\s:：]*")
TERM = re.compile(r"([^:：“”\"]{2,30})[:：]\s*(\S.*)")
HEADING = re.compile(r"\[([^\[\]]{1,60})\]")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a post. ``text`` is the whole of a ``text``, ``title`` or ``facts``; what a ``bar`` of progress says;
    the name of the section of ``chords``; nothing of ``form`` and ``terms``."""

    kind: Literal["title", "facts", "bar", "form", "chords", "terms", "text"]
    text: str = ""
    done: int = 0
    """Per cent, of a ``bar``."""
    names: tuple[str, ...] = ()
    """Sections of a ``form``, chords of ``chords``."""
    terms: tuple[tuple[str, str], ...] = ()
    """What is said of what; said of nothing in particular under an empty name."""


@dataclass(frozen=True, slots=True)
class Verse:
    """A section of folded words, or lines without a heading."""

    heading: str
    lines: tuple[str, ...]


def laid(text: str, language: str, about_song: bool = False, without: str = "") -> tuple[Part, ...]:
    """Lay out a text. Empty lines part paragraphs; pictures that begin a line are left out, the page has its own.

    Title, facts, form and chords are only looked for in a post that is ``about_song``; a line that only says
    ``without`` (the title, shown already) is left out.
    """
    parts: list[Part] = []
    paragraph: list[str] = []

    def end() -> None:
        if paragraph:
            parts.append(_paragraph(paragraph))
            paragraph.clear()

    for line in text.split("\n"):
        part = _marked(line, language, parts) if about_song else _bar(line)
        if part is None and line.strip() and plain(line) != without:
            paragraph.append(plain(line))
            continue
        end()
        if part is not None and not (part.kind == "title" and part.text == without):
            parts.append(part)
    end()
    return tuple(_facts_first(parts))


def _facts_first(parts: list[Part]) -> Iterator[Part]:
    """While a song is made its standing stands between title and facts: on the page it stands below both."""
    title = next((at for at, part in enumerate(parts) if part.kind == "title"), -1)
    facts = next((part for part in parts[title + 1 :] if part.kind == "facts"), None)
    for at, part in enumerate(parts):
        if part is not facts or title < 0:
            yield part
        if at == title and facts:
            yield facts


def _marked(line: str, language: str, before: list[Part]) -> Part | None:
    title, form, between = _marks(language)
    if line.startswith(title):
        return Part("title", line.removeprefix(title).strip())
    if line.startswith(form):
        return Part("form", names=tuple(line.removeprefix(form).split(" – ")))
    section, _, chords = line.partition(between)
    names = tuple(chords.split())
    if names and any(part.kind == "form" for part in before) and all(map(CHORD.fullmatch, names)):
        return Part("chords", section.strip(), names=names)
    if line.count(" · ") > 1 and not any(part.kind == "facts" for part in before):
        return Part("facts", line)
    return _bar(line)


@cache
def _marks(language: str) -> tuple[str, str, str]:
    """How a title and a form begin, and what stands between a section and its chords."""
    chords = say("card.chords", language, section="\0", chords="\0")
    return say("card.title", language, title=""), say("card.form", language, form=""), chords.strip("\0")


def _bar(line: str) -> Part | None:
    bar = BAR.search(line)
    if not bar:
        return None
    said = " ".join(BAR.sub(" ", plain(line)).split())
    percent = PERCENT.search(said)
    done = int(percent[1]) if percent else round(100 * sum(map(bar[0].count, "▓█▰")) / len(bar[0]))
    return Part("bar", PERCENT.sub("", said), done=min(100, done))


def _paragraph(lines: list[str]) -> Part:
    named = [TERM.fullmatch(line) for line in lines]
    if len(lines) > 3 and sum(map(bool, named)) > len(lines) // 2:
        return Part("terms", terms=terms("\n".join(lines)))
    return Part("text", "\n".join(lines))


def terms(text: str) -> tuple[tuple[str, str], ...]:
    """Cut a note into lines of ``(what, what is said of it)``."""
    lines = [plain(line).strip() for line in text.split("\n") if line.strip()]
    found = [(TERM.fullmatch(line), line) for line in lines]
    return tuple((known[1], known[2]) if known else ("", line) for known, line in found)


def verses(text: str) -> tuple[Verse, ...]:
    """Cut folded words at their ``[headings]``; empty for a text without any."""
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        heading = HEADING.fullmatch(line.strip())
        if heading:
            found.append((heading[1], []))
        elif found and line.strip():
            found[-1][1].append(line)
        elif line.strip():
            return ()
    return tuple(Verse(heading, tuple(lines)) for heading, lines in found)


def plain(line: str) -> str:
    """A line without the pictures it begins with."""
    return PICTURES.sub("", line)
