"""Textures: air under the whole song, a riser before it lifts, a boom where it lands. One note is one stretch."""

from __future__ import annotations

from generation.band.parts import PlayedNote
from generation.band.passage import Passage
from generation.band.sounds import Sound

_PITCH = 60
_LIFT = 0.2
"""Rise in heat that is worth announcing."""


def texture(passage: Passage, sound: Sound) -> list[PlayedNote]:
    """Return the stretches of one section in which a texture is heard."""
    onset, end = passage.section.onset, passage.end
    match sound.moment:
        case "throughout":
            until = end if passage.ring_until is None else passage.ring_until
            return [PlayedNote(onset, until - onset, _PITCH, 90)]
        case "before lifts" if passage.next_heat - passage.heat >= _LIFT and passage.section.bars > 1:
            length = min(2, passage.section.bars - 1) * passage.beats_per_bar
            return [PlayedNote(end - length, length, _PITCH, 80 + round(30 * passage.next_heat))]
        case "at lifts" if passage.previous_heat >= 0 and passage.heat - passage.previous_heat >= _LIFT:
            return [PlayedNote(onset, 2 * passage.beats_per_bar, _PITCH, 80 + round(30 * passage.heat))]
        case _:
            return []
