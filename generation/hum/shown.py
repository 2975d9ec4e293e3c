"""A tune as a member can read and see it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from generation.score.keys import PLAIN, Key, parse_key
from generation.song import TuneNote

SIZE = (800, 240)
FINER = 2
PAPER, INK, FAINT, LINE, BAR = "#fbfaf7", "#2b2d42", "#9a9cab", "#efede6", "#cfccc2"
LOW, HIGH = (86, 105, 214), (235, 103, 117)
"""Colours of the lowest and the highest note."""
COLOURS = 96


def named(notes: Sequence[TuneNote], key: str = "C major", time_signature: str = "4/4") -> str:
    """Return the notes by name, bars divided: ``C4 D4 E4 | G4 -``. A bar without a new note is a dash."""
    bar, spelling = _bar(time_signature), parse_key(key)
    count = math.floor(notes[-1].onset / bar) + 1 if notes else 0
    bars = [
        " ".join(_name(note.midi, spelling) for note in notes if place * bar <= note.onset < (place + 1) * bar)
        for place in range(count)
    ]
    return " | ".join(one or "-" for one in bars)


def picture(notes: Sequence[TuneNote], key: str, tempo_bpm: float, time_signature: str = "4/4") -> bytes:
    """Return the tune as a PNG of 800 by 240 pixels under 60 kB: time across, pitch up, a name on each note."""
    wide, high = SIZE[0] * FINER, SIZE[1] * FINER
    image = Image.new("RGB", (wide, high), PAPER)
    draw = ImageDraw.Draw(image)
    bar, spelling = _bar(time_signature), parse_key(key)
    bars = max(1, math.ceil(max((note.onset + note.duration for note in notes), default=bar) / bar - 1e-6))
    left, right, top, bottom = 24 * FINER, wide - 24 * FINER, 52 * FINER, high - 26 * FINER
    beat = (right - left) / (bars * bar)
    low, top_note = min((note.midi for note in notes), default=60), max((note.midi for note in notes), default=60)
    # At least an octave is drawn, so that a tune of three notes does not look like a leap.
    spare = max(0, 12 - (top_note - low)) / 2
    step = (bottom - top) / (top_note - low + 2 * spare)
    small, large = ImageFont.load_default(12 * FINER), ImageFont.load_default(17 * FINER)
    for pitch in range(math.ceil(low - spare), math.floor(top_note + spare) + 1):
        if (pitch - spelling.tonic) % 12 in spelling.scale:
            y = bottom - (pitch - low + spare) * step
            draw.line((left, y, right, y), LINE, FINER * (2 if pitch % 12 == spelling.tonic else 1))
    for place in range(bars + 1):
        x = left + place * bar * beat
        draw.line((x, top - 8 * FINER, x, bottom + 8 * FINER), BAR, FINER)
        if place < bars:
            draw.text((x + 5 * FINER, bottom + 8 * FINER), str(place + 1), FAINT, small)
    draw.text((left, 14 * FINER), f"{spelling.name}   {tempo_bpm:g} bpm   {time_signature}", INK, large)
    tall = min(16 * FINER, max(9 * FINER, step * 1.7))
    for note in notes:
        x, y = left + note.onset * beat, bottom - (note.midi - low + spare) * step
        end = max(x + tall, x + note.duration * beat - 2.5 * FINER)
        draw.rounded_rectangle(
            (x + FINER, y - tall / 2, end, y + tall / 2), tall / 2, _colour(note.midi, low, top_note)
        )
        _label(draw, _name(note.midi, spelling)[:-1], (x + FINER, y, end), tall, small)
    out = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _label(
    draw: ImageDraw.ImageDraw,
    name: str,
    place: tuple[float, float, float],
    tall: float,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    """Write the name on its note, or above a note too short for it."""
    x, y, end = place
    fits = draw.textlength(name, font) + 6 * FINER <= end - x and tall >= 12 * FINER
    if fits:
        draw.text((x + 5 * FINER, y), name, "white", font, anchor="lm")
    else:
        draw.text(((x + end) / 2, y - tall / 2 - 2 * FINER), name, INK, font, anchor="mb")


def _colour(midi: int, low: int, high: int) -> tuple[int, int, int]:
    part = (midi - low) / max(1, high - low)
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(LOW, HIGH, strict=True))
    return red, green, blue


def _bar(time_signature: str) -> float:
    count, unit = (int(number) for number in time_signature.split("/"))
    return count * 4 / unit


def _name(midi: int, key: Key) -> str:
    """Return the name with its octave, spelt as in the key: in F major ``Bb4``, a raised seventh in A minor ``G#4``."""
    above = (midi - key.tonic) % 12
    if above in key.scale:
        name = key.spell(key.scale.index(above), midi % 12)
    elif key.minor and above == 11:
        name = key.spell(6, midi % 12)
    else:
        name = PLAIN[midi % 12]
    # B# and Cb belong to the octave of the letter they are written with.
    octave = midi // 12 - 1 + {"Cb": 1, "B#": -1}.get(name, 0)
    return f"{name}{octave}"
