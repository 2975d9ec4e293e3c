"""What a file is that came with a message, judged by its name and content and not by what it claims."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.conversation.message import Attachment

LARGEST_LYRICS = 64 * 1024
AUDIO = frozenset({".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac", ".webm", ".weba", ".mp4", ".aif"})
TEXT = frozenset({".txt", ".md", ".text", ".lrc"})
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class OwnLyrics:
    """The words of a text file, or the sentence that says why there are none."""

    text: str = ""
    refusal: str = ""


def is_audio(attached: Attachment) -> bool:
    """Whether it is worth listening to; voice notes of browsers come as video without a picture."""
    kind = attached.media_type.lower()
    return (
        kind.startswith("audio/")
        or kind in {"application/ogg", "video/webm", "video/ogg"}
        or _ending(attached) in AUDIO
    )


def is_text(attached: Attachment) -> bool:
    return not is_audio(attached) and (attached.media_type.lower().startswith("text/") or _ending(attached) in TEXT)


def read_lyrics(attached: Attachment) -> OwnLyrics:
    """Read a text file of at most 64 kB in UTF-8 or GB18030. Archives, binaries and empty files are refused."""
    if max(attached.size, len(attached.content or b"")) > LARGEST_LYRICS:
        return OwnLyrics(refusal="file.lyrics_too_big")
    if attached.content is None:
        return OwnLyrics(refusal="file.too_big")
    for encoding in _ENCODINGS:
        try:
            text = attached.content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(ord(c) < 32 and c not in "\t\n\r\f" for c in text):
            break
        return OwnLyrics(text.strip()) if text.strip() else OwnLyrics(refusal="file.empty")
    return OwnLyrics(refusal="file.not_text")


def _ending(attached: Attachment) -> str:
    return PurePosixPath(attached.name).suffix.lower()
