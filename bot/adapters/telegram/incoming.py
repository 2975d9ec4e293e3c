"""What a member wrote, read out of Telegram's message."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Audio, Chat, Document, Message, User, Video, VideoNote, Voice

from bot.adapters.telegram.places import Address, member_id, message_id
from bot.conversation.message import Attachment, Member, Place
from bot.conversation.message import Message as Said
from bot.conversation.verbs import verbs

Media = Voice | Audio | Document | VideoNote | Video
COMMANDS = {**{name: name for name in verbs()}, "start": "help"}
NAME = 64
_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<bot>\w+))?(?:\s+|$)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, and its file where there is one to fetch."""

    said: Said
    media: Media | None = None


def read_message(message: Message, me: User) -> Heard | None:
    """Return None for what is no member's message to this bot: other bots, service messages, other bots' commands."""
    member = _member(message)
    if member is None or message.chat.type == Chat.CHANNEL or message.is_automatic_forward:
        return None
    place = Place(place_of(message).place, shared=message.chat.type != Chat.PRIVATE)
    words = message.text or message.caption or ""
    if not words and message.effective_attachment is None:
        return None
    verb, words, called = _command(words, me, place)
    if verb == "":
        return None
    mention = re.compile(rf"(?<!\w)@{re.escape(me.name.removeprefix('@'))}\b[ \t]?", re.IGNORECASE)
    called = called or mention.search(words) is not None
    words = mention.sub("", words).strip()
    other = _answered(message)
    is_mine = other is not None and other.from_user is not None and other.from_user.id == me.id
    addressed = not place.shared or called or is_mine
    if not addressed and not words:
        return None
    media = _media(message)
    if media is None and other and addressed and not is_mine and (verb is None or verbs()[verb].file):
        media = _media(other)
    return Heard(
        Said(
            message_id(message.chat.id, message.message_id),
            place,
            member,
            text=words,
            verb=verb,
            replied=str(other.message_id) if other and is_mine else None,
            quoted=_quoted(message, other) if other and not is_mine else "",
            attachment=_attachment(media) if media else None,
            addressed=addressed,
        ),
        media if addressed else None,
    )


def place_of(message: Message) -> Address:
    """Answers in other groups carry a thread number as well: only a topic's counts."""
    return Address(message.chat.id, message.message_thread_id if message.is_topic_message else None)


def member_of(user: User) -> Member:
    return Member(member_id(user.id), _name(user.full_name), _language(user.language_code))


def _member(message: Message) -> Member | None:
    if message.sender_chat:  # an administrator who hides behind the group, or somebody who writes as their channel
        return Member(member_id(message.sender_chat.id), _name(message.sender_chat.title or ""))
    user = message.from_user
    return None if user is None or user.is_bot else member_of(user)


def _command(words: str, me: User, place: Place) -> tuple[str | None, str, bool]:
    """Return (verb, the rest, whether this bot was called). The verb is "" for a command to another bot, and None for
    a plain sentence, also where it only looks like a command."""
    found = _COMMAND.match(words)
    if not found:
        return None, words, False
    if found["bot"] and found["bot"].lower() != me.name.removeprefix("@").lower():
        return "", words, False
    verb = COMMANDS.get(found["name"].lower())
    if verb:
        return verb, "" if found["name"].lower() == "start" else words[found.end() :], True
    if place.shared and not found["bot"]:
        return "", words, False
    return None, f"{found['name']} {words[found.end() :]}", True


def _answered(message: Message) -> Message | None:
    """Every message of a topic formally answers the one that opened it."""
    other = message.reply_to_message
    if other is None or other.forum_topic_created:
        return None
    return None if message.is_topic_message and other.message_id == message.message_thread_id else other


def _quoted(message: Message, other: Message) -> str:
    if message.quote and message.quote.is_manual:
        return message.quote.text
    return other.text or other.caption or ""


def _media(message: Message) -> Media | None:
    return message.voice or message.audio or message.document or message.video_note or message.video


def _attachment(media: Media) -> Attachment:
    kinds = {
        Voice: ("voice.ogg", "audio/ogg"),
        VideoNote: ("video.mp4", "video/mp4"),
        Video: ("video.mp4", "video/mp4"),
    }
    name, media_type = kinds.get(type(media), ("file", "application/octet-stream"))
    return Attachment(
        getattr(media, "file_name", None) or name, getattr(media, "mime_type", None) or media_type, media.file_size or 0
    )


def _name(name: str) -> str:
    return _CONTROL.sub("", name).strip()[:NAME] or "?"


def _language(code: str | None) -> str | None:
    language = (code or "").lower()[:2]
    return language if language in {"en", "zh"} else None
