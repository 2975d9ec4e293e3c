"""The band: arranges a score for the instruments of its genre and plays it."""

from generation.band.arrange import arrange
from generation.band.components import components, known_instruments, remarks
from generation.band.parts import Part, PlayedNote
from generation.band.play import play

__all__ = ["Part", "PlayedNote", "arrange", "components", "known_instruments", "play", "remarks"]
