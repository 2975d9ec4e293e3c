"""What a song is made of, for those who go on working with it."""

from generation.parts.chords import chord_sheet
from generation.parts.write import PARTS, instrumental, parts

__all__ = ["PARTS", "chord_sheet", "instrumental", "parts"]
