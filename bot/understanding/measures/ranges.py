"""What the readers of figures share: ranges (80-90, 80 to 90, 八十到九十) and lengths."""

from __future__ import annotations

import re

from bot.understanding.lexicon import Hit
from bot.understanding.numerals import plain

TO = r"\s*(?:-|–|—|~|\bto\b|到|至)\s*"
"""Between the ends of a range."""
_LONGER = re.compile(r"\s*(?:longer|more|extra|shorter|less)\b")


def length(m: re.Match[str], seconds: float, folded: str) -> Hit:
    """Return the hit of a length, or ``longer`` for "30 seconds longer", which compares and states none."""
    slot = "longer" if _LONGER.match(folded, m.end()) else "duration_s"
    return Hit(m.start(), m.end(), slot, plain(round(seconds, 1)))
