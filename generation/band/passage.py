"""A section as the players see it: its bars, its chord at every beat, what comes next and how the song ends."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from generation.band.genre import Genre
from generation.song import Chord, Score, ScoreSection

_EDGE = 1e-6
_AT_LEAST = {"intro": 0.15, "verse": 0.3, "pre-chorus": 0.5, "chorus": 0.75}
"""Heat that a section keeps in the gentlest mood: a groove never drops out of a sad verse, and a chorus stays one."""


@dataclass(frozen=True, slots=True)
class Passage:
    section: ScoreSection
    heat: float
    beats_per_bar: float
    metre: str
    next_kind: str | None
    next_heat: float
    next_chord: Chord | None
    previous_heat: float
    """-1 before the first section."""
    ring_until: float | None
    """In the last section: the beat until which the last chord may sound."""

    @property
    def end(self) -> float:
        return self.section.onset + self.section.bars * self.beats_per_bar

    @property
    def played_bars(self) -> int:
        """Bars in which patterns play; the last bar of a song belongs to its last chord."""
        return self.section.bars - (self.ring_until is not None)

    @property
    def last_bar(self) -> float:
        return self.end - self.beats_per_bar

    def chord(self, beat: float) -> Chord | None:
        """Return the chord that sounds at a beat of the song."""
        chords = self.section.chords
        index = bisect_right([chord.onset for chord in chords], beat + _EDGE) - 1
        return chords[max(index, 0)] if chords else None

    def chord_after(self, chord: Chord) -> Chord:
        """Return the chord that follows, across the end of the section too; the song's last chord follows itself."""
        following = (other for other in self.section.chords if other.onset > chord.onset + _EDGE)
        return next(following, self.next_chord or chord)


def passages(score: Score, genre: Genre) -> tuple[Passage, ...]:
    """Return the sections of a score in order, ready to be played."""
    beats = score.duration_s * score.tempo_bpm / 60
    heats = [max(genre.heat(section.energy), _AT_LEAST.get(section.kind, 0.0)) for section in score.sections]
    last = len(score.sections) - 1
    return tuple(
        Passage(
            section=section,
            heat=heats[index],
            beats_per_bar=score.beats_per_bar,
            metre=score.time_signature,
            next_kind=None if index == last else score.sections[index + 1].kind,
            next_heat=0.0 if index == last else heats[index + 1],
            next_chord=next((c for later in score.sections[index + 1 :] for c in later.chords[:1]), None),
            previous_heat=heats[index - 1] if index else -1.0,
            ring_until=_ring(score, section, beats) if index == last else None,
        )
        for index, section in enumerate(score.sections)
    )


def _ring(score: Score, section: ScoreSection, beats: float) -> float:
    """The last chord is let go a second before the end, or at the end of its bar where there is no time left."""
    end = section.onset + section.bars * score.beats_per_bar
    second = score.tempo_bpm / 60
    return max(min(end, beats - 0.1 * second), beats - second)
