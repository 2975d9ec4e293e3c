"""Setting one line of words to its tune."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from generation.score.genre import table
from generation.score.melody import BEND, Path, clashes, cleared, pitches, sounding
from generation.score.motif import Setting, TuneLine
from generation.score.prosody import stretches, title_syllables, tone_pull, weights
from generation.score.rhythm import Pace, Room, durations, onsets, strong
from generation.seeds import rng
from generation.song import Chord, Note, Syllable

TITLE_STRETCH = 2.0
"""How much longer than its neighbours a chorus likes to hold a syllable of the song's title."""


def set_words(
    syllables: Sequence[Syllable],
    text: str,
    line: TuneLine,
    number: int,
    room: Room,
    chords: Sequence[Chord],
    setting: Setting,
    transpose: int,
    seconds: Callable[[float], float],
) -> tuple[Note, ...]:
    """Return the notes of one sung line: the tune's rhythm and pitches, bent to these words.

    ``number`` is the line's place in its section; ``transpose`` moves the tune by octaves into another voice.
    """
    heavy, longer = weights(syllables), stretches(syllables, text)
    if setting.kind == "chorus":
        named = title_syllables(syllables, setting.title)
        longer = [
            stretch * TITLE_STRETCH if index in named and weight > 0.3 else stretch
            for index, (stretch, weight) in enumerate(zip(longer, heavy, strict=True))
        ]
    pace = _pace(len(syllables), room, setting, seconds)
    starts = onsets(heavy, longer, room, line.groove, pace, seconds)
    lengths = durations(starts, longer, room, pace, seconds)
    offsets = [start - room.start for start in starts]
    places = [line.place(offset) for offset in offsets]
    targets = [float(line.pitches[place] + transpose) for place in places]
    intervals: list[float | None] = [None]
    for before, after in pairwise(places):
        intervals.append(float(line.pitches[after] - line.pitches[before]) if after != before else None)
    pulls = [tone_pull(a, b) for a, b in zip([None, *syllables], syllables, strict=False)]
    metre = (room.beats_per_bar, room.compound, room.start)
    noise = rng(setting.seed, setting.kind, "melody", line.shape).random((len(starts), 128)) * 0.1
    bends = [
        BEND["skeleton" if strong(offset, room.beats_per_bar, room.compound) or length >= 1.0 else "ornament"]
        for offset, length in zip(offsets, lengths, strict=True)
    ]
    path = Path(starts, lengths, targets, 0.45, intervals, pulls, bends, line.ending)
    found = pitches(path, chords, setting.window, setting.tonality, setting.style.leap, metre, noise)
    notes = [
        Note(start, cleared(start, length, pitch, chords), pitch, index)
        for index, (start, length, pitch) in enumerate(zip(starts, lengths, found, strict=True))
    ]
    return tuple(_melisma(notes, chords, setting, number, seconds))


def _pace(count: int, room: Room, setting: Setting, seconds: Callable[[float], float]) -> Pace:
    """Quicken the section's pace where the words are many; few words keep it, and the line ends early."""
    span = seconds(room.latest) - seconds(room.start)
    each = max(0.17, min(setting.pace.syllable, (span - setting.pace.hold * 0.7) / max(1, count - 1)))
    return replace(setting.pace, syllable=each)


def _melisma(
    notes: list[Note], chords: Sequence[Chord], setting: Setting, number: int, seconds: Callable[[float], float]
) -> list[Note]:
    """Now and then let the line's last syllable turn to a second chord tone."""
    last = notes[-1]
    share = table("tunes.toml")["melisma"].get(setting.style.id, table("tunes.toml")["melisma"]["any"])
    length_s = seconds(last.onset + last.duration) - seconds(last.onset)
    if length_s < 0.9 or last.duration < 1.5 or rng(setting.seed, setting.kind, "melisma", number).random() >= share:
        return notes
    half = float(np.ceil(last.duration) / 2)
    heard = sounding(chords, last.onset + half, last.duration - half)
    low, high = setting.window
    choices = [
        pitch
        for pitch in range(max(low, last.midi - 4), min(high, last.midi + 3) + 1)
        if pitch != last.midi
        and all(pitch % 12 in c.pitches and not clashes(pitch, c) for c in heard)
        and pitch % 12 in setting.tonality.pitch_classes(heard[0])
    ]
    if not choices:
        return notes
    turn = min(choices, key=lambda pitch: (abs(pitch - last.midi), pitch))
    held = Note(last.onset, half, last.midi, last.syllable)
    return [*notes[:-1], held, Note(last.onset + half, last.duration - half, turn, None)]
