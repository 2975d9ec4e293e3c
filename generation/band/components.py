"""What the band owes to others: licence rows, and instruments that are only relatives of the one asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generation.band.parts import Part
from generation.band.sounds import sounds, words
from generation.song import Remark

SOUNDFONT_ROW = "fluidr3"
SYNTH_ROW = "builtin-synth"


def known_instruments() -> tuple[str, ...]:
    """Return the instruments a member can name."""
    return tuple(words())


def remarks(instruments: Iterable[str]) -> tuple[Remark, ...]:
    """Return a sentence for each named instrument that is played on the sample of a relative, or not at all."""
    found = []
    for name in dict.fromkeys(instruments):
        word = words().get(name)
        if word is None:
            found.append(Remark(f"The band has no {name}, so it is left out.", f"乐队没有{name}，所以没有用上。"))
        elif word.en:
            found.append(Remark(word.en, word.zh))
    return tuple(found)


def components(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the licence rows of the sounds that the parts are played on."""
    sampled = {sounds()[part.sound].kind == "sample" for part in parts}
    return tuple(row for row, used in ((SOUNDFONT_ROW, True in sampled), (SYNTH_ROW, False in sampled)) if used)
