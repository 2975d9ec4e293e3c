"""Files as Telegram takes them: played, shown, or kept as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

from bot.adapters.telegram.markup import plain
from bot.adapters.telegram.words import word
from bot.conversation.reply import File, Reply

ALBUM = 10
"""Files in one album."""
PHOTO_BYTES = 10_000_000
_PLAYED = {"audio/mpeg", "audio/mp3", "audio/mp4", "audio/m4a", "audio/x-m4a"}
_SHOWN = {"image/png", "image/jpeg"}

Kind = Literal["audio", "photo", "document"]


def kind_of(file: File) -> Kind:
    if file.media_type in _PLAYED:
        return "audio"
    return "photo" if file.media_type in _SHOWN and file.size <= PHOTO_BYTES else "document"


def played(file: File) -> dict[str, Any]:
    return {
        "title": file.title or None,
        "performer": file.performer or None,
        "duration": round(file.duration_s) or None,
        "thumbnail": file.thumbnail,
    }


def batches(files: tuple[File, ...]) -> Iterator[tuple[Kind, list[File]]]:
    """Yield neighbours of one kind together, at most ten: what an album may hold."""
    batch: list[File] = []
    for file in files:
        if batch and (kind_of(file) != kind_of(batch[0]) or len(batch) == ALBUM):
            yield kind_of(batch[0]), batch
            batch = []
        batch.append(file)
    if batch:
        yield kind_of(batch[0]), batch


def as_file(reply: Reply) -> Reply:
    whole = File("minstrel.txt", "text/plain", content=plain(reply).encode("utf-8", "replace"))
    return replace(reply, text=word("long_text", reply.language), folded=(), files=(*reply.files, whole))
