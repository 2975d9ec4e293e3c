"""What is there on the stand's Telegram: people, chats, messages, files, and what the bot is yet to hear."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

BOT_ID = 4711
USERNAME = "minstrel_stand_bot"
Json = dict[str, Any]


@dataclass
class Chat:
    """A chat and the bot's standing in it."""

    id: int
    type: str
    title: str = ""
    people: set[int] = field(default_factory=set)
    topics: set[int] = field(default_factory=set)
    is_forum: bool = False
    shut: str = ""
    """Why the bot cannot write here, in Telegram's words."""
    moved_to: int = 0
    hears_all: bool = False
    """The bot is an administrator, or privacy mode is off."""
    spoke_last: bool = False
    """The bot wrote last, so that even a plain command is meant for it."""
    messages: dict[int, Json] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def seen(self) -> Json:
        """As messages carry it."""
        names = {"first_name": self.title} if self.type == "private" else {"title": self.title}
        return {"id": self.id, "type": self.type, **names, **({"is_forum": True} if self.is_forum else {})}


@dataclass
class Happening:
    """Something people see beside messages: an alert over a button."""

    person: int
    chat: int
    text: str
    moment: int


class World:
    """All of it, in memory."""

    def __init__(self) -> None:
        self.bot: Json = {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "Minstrel",
            "username": USERNAME,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.users: dict[int, Json] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, bytes] = {}
        self.file_sizes: dict[str, int] = {}
        self.queries: dict[str, Json] = {}
        """Pressed buttons that nobody has answered yet."""
        self.alerts: list[Happening] = []
        self.menus: dict[tuple[str, str], list[Json]] = {}
        self.described: dict[tuple[str, str], str] = {}
        self.updates: list[Json] = []
        self.wanted: list[str] = []
        self.webhook: Json = {"url": ""}
        self.happened = asyncio.Event()
        self.watchers: list[Callable[[str, Json], None]] = []
        """Called with what people see: a message ``sent`` or ``edited``, a press ``alerted``, something ``deleted``."""
        self._ids = itertools.count(1)
        self._moments = itertools.count(1)

    def next_id(self) -> int:
        return next(self._ids)

    def moment(self) -> int:
        """Counts everything that can be seen, so that it can be put in order."""
        return next(self._moments)

    def keep(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a message into a chat. Keys that begin with ``_`` are the stand's own."""
        number = next(chat.numbers)
        message: Json = {
            "message_id": number,
            "date": int(time.time()),
            "chat": chat.seen(),
            "from": sender,
            "_moment": self.moment(),
            **content,
        }
        chat.messages[number] = message
        chat.spoke_last = bool(sender.get("is_bot"))
        return message

    def keep_file(self, content: bytes, **about: Any) -> Json:
        number = self.next_id()
        file_id = f"file{number}"
        self.files[file_id] = content
        size = about.pop("size", len(content))
        self.file_sizes[file_id] = size
        return {"file_id": file_id, "file_unique_id": f"unique{number}", "file_size": size, **about}

    def tell_bot(self, kind: str, content: Json) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        if self.wanted and kind not in self.wanted:
            return
        self.updates.append({"update_id": self.next_id(), kind: told(content)})
        self.happened.set()

    def saw(self, what: str, message: Json) -> None:
        for watcher in self.watchers:
            watcher(what, message)


def told(content: Any) -> Any:
    """A message without the stand's own keys."""
    if isinstance(content, dict):
        return {key: told(value) for key, value in content.items() if not key.startswith("_")}
    return [told(part) for part in content] if isinstance(content, list) else content
