"""One line of a finished score with new words, on the tune it was sung to before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generation.score.composition import setting_of, singer_of, tunes_of, words_of
from generation.score.frame import Frame, frame_of
from generation.score.harmonise import harmonise
from generation.score.hummed import words_on
from generation.score.marks import hook_kind
from generation.score.motif import TuneLine
from generation.score.rap import rap
from generation.score.rhythm import Room
from generation.score.rooms import rooms
from generation.score.setting import set_words
from generation.song import Author, Note, Phrase, Score, ScoreSection, Sheet, Syllable, Voice

FASTEST_S = 0.11
"""A syllable takes at least this long; more of them than that do not fit a line."""


@dataclass(frozen=True, slots=True)
class Page:
    """A finished score together with what its composer had in mind. ``frame`` and score have the same sections."""

    sheet: Sheet
    frame: Frame
    tunes: Mapping[str, Sequence[TuneLine]]

    @property
    def score(self) -> Score:
        return self.sheet.score

    def room(self, index: int, number: int) -> Room:
        """Return the time of line ``number`` (from 0) of section ``index``, as the lines around it leave it."""
        section = self.score.sections[index]
        if not section.phrases or number >= len(section.phrases):
            return self.frame.rooms(index, [0] * max(number + 1, self.frame.line_count(index)))[number]
        return _rooms(self.frame, index, section)[number]

    def most_syllables(self, index: int, number: int) -> int:
        """How many syllables line ``number`` of section ``index`` can carry."""
        room = self.room(index, number)
        return int((self.score.seconds(room.latest) - self.score.seconds(room.earliest)) / FASTEST_S)

    def voice(self, index: int, number: int) -> Voice:
        """Return who sings a line."""
        form = self.sheet.plan.form
        ordinal = sum(section.kind == form[index].kind for section in form[:index])
        return singer_of(self.sheet.plan.voices, form[index].kind, ordinal, number)

    def set_line(
        self,
        index: int,
        number: int,
        text: str,
        syllables: tuple[Syllable, ...],
        author: Author,
        model: Phrase | None = None,
    ) -> Phrase:
        """Return the phrase of new words on the notes of ``model`` (of the line that stands there, if None).

        Only this line's rhythm and pitches are touched, and only as its words need it.
        """
        section = self.score.sections[index]
        room, voice = self.room(index, number), self.voice(index, number)
        model = model or section.phrases[number]
        line = self._tune_line(index, number, model, room)
        phrase = Phrase(f"{section.name}/{number + 1}", text, voice.id, syllables, (), author, self.sheet.plan.spoken)
        if not syllables:
            return phrase
        seconds = self.score.seconds
        notes: tuple[Note, ...]
        if self.sheet.plan.spoken:
            return replace(phrase, notes=rap(syllables, text, line, room, voice, seconds))
        if self.sheet.marks.tune and section.kind == hook_kind(self.sheet.plan.form):
            notes = words_on(syllables, line, room, 0)
        else:
            setting = replace(setting_of(self.frame, section.kind, voice), window=(voice.low, voice.high))
            notes = set_words(syllables, text, line, number, room, section.chords, setting, 0, seconds)
        if section.kind != "chorus":
            return replace(phrase, notes=notes)
        part = harmonise(notes, section.chords, self.frame.tonality, voice.low, voice.high)
        return replace(phrase, notes=notes, harmony=part)

    def _tune_line(self, index: int, number: int, model: Phrase, room: Room) -> TuneLine:
        """Read a tune back from a phrase; its rhythm's pattern is the composer's."""
        drawn = self.tunes.get(self.score.sections[index].kind) or next(iter(self.tunes.values()))
        line = drawn[number % len(drawn)]
        if not model.notes:
            return line
        origin = _bar_line(model.notes[0].onset, room)
        return replace(
            line,
            onsets=tuple(note.onset - origin for note in model.notes),
            durations=tuple(note.duration for note in model.notes),
            pitches=tuple(note.midi for note in model.notes),
            ending="closed" if model.notes[-1].midi % 12 == self.frame.tonality.key.tonic else "free",
        )


def page_of(sheet: Sheet) -> Page:
    """Open a sheet for changes."""
    frame = frame_of(sheet.plan, sheet.lyrics.title, sheet.marks)
    chords = tuple(section.chords for section in sheet.score.sections)
    onsets = tuple(section.onset for section in sheet.score.sections)
    tunes = tunes_of(frame, words_of(sheet.plan.form, sheet.lyrics))
    pickup = max([frame.pickup, *(_early(section) for section in sheet.score.sections)])
    return Page(sheet, replace(frame, score=sheet.score, chords=chords, onsets=onsets, pickup=pickup), tunes)


def _early(section: ScoreSection) -> float:
    """Return how many beats before its section a first line begins: the song may have lost its introduction since."""
    first = next((phrase.notes[0].onset for phrase in section.phrases if phrase.notes), section.onset)
    return min(1.0, max(0.0, section.onset - first))


def _bar_line(onset: float, room: Room) -> float:
    """Return the beginning of the model's own line: ``room`` moved by whole bars to where ``onset`` is in it."""
    bar = room.beats_per_bar
    return room.start + bar * ((onset - room.earliest + 1e-6) // bar) if not _inside(onset, room) else room.start


def _inside(onset: float, room: Room) -> bool:
    return room.earliest - 1e-6 <= onset < room.start + room.beats - 1e-6


def _rooms(frame: Frame, index: int, section: ScoreSection) -> Sequence[Room]:
    """Return the rooms of a section's lines: as the composer shares the bars out, else as the notes lie in them."""
    counts = [len(phrase.syllables) for phrase in section.phrases]
    shared = frame.rooms(index, counts)
    begun = [phrase.notes[0].onset if phrase.notes else None for phrase in section.phrases]
    if all(onset is None or _inside(onset, room) for onset, room in zip(begun, shared, strict=True)):
        return shared
    bar = frame.score.beats_per_bar
    starts = [0.0]
    for onset, room in zip(begun[1:], shared[1:], strict=True):
        at = room.start - section.onset if onset is None else (onset - section.onset + frame.pickup + 1e-6) // bar * bar
        starts.append(max(at, starts[-1] + bar))
    bars = [
        (b - a) / bar for a, b in zip(starts, [*starts[1:], max(section.bars * bar, starts[-1] + bar)], strict=True)
    ]
    return rooms(bars, section.onset, bar, frame.compound, frame.pickup, frame.beat_s)
