"""Where in the song: "line 2 of the chorus", 第二段第一句, "the last verse"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.understanding.changes.patterns import expressions, kinds, ordinal
from bot.understanding.changes.remarks import UnclearTarget, section_name, unclear
from bot.understanding.changes.sung import Sung
from bot.understanding.lexicon import LANGUAGES
from bot.understanding.message import Message
from generation.song import Phrase, ScoreSection


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as it is named: ``kind`` of section and which one of them, ``line`` of it or of the song.

    Numbers count from 1, negative ones from the end; 0 is unnamed.
    """

    start: int
    end: int
    kind: str = ""
    number: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """What a mention means in one song."""

    where: str
    """A phrase id, a section's name, a kind of section, or ``""`` for the whole song."""
    phrases: tuple[Phrase, ...]
    """The lines meant; of a section that returns with the same words, the first time."""
    sections: tuple[ScoreSection, ...]


def mentions(message: Message) -> list[Mention]:
    """Return the places named in order; a line and its section make one."""
    found: list[Mention] = []
    for mention in sorted(_single(message), key=lambda one: (one.start, -one.end)):
        if found and mention.start < found[-1].end:
            continue
        if found and _belong(message.folded, found[-1], mention):
            last = found.pop()
            named = last if last.kind else mention
            line = last.line or mention.line
            found.append(Mention(last.start, mention.end, named.kind, named.number, line))
        else:
            found.append(mention)
    return found


def resolve(mention: Mention, song: Sung) -> Target:
    """Return what is meant. Raises ``UnclearTarget`` where the song has no such place."""
    sections = song.of_kind(mention.kind) if mention.kind else song.sections
    name = section_name(mention.kind, mention.number)
    if mention.kind and (not sections or abs(mention.number) > len(sections)):
        raise UnclearTarget(unclear("no_section", section=name, sections=[one.name for one in song.sections]))
    if mention.number:
        sections = (sections[mention.number - 1 if mention.number > 0 else mention.number],)
    where = sections[0].name if mention.number else mention.kind
    if not mention.line:
        return Target(where, song.lines_of(_unlike(sections)), tuple(sections))
    lines = song.lines_of(sections[:1] if mention.kind else sections)
    if not song.lines:
        raise UnclearTarget(unclear("no_words"))
    if abs(mention.line) > len(lines):
        key = "no_line" if mention.kind else "no_line_of_song"
        raise UnclearTarget(unclear(key, line=abs(mention.line), count=len(lines), section=name))
    line = lines[mention.line - 1 if mention.line > 0 else mention.line]
    return Target(line.id, (line,), tuple(sections))


def without_places(message: Message, named: Sequence[Mention]) -> Message:
    """Return the message with blanks where places are named, their small words too ("in line 2,", 第二句的)."""
    text, folded = message.text, message.folded
    for mention in named:
        start, end = mention.start, mention.end
        for language in LANGUAGES:
            (before,), (after,) = expressions(language, "place", "before"), expressions(language, "place", "after")
            small = before.search(folded, max(0, start - 12), start)
            start = small.start() if small else start
            small = after.match(folded, end)
            end = small.end() if small else end
        blank = " " * (end - start)
        text, folded = text[:start] + blank + text[end:], folded[:start] + blank + folded[end:]
    return Message(text, folded)


def _single(message: Message) -> Iterator[Mention]:
    for language in LANGUAGES:
        for (pattern,), is_line in (
            (expressions(language, "place", "section"), False),
            (expressions(language, "place", "line"), True),
        ):
            for m in pattern.finditer(message.folded):
                count = counted(m)
                if is_line:
                    if count:
                        yield Mention(m.start(), m.end(), line=count)
                    continue
                groups = m.groupdict()
                word = groups.get("kind") or groups.get("kind2")
                yield Mention(m.start(), m.end(), kinds(language)[word] if word else "verse", count)


def counted(m: re.Match[str]) -> int:
    """Return the number that the groups of a match name, 0 for none."""
    groups = {name: value for name, value in m.groupdict().items() if value}
    if "last" in groups:
        return -1
    if "opening" in groups:
        return 1
    for name in ("which", "number", "fromend"):
        if name in groups:
            value = ordinal(groups[name])
            return -value if name == "fromend" else value
    return 0


def _belong(folded: str, first: Mention, second: Mention) -> bool:
    if bool(first.line) == bool(second.line):
        return False
    between = folded[first.end : second.start]
    return any(expressions(language, "place", "between")[0].fullmatch(between) for language in LANGUAGES)


def _unlike(sections: Sequence[ScoreSection]) -> list[ScoreSection]:
    """Leave out sections that repeat an earlier one's words."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for section in sections:
        words = tuple(phrase.text for phrase in section.phrases)
        if words not in seen:
            seen.add(words)
            kept.append(section)
    return kept
