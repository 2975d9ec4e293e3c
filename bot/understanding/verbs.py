"""Which verb of the conversation a plain sentence means."""

from __future__ import annotations

from bot.understanding.reading import understand
from generation.song import Sheet

_VERB_OF_INTENT = {"new_song": "song", "not_a_request": ""}


def verb_of(text: str, about: Sheet | None = None) -> str:
    """Return the name of a verb of ``bot.conversation.verbs``, ``""`` where the sentence asks for nothing."""
    intent = understand(text).intent
    return _VERB_OF_INTENT.get(intent, intent)
