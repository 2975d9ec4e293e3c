"""The embedded lyricist: couplets and choruses from the verse bank, with the request's names in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from generation.errors import MissingPart
from generation.lyrics.chorus import fitted, title_case
from generation.lyrics.couplets import Couplet, couplets, draw, elsewhere
from generation.lyrics.mood import implied_moods
from generation.lyrics.own import given_for, sections_of
from generation.lyrics.rhyme import rhymed_share, rhymes
from generation.lyrics.topic import Topic, topic_of
from generation.lyrics.versebook import PACKAGED, read_bank
from generation.seeds import rng
from generation.song import FormSection, Line, Lyrics, LyricSection, SongPlan, SongRequest

# What kinds of entry a section is written from, with their weights. The bank has few pre-chorus and bridge couplets a
# theme, so that verse couplets stand in often enough for two songs to differ.
_VERSE = {"verse": 1.0}
_KINDS = {
    "pre-chorus": {"pre-chorus": 1.0, "verse": 0.1},
    "bridge": {"bridge": 1.0, "verse": 0.1},
    "outro": {"bridge": 1.0, "verse": 0.3},
    "chorus": {"chorus": 1.0},
}


# How much likelier a couplet becomes by saying what must be heard here, or by being the better manners.
_MUST = 1e6
_RATHER = 8.0
_SOONER = 2.0
_TITLE_WORDS = 7
"""Where a member's first line serves as the title, it is cut here (twice as many characters without spaces)."""


class VerseLyricist:
    """Writes by choosing: the lines stand in the verse bank, and the request decides which ones are sung."""

    component = "template-lyrics"

    def __init__(self, bank_folder: Path = PACKAGED) -> None:
        self._folder = bank_folder

    def write(self, request: SongRequest, plan: SongPlan) -> Lyrics:
        """Write words for every sung section of ``plan.form``, in order.

        A section has exactly the form's number of lines, save that the member's own lines (``request.lyrics``) are
        never cut. The chorus returns word for word; no other machine line is sung twice. Raises ``MissingPart`` if the
        bank has no themes in ``plan.language``.
        """
        return _Song(request, plan, self._folder).lyrics()


def _nothing_left() -> MissingPart:
    return MissingPart("The verse bank has too few lines for this song.", "词库里的句子不够写完这首歌。")


class _Song:
    """One song in the writing: the topic, and the couplets it has said so far."""

    def __init__(self, request: SongRequest, plan: SongPlan, folder: Path) -> None:
        self.plan = plan
        self.moods = request.mood or implied_moods(f"{request.theme} {request.text}") or plan.moods
        self.bank = read_bank(folder, plan.language)
        self.topic: Topic = topic_of(request, plan.language, self.moods, self.bank, plan.seed)
        self.own = sections_of(request.lyrics or "")
        self.request = request
        self.said: list[Couplet] = []
        self._choices: dict[str, list[Couplet]] = {}

    def lyrics(self) -> Lyrics:
        chorus = self._chorus()
        if any(section.kind == "chorus" and not self._given(section) for section in self.plan.form):
            self.said.append(chorus)
        sections: list[LyricSection] = []
        verses = 0
        for section in self.plan.form:
            if section.lines == 0:
                continue
            given = self._given(section)
            written: Sequence[str]
            missing = max(0, section.lines - len(given))
            if section.kind == "chorus":
                written = fitted(chorus.lines, missing, chorus.entry.title and chorus.title, self.plan.language)
            else:
                written = self._section(section, missing, verses)
                verses += section.kind == "verse"
            lines = (*given, *(Line(text, "machine") for text in written))
            sections.append(LyricSection(section.name, section.kind, lines))
        return Lyrics(self._title(chorus, sections), self.plan.language, tuple(sections))

    def _given(self, section: FormSection) -> tuple[Line, ...]:
        return given_for(section.name, section.kind, self.own)

    def choices(self, kind: str) -> list[Couplet]:
        if kind not in self._choices:
            kinds = _KINDS.get(kind, _VERSE)
            self._choices[kind] = couplets(self.topic, self.bank, kinds, self.moods, self.plan.language)
        return self._choices[kind]

    def _chorus(self) -> Couplet:
        """Draw the chorus: of those that say what the song must say, only those nearest to its mood have a chance."""

        def wish(chorus: Couplet) -> float:
            place = _RATHER if "place" in chorus.names else 1.0
            about = _SOONER if chorus.names & {"subject", "word"} else 1.0
            return place * about * rhymed_share(chorus.lines, self.plan.language) ** 4

        choices = self.choices("chorus")
        must = {"title"} if self.topic.title else set() if self.topic.prepared else {"subject", "word"}
        saying = [chorus for chorus in choices if chorus.names & must] or choices
        mood = max((chorus.mood_fit for chorus in saying), default=0.0)
        fitting = [chorus for chorus in saying if chorus.mood_fit == mood]
        found = draw(fitting, [], None, wish, rng(self.plan.seed, "lyrics", "chorus"))
        if found is None:
            raise _nothing_left()
        return found

    def _section(self, section: FormSection, count: int, verse: int) -> list[str]:
        """Write one section other than a chorus; its first couplet says one of the request's names."""
        lines: list[str] = []
        name = self._name_due(verse) if section.kind == "verse" else ""
        while len(lines) < count:
            at = len(lines) // 2
            length = sum(couplet.length for couplet in self.said[-at:]) / at if at else None
            couplet = self._couplet(section, at, length, name if at % 2 == 0 else "", verse)
            if count - len(lines) == 1:
                lines.append(self._odd_line(lines, couplet))
            else:
                lines += couplet.lines
        return lines

    def _name_due(self, verse: int) -> str:
        """Return which of the request's names this verse says.

        A song of a prepared theme is about it anyway and names each once; any other keeps naming its subject.
        """
        names = self.topic.names
        if not self.topic.prepared:
            return names[verse % len(names)] if names else ""
        verses = [couplet for couplet in self.said if couplet.entry.kind != "chorus"]
        heard = {"subject" if name == "word" else name for couplet in verses for name in couplet.names}
        return next((name for name in names if name not in heard), "")

    def _couplet(self, section: FormSection, at: int, length: float | None, name: str, verse: int) -> Couplet:
        def wish(couplet: Couplet) -> float:
            if not name:
                return _RATHER if not couplet.names else 1.0
            if name in couplet.names:
                return _MUST
            # The first verse introduces the subject in full; a later one may say just "the cat".
            if name != "subject" or "word" not in couplet.names:
                return 1.0
            return _MUST if verse or self.topic.prepared else _RATHER

        generator = rng(self.plan.seed, "lyrics", section.name, at)
        found = draw(self.choices(section.kind), self.said, length, wish, generator)
        if found is None:
            others = elsewhere(self.topic, self.bank, self.moods, self.plan.language)
            found = draw(others, self.said, length, wish, generator)
        if found is None:
            raise _nothing_left()
        self.said.append(found)
        return found

    def _odd_line(self, lines: Sequence[str], couplet: Couplet) -> str:
        """Return the line of a couplet that closes a section of odd length, one that rhymes if there is one."""
        near = lines[-2:]
        fits = [line for line in couplet.lines if any(rhymes(line, other, self.plan.language) for other in near)]
        return (fits or couplet.lines)[0]

    def _title(self, chorus: Couplet, sections: Sequence[LyricSection]) -> str:
        """Return the request's title, else the hook: of the member's own chorus or first section, or the machine's."""
        if self.request.title:
            return self.request.title
        own = sorted((section for section in self.own if section.lines), key=lambda section: section.kind != "chorus")
        if not own and any(section.kind == "chorus" and section.lines for section in self.plan.form):
            return title_case(chorus.title) if self.plan.language == "en" else chorus.title
        # Without a chorus a song goes by its first line, like a poem.
        sung = own or [section for section in sections if section.lines]
        if not sung:
            return chorus.title
        first = sung[0].lines[0].text.strip()
        hook = re.split(r"[,.;:!?，。；：！？]", first)[0].strip() or first
        words = hook.split()
        return " ".join(words[:_TITLE_WORDS]) if len(words) > 1 else hook[: 2 * _TITLE_WORDS]
