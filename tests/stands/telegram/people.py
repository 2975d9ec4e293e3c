"""What people do on the stand's Telegram; the bot hears of it as it would."""

from __future__ import annotations

import re
import time
from typing import Any

from tests.stands.telegram.world import BOT_ID, USERNAME, Chat, Json, World, told

VOICE, AUDIO, TEXT_FILE = "voice", "audio", "document"


class People:
    """Everybody on the other side of the bot."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._numbers = iter(range(1001, 10**9))

    def join(self, name: str, language: str = "en") -> int:
        """Somebody opens a private chat with the bot. Returns their id, which is the chat's as well."""
        number = next(self._numbers)
        self._world.users[number] = {
            "id": number,
            "is_bot": False,
            "first_name": name,
            "language_code": "zh-hans" if language == "zh" else language,
        }
        self._world.chats[number] = Chat(number, "private", name, {number})
        return number

    def group(self, *people: int, kind: str = "supergroup", hears_all: bool = False, topics: int = 0) -> int:
        """People make a group with the bot. Topics are numbered from 101 on."""
        number = -next(self._numbers) if kind == "group" else -1_000_000_000_000 - next(self._numbers)
        chat = Chat(number, kind, "The group", set(people), hears_all=hears_all, is_forum=topics > 0)
        chat.topics = {100 + topic for topic in range(1, topics + 1)}
        for topic in sorted(chat.topics):
            opened = {"forum_topic_created": {"name": "Topic", "icon_color": 0}, "message_thread_id": topic}
            self._world.keep(chat, self._world.users[people[0]], opened | {"is_topic_message": True})
        self._world.chats[number] = chat
        return number

    def write(
        self,
        person: int,
        text: str = "",
        *,
        chat: int = 0,
        answering: int = 0,
        topic: int = 0,
        file: tuple[str, str, bytes] | None = None,
        size: int = 0,
        kind: str = "",
        **more: Any,
    ) -> Json:
        """Send a message, with a file (name, media type, content) or without. ``size`` is claimed for the file."""
        where = self._world.chats[chat or person]
        content: Json = {**more}
        if topic:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if answering:
            other = where.messages[answering]
            content["reply_to_message"] = {key: value for key, value in other.items() if key != "reply_to_message"}
        elif topic:
            content["reply_to_message"] = {
                "message_id": topic,
                "date": 1,
                "chat": where.seen(),
                "from": self._world.users[person],
                "forum_topic_created": {"name": "Topic", "icon_color": 0},
            }
        if file:
            content |= self._file(file, kind, size)
        if text:
            content |= {"caption" if file else "text": text}
            content |= {"caption_entities" if file else "entities": entities(text)}
        message = self._world.keep(where, self._world.users[person], content)
        spoke_last, where.spoke_last = where.spoke_last, False
        if where.type == "private" or where.hears_all or self._is_for_bot(text, message, spoke_last):
            self._world.tell_bot("message", message)
        return message

    def edit(self, person: int, number: int, text: str, chat: int = 0) -> None:
        message = self._world.chats[chat or person].messages[number]
        message |= {"text": text, "entities": entities(text), "edit_date": int(time.time())}
        self._world.tell_bot("edited_message", message)

    def press(self, person: int, number: int, data: str, chat: int = 0, *, is_old: bool = False) -> str:
        """Press a button of a post. Returns the query's id. Of an old post Telegram tells the chat only."""
        message = self._world.chats[chat or person].messages[number]
        if is_old:
            message = {"message_id": number, "date": 0, "chat": message["chat"]}
        query: Json = {
            "id": str(10**15 + self._world.next_id()),
            "from": self._world.users[person],
            "message": message,
            "chat_instance": "1",
            "data": data,
        }
        self._world.queries[query["id"]] = query
        self._world.tell_bot("callback_query", query)
        return str(query["id"])

    def block(self, person: int) -> None:
        """Somebody blocks the bot."""
        self._world.chats[person].shut = "bot was blocked by the user"

    def kick(self, chat: int) -> None:
        """A group puts the bot out."""
        kind = self._world.chats[chat].type
        self._world.chats[chat].shut = f"bot was kicked from the {'group' if kind == 'group' else kind} chat"

    def grow(self, chat: int) -> int:
        """A group becomes a supergroup, with a new number and none of its old messages. Returns the number."""
        old = self._world.chats[chat]
        new = self.group(*old.people)
        someone = self._world.users[next(iter(old.people))]
        told_old = self._world.keep(old, someone, {"migrate_to_chat_id": new})
        old.moved_to = new
        self._world.tell_bot("message", told_old)
        self._world.tell_bot(
            "message", self._world.keep(self._world.chats[new], someone, {"migrate_from_chat_id": chat})
        )
        return new

    def post_in_channel(self, text: str) -> None:
        """A channel that the bot is in has a new post."""
        chat = Chat(-1_000_000_000_000 - next(self._numbers), "channel", "The channel")
        self._world.chats[chat.id] = chat
        message = self._world.keep(chat, {"is_bot": False}, {"text": text, "sender_chat": chat.seen()})
        del message["from"]
        self._world.tell_bot("channel_post", message)

    def _file(self, file: tuple[str, str, bytes], kind: str, size: int) -> Json:
        name, media_type, content = file
        kind = kind or (VOICE if media_type == "audio/ogg" else AUDIO if media_type.startswith("audio/") else TEXT_FILE)
        about: Json = {"mime_type": media_type, "size": size or len(content)}
        if kind != TEXT_FILE:
            about["duration"] = 1
        if kind != VOICE:
            about["file_name"] = name
        return {kind: self._world.keep_file(content, **about)}

    def _is_for_bot(self, text: str, message: Json, spoke_last: bool) -> bool:
        """Privacy mode: commands, mentions and answers to the bot."""
        if message.get("reply_to_message", {}).get("from", {}).get("id") == BOT_ID:
            return True
        if f"@{USERNAME}".lower() in text.lower():
            return True
        return text.startswith("/") and "@" not in text.split()[0] and spoke_last


def entities(text: str) -> list[Json]:
    """Commands and mentions, as Telegram marks them; offsets are UTF-16 units."""
    found = [("bot_command", match) for match in re.finditer(r"(?<!\S)/\w+(@\w+)?", text)]
    found += [("mention", match) for match in re.finditer(r"(?<!\w)@\w+", text)]
    return [
        {"type": kind, "offset": _units(text[: match.start()]), "length": _units(match[0])} for kind, match in found
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def posts(world: World, chat: int) -> list[Json]:
    """What the bot has in a chat, oldest first."""
    return [told(message) for message in world.chats[chat].messages.values() if message["from"].get("is_bot")]
