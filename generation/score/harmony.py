"""Chords from Roman numerals, laid out over a section with a cadence at its end."""

from __future__ import annotations

import re

from generation.score.genre import Genre
from generation.score.keys import Key
from generation.seeds import rng
from generation.song import Chord, FormSection

NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii")
_DEGREE = re.compile(r"([b#]?)(VII|VI|V|IV|III|II|I|vii|vi|v|iv|iii|ii|i)(.*)")
# Quality suffix -> semitones above the root and how a chord sheet writes it; "" and "7" take their third from the case.
_COLOURS: dict[str, tuple[tuple[int, ...], str]] = {
    "maj7": ((0, 4, 7, 11), "maj7"),
    "maj9": ((0, 4, 7, 11, 14), "maj9"),
    "sus2": ((0, 2, 7), "sus2"),
    "sus4": ((0, 5, 7), "sus4"),
    "7sus4": ((0, 5, 7, 10), "7sus4"),
    "ø7": ((0, 3, 6, 10), "m7b5"),
    "o": ((0, 3, 6), "dim"),
    "o7": ((0, 3, 6, 9), "dim7"),
    "5": ((0, 7), "5"),
}
_BY_CASE: dict[str, tuple[int, ...]] = {"": (), "7": (10,), "9": (10, 14), "6": (9,), "add9": (14,)}


def chord(degree: str, key: Key, onset: float, duration: float) -> Chord:
    """Build a chord from its Roman numeral in ``key``: ``vi7``, ``bVII``, ``IVmaj7``, ``iiø7``.

    Numerals count from the key's own scale (``VI`` in A minor is F). Raises ``ValueError`` on an unknown numeral.
    """
    found = _DEGREE.fullmatch(degree)
    if not found:
        raise ValueError(degree)
    accidental, numeral, colour = found.groups()
    step = NUMERALS.index(numeral.lower())
    root = (key.tonic + key.scale[step] + {"b": -1, "#": 1, "": 0}[accidental]) % 12
    if colour in _COLOURS:
        shape, sheet = _COLOURS[colour]
    elif colour in _BY_CASE:
        minor = numeral.islower()
        shape = (0, 3 if minor else 4, 7, *_BY_CASE[colour])
        sheet = ("m" if minor else "") + colour
    else:
        raise ValueError(degree)
    pitches = tuple((root + step) % 12 for step in shape)
    return Chord(onset, duration, degree, key.spell(step, root) + sheet, root, pitches)


def chord_bars(bars_per_line: int, beats_per_bar: float, spoken: bool) -> float:
    """Return how many bars one measure of a written progression lasts, so that four of them carry two lines."""
    if spoken:
        return 1.0
    return max(bars_per_line / 2, 0.5 if beats_per_bar == 4 else 1.0)


def section_chords(
    section: FormSection,
    following: FormSection | None,
    onset: float,
    beats_per_bar: float,
    measure_bars: float,
    style: Genre,
    key: Key,
    seed: int,
    redraw: int = 0,
) -> tuple[Chord, ...]:
    """Return the chords of one section, from ``onset`` (beats) to its end without a gap.

    The progression of a kind is drawn once a song, so every verse stands on the same chords. A section that leads
    on ends open (on the way to the dominant), a chorus and the song's last section end closed (on the tonic).
    ``redraw`` counts the draws that a member asked for in this section, 0 for the song's own.
    """
    book = style.progressions[key.mode]
    borrowed = {"intro": "chorus" if style.family == "club" else "verse", "instrumental": "chorus", "outro": "chorus"}
    source = borrowed.get(section.kind, section.kind)
    again = (redraw,) if redraw else ()
    progression = _draw(book[source], seed, source, "progression", *again).split("|")
    ends_song = following is None and section.kind != "chorus"
    closed = ends_song or section.kind in {"chorus", "outro"}
    if not ends_song and section.kind in {"intro", "instrumental"}:
        cadence: list[str] = []
    else:
        # A song that ends with its chorus ends it like every time before.
        cadence_of = "outro" if ends_song else section.kind
        cadence = _draw(book["closed" if closed else "open"], seed, cadence_of, "cadence", *again).split("|")
    measures = section.bars / measure_bars
    count = max(1, round(measures))
    length = section.bars * beats_per_bar / count
    if not ends_song and count < 4:
        cadence = cadence[-1:]
    cadence = cadence[-count:]
    row = [progression[index % len(progression)] for index in range(count - len(cadence))] + cadence
    chords: list[Chord] = []
    for index, measure in enumerate(row):
        degrees = measure.split()
        for place, degree in enumerate(degrees):
            start = _split(place, len(degrees), length)
            end = _split(place + 1, len(degrees), length)
            at = onset + index * length
            if chords and chords[-1].degree == degree and place == 0 and index % 2:
                last = chords.pop()
                chords.append(chord(degree, key, last.onset, at + end - last.onset))
            else:
                chords.append(chord(degree, key, at + start, end - start))
    return tuple(chords)


def _split(place: int, parts: int, length: float) -> float:
    """Divide a measure; two chords in three beats fall two and one."""
    if parts == 2 and place == 1 and length % 3 == 0:
        return length * 2 / 3
    return length * place / parts


def _draw(rows: tuple[str, ...], seed: int, *part: str | int) -> str:
    return rows[int(rng(seed, *part).integers(len(rows)))]
