"""What a machine-written line may say. A member's own lyrics are theirs and never pass through here."""

from __future__ import annotations

import re
from functools import cache

from generation.lyrics.lexicon import table

_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


@cache
def _rude() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = table("decency")
    english = "|".join(sorted(data["english"], key=len, reverse=True))
    return (
        re.compile(rf"\b(?:{english})(?:s|es|er|ers|ed|ing|in|y)?\b"),
        re.compile("|".join(data["chinese"])),
        re.compile("|".join(data["allowed"])),
    )


def decent(text: str) -> bool:
    """Say whether a slot may be filled with this text: no profanity or slur in English or Mandarin."""
    english, chinese, allowed = _rude()
    plain = allowed.sub("", text.lower().translate(_LOOKALIKES))
    return not english.search(plain) and not chinese.search(re.sub(r"\s", "", text))
