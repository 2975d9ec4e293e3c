"""The house: it takes messages from every surface, lets the conversation decide, and does what it orders."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.adapters.base import Surface
from bot.conversation.message import Member, Message, Place
from bot.conversation.talk import Standing
from storage.songs import Song


class House:
    # ``bot.app.open_house(settings)`` builds it. ``archive`` and ``jobs`` are public.

    async def start(self) -> None:
        """Open the archive, queue again what was open, start the studio in the background."""

    async def close(self) -> None:
        """Stop at once; whatever is open goes on after the next start."""

    def open(self, surface: Surface) -> None:
        """A surface is ready to post (it calls this itself when entered): its open songs are followed again, finished
        ones delivered. Twice the same surface does nothing."""

    async def receive(self, message: Message) -> None:
        """Take one message; the answer is posted through the surface. Returns when it was answered, before any song
        is made. Never raises."""

    async def moved(self, old_place: str, new_place: str) -> None:
        """A place has a new id (a Telegram group became a supergroup): talks, songs and posts go along."""

    async def order(self, place: Place, member: Member, text: str, seed: int | None, language: str) -> Song:
        """Order a song without a talk (the JSON API). Returns it as kept, waiting. Raises ``StudioError``."""
        raise NotImplementedError

    async def standing(self, song: str) -> Standing | None:
        """Where an ordered song stands; None where it is not ordered."""

    def watch(self, song: str) -> AsyncIterator[Song | Standing]:
        """The song as it is now, then every change of it: ``Standing`` while it is open, ``Song`` when its record
        changed. Ends after its final state (or at once where there is no such song)."""
        raise NotImplementedError

    async def cancel(self, song: str) -> bool:
        """Stop a waiting or running song. False where there is nothing to stop."""
        return False

    async def delete(self, song: str) -> bool:
        """Delete a song: files and words; its id stays known as deleted. False where there is no such song."""
        return False
