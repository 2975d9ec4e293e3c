"""The Bot API's methods, as far as a bot of this kind uses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.stands.telegram.markup import CannotParse, shown, units
from tests.stands.telegram.refusal import Refusal, bad, forbidden
from tests.stands.telegram.world import Chat, Happening, Json, World, told

Uploads = Mapping[str, tuple[str, str, bytes]]
"""Name of the part: file name, media type, content."""
UPLOAD_BYTES = 50_000_000
DOWNLOAD_BYTES = 20_000_000
PHOTO_BYTES = 10_000_000


class Methods:
    def __init__(self, world: World) -> None:
        self.world = world

    def find(self, name: str) -> Callable[[Json, Uploads], Any] | None:
        return getattr(self, f"do_{name}", None)

    def do_getMe(self, _given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        return self.world.bot

    def do_sendMessage(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        chat = self._chat(given)
        text = _text(given, "text", 4096)
        if not text:
            raise bad("message text is empty", careless=True)
        return self._send(chat, given, {"text": text})

    def do_sendAudio(self, given: Json, uploads: Uploads) -> Any:  # noqa: N802
        name, media_type, _ = uploads.get("audio", ("", "", b""))
        if not name.lower().endswith((".mp3", ".m4a")):
            raise bad("only MP3 and M4A are played", careless=True)
        about: Json = {key: given[key] for key in ("title", "performer") if key in given}
        about |= {"mime_type": media_type, "file_name": name, "duration": given.get("duration", 0)}
        _thumbnail(uploads)
        return self._send_file("audio", given, uploads, about)

    def do_sendDocument(self, given: Json, uploads: Uploads) -> Any:  # noqa: N802
        name, media_type, _ = uploads.get("document", ("", "", b""))
        _thumbnail(uploads)
        return self._send_file("document", given, uploads, {"mime_type": media_type, "file_name": name})

    def do_sendPhoto(self, given: Json, uploads: Uploads) -> Any:  # noqa: N802
        content = uploads.get("photo", ("", "", b""))[2]
        if len(content) > PHOTO_BYTES:
            raise bad("PHOTO_TOO_BIG", careless=True)
        try:
            with Image.open(BytesIO(content)) as picture:
                width, height = picture.size
        except UnidentifiedImageError:
            raise bad("IMAGE_PROCESS_FAILED") from None
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        return self._send_file("photo", given, uploads, {"width": width, "height": height})

    def do_sendMediaGroup(self, given: Json, uploads: Uploads) -> Any:  # noqa: N802
        chat = self._chat(given)
        kinds = {item["type"] for item in given["media"]}
        if not 2 <= len(given["media"]) <= 10:
            raise bad("group must have from 2 to 10 items", careless=True)
        if len(kinds) > 1 and kinds & {"audio", "document"}:
            raise bad("documents and audios are not mixed with others", careless=True)
        group = str(self.world.next_id())
        sent = []
        for item in given["media"]:
            name, media_type, content = uploads[item["media"].removeprefix("attach://")]
            _sized(content)
            about = {"mime_type": media_type, "file_name": name}
            if item["type"] == "audio":
                about |= {"duration": item.get("duration", 0)}
            file = self.world.keep_file(content, **about)
            media: Any = [{**file, "width": 1, "height": 1}] if item["type"] == "photo" else file
            caption = _text(item, "caption", 1024)
            sent.append(
                self._send(
                    chat,
                    given,
                    {item["type"]: media, "media_group_id": group, **({"caption": caption} if caption else {})},
                )
            )
        return sent

    def do_sendChatAction(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        self._chat(given)
        return True

    def do_editMessageText(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        message = self._own(given)
        if "text" not in message:
            raise bad("there is no text in the message to edit")
        text = _text(given, "text", 4096)
        if not text:
            raise bad("message text is empty", careless=True)
        return self._edit(message, "text", text, given)

    def do_editMessageCaption(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        message = self._own(given)
        if "text" in message:
            raise bad("there is no caption in the message to edit")
        return self._edit(message, "caption", _text(given, "caption", 1024), given)

    def do_deleteMessage(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        chat = self._chat(given)
        if chat.messages.pop(given["message_id"], None) is None:
            raise bad("message to delete not found")
        self.world.saw("deleted", {})
        return True

    def do_answerCallbackQuery(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        query = self.world.queries.pop(given["callback_query_id"], None)
        if query is None:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if units(given.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG", careless=True)
        if given.get("text"):
            alert = Happening(query["from"]["id"], query["message"]["chat"]["id"], given["text"], self.world.moment())
            self.world.alerts.append(alert)
            self.world.saw("alerted", query)
        return True

    def do_getFile(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        name = given["file_id"]
        if name not in self.world.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if self.world.file_sizes[name] > DOWNLOAD_BYTES:
            raise bad("file is too big")
        about = {"file_id": name, "file_unique_id": name, "file_size": self.world.file_sizes[name]}
        return {**about, "file_path": f"files/{name}"}

    def do_setMyCommands(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        for command in given["commands"]:
            name, says = command["command"], command["description"]
            if not (0 < len(name) <= 32 and name.isascii() and name.islower() and 0 < len(says) <= 256):
                raise bad("BOT_COMMAND_INVALID", careless=True)
        self.world.menus[_scoped(given)] = given["commands"]
        return True

    def do_getMyCommands(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        return self.world.menus.get(_scoped(given), [])

    def do_setMyDescription(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        return self._describe("description", 512, given)

    def do_getMyDescription(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        return {"description": self.world.described.get(("description", given.get("language_code", "")), "")}

    def do_setMyShortDescription(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        return self._describe("short_description", 120, given)

    def do_getMyShortDescription(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        key = ("short_description", given.get("language_code", ""))
        return {"short_description": self.world.described.get(key, "")}

    def do_getWebhookInfo(self, _given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        pending = {"pending_update_count": len(self.world.updates), "has_custom_certificate": False}
        return {**pending, **told({key: value for key, value in self.world.webhook.items() if key != "secret_token"})}

    def do_deleteWebhook(self, _given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        self.world.webhook = {"url": ""}
        return True

    def do_setWebhook(self, given: Json, _uploads: Uploads) -> Any:  # noqa: N802
        if not given["url"].startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self.world.webhook = {"url": given["url"], "secret_token": given.get("secret_token", "")}
        self.world.wanted = given.get("allowed_updates", [])
        return True

    def _describe(self, what: str, longest: int, given: Json) -> bool:
        if len(given.get(what, "")) > longest:
            raise bad("DESCRIPTION_TOO_LONG", careless=True)
        self.world.described[what, given.get("language_code", "")] = given.get(what, "")
        return True

    def _chat(self, given: Json) -> Chat:
        """The chat, if the bot may write there."""
        chat = self.world.chats.get(given["chat_id"])
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
        if chat.shut:
            raise forbidden(chat.shut)
        topic = given.get("message_thread_id")
        if topic is not None and topic not in chat.topics:
            raise bad("message thread not found")
        return chat

    def _own(self, given: Json) -> Json:
        message = self._chat(given).messages.get(given.get("message_id", 0))
        if message is None:
            raise bad("message to edit not found")
        if not message["from"]["is_bot"]:
            raise bad("message can't be edited", careless=True)
        return message

    def _send(self, chat: Chat, given: Json, content: Json) -> Json:
        answered = given.get("reply_parameters", {})
        if answered:
            other = chat.messages.get(answered["message_id"])
            if other is None and not answered.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
            if other is not None:
                content["reply_to_message"] = {key: value for key, value in other.items() if key != "reply_to_message"}
        if topic := given.get("message_thread_id"):
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if markup := _markup(given):
            content["reply_markup" if "inline_keyboard" in markup else "_forces"] = markup
        message = self.world.keep(chat, self.world.bot, {**content, "_html": given.get("text") or given.get("caption")})
        self.world.saw("sent", message)
        return told(message)  # type: ignore[no-any-return]

    def _send_file(self, kind: str, given: Json, uploads: Uploads, about: Json) -> Json:
        chat = self._chat(given)
        content = uploads[kind][2]
        _sized(content)
        caption = _text(given, "caption", 1024)
        file = self.world.keep_file(content, **about)
        media: Any = [file] if kind == "photo" else file
        return self._send(chat, given, {kind: media, **({"caption": caption} if caption else {})})

    def _edit(self, message: Json, part: str, text: str, given: Json) -> Json:
        markup = _markup(given)
        raw = given.get(part, "")
        if (message.get("_html") or "").strip() == raw.strip() and message.get("reply_markup") == markup:
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        message |= {part: text, "_html": raw, "edit_date": message["date"]}
        message.pop("reply_markup", None)
        if markup:
            message["reply_markup"] = markup
        self.world.saw("edited", message)
        return told(message)  # type: ignore[no-any-return]


def _text(given: Json, name: str, longest: int) -> str:
    raw = given.get(name, "")
    try:
        text = shown(raw) if given.get("parse_mode") == "HTML" else raw.strip()
    except CannotParse as error:
        raise bad(f"can't parse entities: {error}", careless=True) from None
    if units(text) > longest:
        raise bad("message is too long" if name == "text" else "message caption is too long", careless=True)
    return text


def _markup(given: Json) -> Json | None:
    markup: Json | None = given.get("reply_markup")
    for row in (markup or {}).get("inline_keyboard", []):
        for key in row:
            if not 1 <= len(key.get("callback_data", "-").encode()) <= 64:
                raise bad("BUTTON_DATA_INVALID", careless=True)
            if not key["text"].strip():
                raise bad("text buttons are unallowed in the inline keyboard", careless=True)
        if len(row) > 8:
            raise bad("too many buttons in a row", careless=True)
    if not 0 <= len((markup or {}).get("input_field_placeholder", "-")) <= 64:
        raise bad("BUTTON_INVALID", careless=True)
    return markup


def _sized(content: bytes) -> None:
    if len(content) > UPLOAD_BYTES:
        raise Refusal(413, "Request Entity Too Large", careless=True)
    if not content:
        raise bad("file must be non-empty", careless=True)


def _thumbnail(uploads: Uploads) -> None:
    if "thumbnail" not in uploads:
        return
    content = uploads["thumbnail"][2]
    with Image.open(BytesIO(content)) as picture:
        if picture.format != "JPEG" or max(picture.size) > 320 or len(content) > 200_000:
            raise bad("a thumbnail is a JPEG of at most 320 px and 200 kB", careless=True)


def _scoped(given: Json) -> tuple[str, str]:
    return given.get("scope", {"type": "default"})["type"], given.get("language_code", "")
