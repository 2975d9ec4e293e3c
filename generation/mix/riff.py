"""Tags of a WAV file. RIFF's own list knows a dozen keys; the rest go into an ID3 chunk, as most players read it."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

FRAMES = {"title": b"TIT2", "artist": b"TPE1", "copyright": b"TCOP"}
"""ID3 2.3 frames for the keys that have one; any other key is a TXXX frame with the key as its description."""
UTF16 = b"\x01"


def append(path: Path, chunks: Sequence[tuple[bytes, bytes]], tags: Mapping[str, str]) -> None:
    """Append chunks (four-letter name, content) and an ID3 chunk with ``tags`` to the WAV file at ``path``."""
    with path.open("r+b") as file:
        file.seek(0, 2)
        if file.tell() % 2:
            file.write(b"\0")
        for name, content in (*chunks, (b"id3 ", id3(tags))):
            file.write(struct.pack("<4sI", name, len(content)) + content + b"\0" * (len(content) % 2))
        size = file.tell() - 8
        file.seek(4)
        file.write(struct.pack("<I", size))


def id3(tags: Mapping[str, str]) -> bytes:
    """Return ``tags`` as an ID3 2.3 tag (id3.org, "ID3 tag version 2.3.0")."""
    body = b"".join(_frame(key, value) for key, value in tags.items())
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def _frame(key: str, value: str) -> bytes:
    text = value.encode("utf-16")
    content = UTF16 + text if key in FRAMES else UTF16 + key.encode("utf-16") + b"\0\0" + text
    return struct.pack(">4sIH", FRAMES.get(key, b"TXXX"), len(content), 0) + content
