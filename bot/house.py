"""The house: it takes messages from every surface, lets the conversation decide, and does what it orders."""

from __future__ import annotations

from bot.conversation.message import Message


class House:
    async def receive(self, message: Message) -> None:
        """Take one message; the answer is posted through the surface. Returns when it was answered, before any song
        is made. Never raises."""

    async def moved(self, old_place: str, new_place: str) -> None:
        """A place has a new id (a Telegram group became a supergroup): talks, songs and posts go along."""
