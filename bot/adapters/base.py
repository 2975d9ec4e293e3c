"""What the house needs of every surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.conversation.message import Message
from bot.conversation.reply import Reply


@dataclass(frozen=True, slots=True)
class Limits:
    """What a surface holds."""

    text: int
    """Characters of a post."""
    upload_bytes: int
    """Of one file."""
    edit_every_s: float
    """Shortest time between two edits of one live post."""
    edit_every_shared_s: float
    """The same in a shared place, where everyone shares one budget."""


class Gone(Exception):
    """The post, the channel or the chat is no more, or the bot was put out of it. Nothing can be said there."""


class Unreachable(Exception):
    """The platform did not take the post now, after the adapter's own retries; trying again later may work."""


class Unconfirmed(Unreachable):
    """The post was sent whole, and the platform's answer never came: it may be there or not."""


class Surface(Protocol):
    """One platform. Methods never block the event loop. A text that is too long is split or folded, never cut
    silently; a file over ``limits.upload_bytes`` is never sent here (``bot.delivery.parcel`` sees to that)."""

    id: str
    """``telegram``, ``discord`` or ``web``: what every place and member id of it begins with."""
    limits: Limits

    async def post(self, place: str, reply: Reply, answering: Message | None = None) -> str:
        """Post a reply and return its name, by which it can be edited and answered; unique within the surface.

        ``answering`` is the message it answers, where there is one: the surface shows them together (a Telegram
        reply, a Discord interaction's response), and a ``private`` reply can only be private to its member.
        Raises ``Gone``, ``Unreachable`` or ``Unconfirmed``.
        """
        ...

    async def edit(self, place: str, post: str, reply: Reply) -> None:
        """Replace text, folded parts and buttons of a post; its files stay. An unchanged post is no error.
        Raises ``Gone`` or ``Unreachable``."""
        ...

    async def delete(self, place: str, post: str) -> None:
        """Take a post down where the platform allows it; what is gone already is no error."""
        ...

    async def busy(self, place: str) -> None:
        """Show that something is being prepared (typing, recording), for about five seconds. Never raises."""
        ...
