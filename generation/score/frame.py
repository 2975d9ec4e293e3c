"""The song before its tune: where every section lies, what sounds under it, and how much time its lines get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generation.score.chord_names import laid_out
from generation.score.genre import Genre, genre
from generation.score.harmony import chord_bars, section_chords
from generation.score.keys import parse_key
from generation.score.marks import NO_MARKS, chords_given, draw_of
from generation.score.melody import Tonality
from generation.score.rhythm import Room, slot_beats
from generation.score.rooms import rooms, shares
from generation.seeds import rng
from generation.song import Chord, Marks, Score, SongPlan

SUNG = ("verse", "pre-chorus", "chorus", "bridge")


@dataclass(frozen=True, slots=True)
class Frame:
    """A plan with its harmony. ``score`` has no sections yet; ``onsets`` and ``chords`` have one entry a section."""

    plan: SongPlan
    style: Genre
    tonality: Tonality
    score: Score
    onsets: tuple[float, ...]
    chords: tuple[tuple[Chord, ...], ...]
    pickup: float

    @property
    def beat_s(self) -> float:
        return 60.0 / self.plan.tempo_bpm

    @property
    def bar_s(self) -> float:
        return self.score.beats_per_bar * self.beat_s

    @property
    def compound(self) -> bool:
        return self.plan.time_signature == "6/8"

    @property
    def syllable_s(self) -> float:
        return 0.2 if self.plan.spoken else 0.26

    def line_count(self, index: int) -> int:
        """Ordinary lines that section ``index`` has room for."""
        return max(1, self.plan.form[index].bars // self.plan.bars_per_line)

    def rooms(self, index: int, counts: Sequence[int]) -> list[Room]:
        """Return the rooms of section ``index`` for lines of these syllable counts."""
        bars = shares(counts, self.plan.form[index].bars, self.plan.bars_per_line, self.bar_s, self.syllable_s)
        return rooms(bars, self.onsets[index], self.score.beats_per_bar, self.compound, self.pickup, self.beat_s)


def frame_of(plan: SongPlan, title: str, marks: Marks = NO_MARKS) -> Frame:
    """Lay out the chords of every section and draw the song's pickup; nothing here depends on the words.

    Raises ``ValueError`` where ``marks`` name a chord that is none.
    """
    style = genre(plan.genre)
    key = parse_key(plan.key)
    score = Score(
        title=title,
        language=plan.language,
        genre=plan.genre,
        moods=plan.moods,
        seed=plan.seed,
        tempo_bpm=plan.tempo_bpm,
        key=plan.key,
        time_signature=plan.time_signature,
        swing=plan.swing,
        swing_unit=plan.swing_unit,
        duration_s=plan.duration_s,
        sections=(),
        instruments=plan.instruments,
        instruments_excluded=plan.instruments_excluded,
    )
    bar = score.beats_per_bar
    measure = chord_bars(plan.bars_per_line, bar, plan.spoken)
    onsets: list[float] = []
    chords: list[tuple[Chord, ...]] = []
    at = 0.0
    for index, section in enumerate(plan.form):
        following = plan.form[index + 1] if index + 1 < len(plan.form) else None
        onsets.append(at)
        given = chords_given(marks, section)
        redraw = draw_of(marks, "chords", section)
        chords.append(
            laid_out(given.names, key, at, section.bars, bar)
            if given
            else section_chords(section, following, at, bar, measure, style, key, plan.seed, redraw)
        )
        at += section.bars * bar
    pickups = style.pickups
    slots = pickups[int(rng(plan.seed, "pickup").integers(len(pickups)))]
    pickup = min(1.0, slots * slot_beats(plan.bars_per_line * bar, bar, plan.time_signature == "6/8"))
    if plan.form[0].kind in SUNG or plan.spoken:
        # A song that opens on its first line has no bar to pick up from; its returns must match it.
        pickup = 0.0
    return Frame(plan, style, Tonality(key, style.pentatonic), score, tuple(onsets), tuple(chords), pickup)
