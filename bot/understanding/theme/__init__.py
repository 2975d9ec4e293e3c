"""Finds what the song is about, in the member's own words."""

from bot.understanding.theme.frames import framed
from bot.understanding.theme.span import Span, theme_text
from bot.understanding.theme.told import told

__all__ = ["Span", "framed", "theme_text", "told"]
