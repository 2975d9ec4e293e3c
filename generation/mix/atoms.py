"""Tags of an M4A file. Its list of tags has fixed names; any other key is a freeform atom, ``----``, in that list.

The layout is the one Apple's players write: ``moov/udta/meta/ilst/----`` with a namespace, a name and a value.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

NAMESPACE = b"com.apple.iTunes"
NAMED = frozenset({"title", "artist", "album_artist", "album", "composer", "date", "genre", "comment", "copyright"})
"""Keys that FFmpeg writes under the list's own names."""
TEXT = 1
WAY = (b"moov", b"udta", b"meta", b"ilst")
META_HEAD = 4
"""``meta`` alone of the four has a version and flags before its children."""


def add_freeform(path: Path, tags: Mapping[str, str]) -> None:
    """Add ``tags`` to the file at ``path``, whose ``moov`` must come after its sound, as FFmpeg writes it."""
    if not tags:
        return
    with path.open("r+b") as file:
        start = _skip_to_index(file)
        index = bytearray(file.read())
        added = b"".join(_atom(key, value) for key, value in tags.items())
        end = _widen(index, len(added))
        file.seek(start)
        file.write(index[:end] + added + index[end:])
        file.truncate()


def _skip_to_index(file: BinaryIO) -> int:
    at = 0
    while head := file.read(16):
        length, kind, long_length = struct.unpack(">I4sQ", head.ljust(16, b"\0"))
        if kind == WAY[0]:
            return file.seek(at)
        at = file.seek(at + (long_length if length == 1 else length))
    raise ValueError("no moov atom")


def _atom(key: str, value: str) -> bytes:
    mean = _box(b"mean", bytes(4) + NAMESPACE)
    name = _box(b"name", bytes(4) + key.encode())
    return _box(b"----", mean + name + _box(b"data", struct.pack(">II", TEXT, 0) + value.encode()))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def _widen(index: bytearray, by: int) -> int:
    """Make room in every box on the way to the list of tags; return where that list ends."""
    at, end = 0, len(index)
    for kind in WAY:
        at = _child(index, at, end, kind)
        (length,) = struct.unpack_from(">I", index, at)
        struct.pack_into(">I", index, at, length + by)
        end = at + length
        at += 8 + (META_HEAD if kind == b"meta" else 0)
    return end


def _child(index: bytearray, at: int, end: int, wanted: bytes) -> int:
    while at + 8 <= end:
        length, kind = struct.unpack_from(">I4s", index, at)
        if kind == wanted:
            return at
        at += max(length, 8)
    raise ValueError(f"no {wanted.decode()} atom")
