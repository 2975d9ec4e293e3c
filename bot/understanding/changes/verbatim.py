"""What is given word for word: pronunciations, other lines, one word for another, a title, chords by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.understanding.changes.patterns import expressions, matches
from bot.understanding.changes.places import Mention, Target, mentions, resolve, without_places
from bot.understanding.changes.remarks import UnclearTarget, section_name, unclear
from bot.understanding.changes.sung import Sung
from bot.understanding.lexicon import LANGUAGES, slot_lexicon
from bot.understanding.message import HAN, Message
from generation.changes import Change, Chords, Replace, Reword, Say, Title
from generation.song import Phrase, Remark

_QUOTES = "\"“”「」『』《》' "
_QUOTED = re.compile(
    r"\s*(?:\"([^\"\n]{1,200})\"|“([^”\n]{1,200})”|「([^」\n]{1,200})」|(?<!\w)'([^\n]{1,200})'(?!\w))"
)
_CHORD = r"[A-G](?:#|b|♯|♭)?(?:maj|min|dim|aug|sus|add|m|M)?\d{0,2}(?:sus[24]|b5|#5|add9)?(?:/[A-G][#b]?)?(?![A-Za-z])"
_CHORDS = re.compile(rf"(?<![A-Za-z]){_CHORD}(?:[\s,，、|→–-]+{_CHORD}){{1,31}}")
_REACH = 60
"""Characters between a place and the words given for it."""


@dataclass(slots=True)
class Verbatim:
    """Reads one message from the most to the least literal; what is read is taken out of ``left``."""

    left: Message
    song: Sung
    changes: list[Change] = field(default_factory=list)
    unclear: Remark | None = None
    """An impossible target."""
    perhaps: Remark | None = None
    """What to say if nothing else is found."""

    def read(self) -> Verbatim:
        for reader in (self._says, self._chords, self._rewords, self._replaces, self._titles):
            try:
                reader()
            except UnclearTarget as error:
                self.unclear = self.unclear or error.remark
                self.left = Message("", "")
        return self

    def _says(self) -> None:
        for m, named in self._found("say"):
            target = self._target(named)
            word = self.song.find(_bare(self._text(m, "word")), target.phrases if target else self.song.lines)
            if not word:
                self.perhaps = self.perhaps or unclear("no_word", word=_bare(self._text(m, "word")))
                continue
            spoken = _spoken(word, _bare(self._text(m, "spoken")))
            self.changes += [Say(word, spoken, phrase) for phrase in self._phrases(word, target)]
            self._take(m, named)

    def _reword_section(self, mention: Mention) -> None:
        """Take several lines given for a section: "verse 2: …" and a line under the other, or with slashes between."""
        joined = self._joined(mention.end)
        words = self.left.text[joined.end() :] if joined else ""
        lines = [line.strip(_QUOTES) for line in re.split(r"\n+|\s/\s", words) if line.strip(_QUOTES)]
        if joined is None or len(lines) < 2 or "\ufffc" in words:
            return
        sung = resolve(mention, self.song).phrases
        if len(lines) > len(sung):
            section = section_name(mention.kind, mention.number)
            raise UnclearTarget(unclear("no_line", line=len(lines), count=len(sung), section=section))
        self.changes += [Reword(phrase.id, line) for phrase, line in zip(sung, lines, strict=False)]
        self.left = self.left.without([(mention.start, len(self.left.text))])

    def _joined(self, at: int) -> re.Match[str] | None:
        """Return the small words between a place and what shall be sung there: "should be:", 改成."""
        tried = (one.match(self.left.folded, at) for lang in LANGUAGES for one in expressions(lang, "reword", "joins"))
        return next((m for m in tried if m), None)

    def _replaces(self) -> None:
        for m, named in self._found("replace"):
            old, new = self._text(m, "old"), self._text(m, "new")
            target = self._target(named)
            word = (
                ""
                if self._is_about_sound(old)
                else self.song.find(_bare(old), target.phrases if target else self.song.lines)
            )
            if word:
                self.changes += [Replace(word, _bare(new), phrase) for phrase in self._phrases(word, target)]
                self._take(m, named)
            elif not self._is_about_sound(old):
                self.perhaps = self.perhaps or unclear("no_word", word=_bare(old))

    def _rewords(self) -> None:
        for mention in mentions(self.left):
            if not mention.line:
                self._reword_section(mention)
                continue
            found = self._given_line(mention.end)
            if not found:
                continue
            start, end, line = found
            target = resolve(mention, self.song)
            self.changes.append(Reword(target.where, line))
            self.left = self.left.without([(mention.start, max(start, end))])

    def _titles(self) -> None:
        for language in LANGUAGES:
            for pattern in expressions(language, "title"):
                m = pattern.search(self.left.folded)
                title = _bare(self._text(m, "title")) if m else ""
                if m and title and "\ufffc" not in title:
                    self.changes.append(Title(title))
                    self.left = self.left.without([m.span()])
                    return

    def _chords(self) -> None:
        for m in _CHORDS.finditer(self.left.text):
            names = tuple(re.findall(_CHORD, m.group()))
            nearby = self.left.folded[max(0, m.start() - _REACH) : m.end() + _REACH]
            called = matches("chords", "named", nearby)
            mention = _nearest(m.start(), m.end(), mentions(self.left))
            if not called and not (mention and len(names) >= 3):
                continue
            if mention is None:
                raise UnclearTarget(unclear("which_chords"))
            where = resolve(mention, self.song).where.partition("/")[0]
            self.changes.append(Chords(where, names))
            start, end = min(mention.start, m.start()), max(mention.end, m.end())
            word = re.search(r"\b(?:chords?|harmony)\b[^.!?\n]{0,20}$", self.left.folded[:start])
            self.left = self.left.without([(word.start() if word else start, end)])

    def _given_line(self, at: int) -> tuple[int, int, str] | None:
        """Return where the words for a line begin and end, and the words to the letter."""
        folded, text = self.left.folded, self.left.text
        joined = self._joined(at)
        start = joined.end() if joined else at
        quoted = _QUOTED.match(text, start)
        if quoted:
            return quoted.start(), quoted.end(), next(group for group in quoted.groups() if group)
        if not joined or any(
            one.match(folded, start) for lang in LANGUAGES for one in expressions(lang, "reword", "not_words")
        ):
            return None
        ends = [
            m.start()
            for lang in LANGUAGES
            for one in expressions(lang, "reword", "ends")
            if (m := one.search(folded, start))
        ]
        end = min(ends, default=len(text))
        words = text[start:end].strip(_QUOTES)
        return (
            (start, end, words) if words and "\ufffc" not in words and "instead of" not in folded[start:end] else None
        )

    def _found(self, table: str) -> Iterator[tuple[re.Match[str], Mention | None]]:
        """Yield the matches beside the places named, each with the place nearest to it."""
        named = mentions(self.left)
        bare = without_places(self.left, named)
        taken: list[tuple[int, int]] = []
        for language in LANGUAGES:
            for pattern in expressions(language, table):
                for m in pattern.finditer(bare.folded):
                    if "\ufffc" not in m.group() and all(m.end() <= start or m.start() >= end for start, end in taken):
                        before = len(self.changes)
                        yield m, _nearest(m.start(), m.end(), named)
                        taken += [m.span()] if len(self.changes) > before else []

    def _target(self, named: Mention | None) -> Target | None:
        return resolve(named, self.song) if named else None

    def _phrases(self, word: str, target: Target | None) -> Sequence[str]:
        if target is None:
            return ("",)
        phrases: Sequence[Phrase] = self.song.lines_with(word, target.phrases)
        return [phrase.id for phrase in phrases]

    def _take(self, m: re.Match[str], named: Mention | None) -> None:
        self.left = self.left.without([m.span(), *([(named.start, named.end)] if named else [])])

    def _text(self, m: re.Match[str], group: str) -> str:
        return self.left.text[m.start(group) : m.end(group)]

    def _is_about_sound(self, words: str) -> bool:
        """An instrument or a voice is not a word of the song, unless it is quoted."""
        if words[:1] in _QUOTES:
            return False
        heard = {"instruments", "vocals", "unnamed"}
        return any(hit.slot in heard for hit in slot_lexicon().find(Message(words.lower(), words.lower())))


def _nearest(start: int, end: int, named: Sequence[Mention]) -> Mention | None:
    """Return the place named next to a passage; before it rather than behind it."""
    near = [
        (min(abs(start - mention.end), abs(mention.start - end)) + (mention.start >= end), mention) for mention in named
    ]
    distance, mention = min(near, key=lambda pair: pair[0], default=(_REACH, None))
    return mention if distance < _REACH else None


def _bare(words: str) -> str:
    return words.strip(_QUOTES)


def _spoken(word: str, spoken: str) -> str:
    """Pinyin is written with its tone as a number: xíng -> xing2."""
    spoken = unicodedata.normalize("NFC", spoken.strip())
    if HAN.search(word) and not HAN.search(spoken):
        from pypinyin.contrib.tone_convert import to_tone3  # its dictionaries take a moment to load

        return str(to_tone3(spoken.lower()))
    return spoken
