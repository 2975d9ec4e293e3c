"""Which notes carry which syllable of a line."""

from __future__ import annotations

from collections.abc import Sequence

from generation.song import Note


def notes_by_syllable(notes: Sequence[Note], syllables: int) -> list[tuple[int, tuple[Note, ...]]]:
    """Return (syllable, its notes) in singing order: a note without a syllable holds the one before it.

    Notes before the first syllable, for a syllable the line does not have, or of no length are left out.
    """
    groups: list[tuple[int, list[Note]]] = []
    for note in sorted(notes, key=lambda one: one.onset):
        if note.duration <= 0:
            continue
        if note.syllable is None:
            if groups:
                groups[-1][1].append(note)
        elif 0 <= note.syllable < syllables:
            groups.append((note.syllable, [note]))
    return [(index, tuple(held)) for index, held in groups]
