"""What a player's hands add at the moment of playing: swing, a little unevenness, the spread of a strum."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generation.band.drums import keys
from generation.band.parts import Part, PlayedNote
from generation.band.sampler import TimedNote
from generation.band.sounds import Sound
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Score, ScoreSection

_TOUCH = 0.05
"""Standard deviation of the strength of a stroke, relative."""


def timed(score: Score, part: Part, sound: Sound, take: int = 0) -> list[TimedNote]:
    """Return the part's notes at their samples. The draws belong to (section, part, bar, take)."""
    notes: list[TimedNote] = []
    trims = {keys()[drum]: 10 ** (level / 20) for drum, level in sound.trims.items()}
    for section, bar, group in _bars(score, part.notes):
        draw = rng(score.seed, section, "hands", part.name, bar, take)
        for _, stroke in groupby(group, key=lambda note: note.onset):
            struck = list(stroke)
            late = min(0.02, max(-0.02, float(draw.normal(0.0, sound.human_ms / 1000)))) - sound.early_ms / 1000
            down = round(struck[0].onset * 4) % 4 != 2
            for index, note in enumerate(sorted(struck, key=lambda note: note.midi if down else -note.midi)):
                start = score.seconds(note.onset) + late + index * sound.strum_ms / 1000
                end = score.seconds(note.onset + note.duration) + late
                strength = note.velocity * trims.get(note.midi, 1.0) * (1 + _TOUCH * float(draw.normal()))
                at = max(0, round(start * SAMPLE_RATE))
                until = max(at + 400, round(end * SAMPLE_RATE))
                notes.append(TimedNote(at, until, note.midi, max(1, min(127, round(strength)))))
    return _untangled(notes)


def _bars(score: Score, notes: tuple[PlayedNote, ...]) -> Iterator[tuple[str, int, list[PlayedNote]]]:
    def place(note: PlayedNote) -> tuple[int, int]:
        index = max((i for i, s in enumerate(score.sections) if s.onset <= note.onset + 1e-6), default=0)
        section: ScoreSection = score.sections[index]
        return index, int((note.onset - section.onset + 1e-6) // score.beats_per_bar)

    for (index, bar), group in groupby(notes, key=place):
        yield score.sections[index].name, bar, list(group)


def _untangled(notes: list[TimedNote]) -> list[TimedNote]:
    """A key must be up before it is struck again, however unevenly it was played."""
    out: list[TimedNote] = []
    last: dict[int, int] = {}
    for note in sorted(notes, key=lambda note: (note.start, note.midi)):
        before = last.get(note.midi)
        if before is not None and out[before].end >= note.start:
            earlier = out[before]
            out[before] = TimedNote(
                earlier.start, max(earlier.start + 1, note.start - 1), earlier.midi, earlier.velocity
            )
        last[note.midi] = len(out)
        out.append(note)
    return out
