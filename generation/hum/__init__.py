"""A hummed melody becomes notes of a song."""

from generation.hum.fit import Fitted, fit
from generation.hum.hear import Hummed, hear
from generation.hum.notes import HummedNote
from generation.hum.shown import named, picture

__all__ = ["Fitted", "Hummed", "HummedNote", "fit", "hear", "named", "picture"]
