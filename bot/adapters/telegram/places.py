"""How Telegram's chats, topics and members are named outside the adapter."""

from __future__ import annotations

from dataclasses import dataclass

SURFACE = "telegram"


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, or one topic of a forum."""

    chat: int
    topic: int | None = None

    @property
    def place(self) -> str:
        """``telegram:-100123``, or ``telegram:-100123/7`` for a topic."""
        return f"{SURFACE}:{self.chat}" + (f"/{self.topic}" if self.topic else "")

    @property
    def is_shared(self) -> bool:
        """Groups have negative numbers."""
        return self.chat < 0


def address_of(place: str) -> Address:
    """Read a place id. Raises ``ValueError`` for one of another surface."""
    surface, _, where = place.partition(":")
    if surface != SURFACE:
        raise ValueError(f"{place} is not a place on Telegram")
    chat, _, topic = where.partition("/")
    return Address(int(chat), int(topic) if topic else None)


def member_id(number: int) -> str:
    return f"{SURFACE}:{number}"


def message_id(chat: int, number: int) -> str:
    return f"{SURFACE}:{chat}:{number}"


def press_id(query: str) -> str:
    return f"{SURFACE}:cb:{query}"


def query_of(message: str) -> str | None:
    """Return the callback query's id where a message is a pressed button."""
    _, _, query = message.partition(f"{SURFACE}:cb:")
    return query or None


def number_of(message: str) -> int | None:
    """Return the number within its chat where a message is one that was written."""
    if query_of(message):
        return None
    number = message.rpartition(":")[2]
    return int(number) if number.isdecimal() else None
