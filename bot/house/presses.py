"""A button pressed twice in a moment was meant once."""

from __future__ import annotations

from bot.conversation.message import Message

WITHIN_S = 3.0


class Presses:
    """Remembers the buttons of the last ``WITHIN_S`` seconds. A platform may call each press a message of its own."""

    def __init__(self) -> None:
        self._pressed: dict[tuple[str | None, ...], float] = {}

    def is_again(self, message: Message, now: float) -> bool:
        """Take a message at ``now`` (seconds). True where its member pressed the same button of the same song a moment
        before. Other buttons (one more line, undo) may well be pressed twice in a row."""
        if message.verb is None or not message.song:
            return False
        while self._pressed and next(iter(self._pressed.values())) <= now - WITHIN_S:
            del self._pressed[next(iter(self._pressed))]
        pressed = (message.place.id, message.member.id, message.verb, message.song, message.argument, message.text)
        if pressed in self._pressed:
            return True
        self._pressed[pressed] = now
        return False
