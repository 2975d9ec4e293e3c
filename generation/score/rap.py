"""Rapped lines: words in rhythm around one pitch, the rhyme on the last beat."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generation.score.motif import TuneLine
from generation.score.prosody import stretches, weights
from generation.score.rhythm import Pace, Room, durations, onsets
from generation.song import Note, Syllable, Voice

FLOW = Pace(syllable=0.24, hold=0.3, longest=0.6)


def rap(
    syllables: Sequence[Syllable],
    text: str,
    line: TuneLine,
    room: Room,
    voice: Voice,
    seconds: Callable[[float], float],
) -> tuple[Note, ...]:
    """Set a line on the sixteenth grid: stresses on the beats, the rhyming syllable on the last beat of the line.

    Pitches follow speech: a slow fall around one centre, stressed syllables a little higher.
    """
    heavy = weights(syllables)
    longer = stretches(syllables, text)
    beats = round((room.latest - room.start) * 2) / 2
    last_beat = max(0.0, float(int(beats / room.beats_per_bar + 0.99)) * room.beats_per_bar - 1.0)
    stressed = [index for index, syllable in enumerate(syllables) if syllable.stress == 2]
    rhyme = stressed[-1] if stressed and len(syllables) - stressed[-1] <= 3 else len(syllables) - 1
    starts = onsets(heavy, longer, room, line.groove, FLOW, seconds, (rhyme, last_beat))
    lengths = durations(starts, longer, room, FLOW, seconds)
    centre = voice.low + 5
    count = max(1, len(syllables) - 1)
    return tuple(
        Note(start, length, round(centre + 1 - 2.5 * index / count + (1.6 if weight > 0.7 else 0.0)), index)
        for index, (start, length, weight) in enumerate(zip(starts, lengths, heavy, strict=True))
    )
