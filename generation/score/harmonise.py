"""A second voice for the chorus: thirds and sixths below or above that stay clear of the chords."""

from __future__ import annotations

from collections.abc import Sequence

from generation.score.melody import Tonality, clashes, sounding
from generation.song import Chord, Note

# Semitones from the lead, best first: thirds below, the fourth and sixths below, thirds above.
_BELOW = (-3, -4, -5, -8, -9)
_ABOVE = (3, 4, 5)


def harmonise(
    notes: Sequence[Note], chords: Sequence[Chord], tonality: Tonality, low: int, high: int
) -> tuple[Note, ...]:
    """Return a part with the lead's rhythm and syllables, diatonic and free of semitone rubs with the chords.

    It lies below the lead where the range ``low..high`` allows, above where not, and doubles the lead where neither
    fits.
    """
    part: list[Note] = []
    for note in notes:
        heard = sounding(chords, note.onset, note.duration)
        scale = tonality.pitch_classes(heard[0])
        choices = [
            note.midi + step
            for step in (*_BELOW, *_ABOVE)
            if low <= note.midi + step <= high
            and (note.midi + step) % 12 in scale
            and not any(clashes(note.midi + step, chord) for chord in heard)
        ]
        before = part[-1].midi if part else None
        ranked = sorted(
            enumerate(choices),
            key=lambda pair: (
                pair[0] * 0.8
                + (0.0 if pair[1] % 12 in heard[0].pitches else 1.0)
                + (0.0 if before is None else 0.3 * abs(pair[1] - before))
            ),
        )
        midi = ranked[0][1] if ranked else note.midi
        part.append(Note(note.onset, note.duration, midi, note.syllable))
    return tuple(part)
