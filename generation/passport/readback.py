"""Reading our own tags back from a file that somebody sends."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from generation.hum.sound import opened
from generation.passport.aigc import original
from generation.passport.record import ID_LENGTH
from generation.passport.tags import ARTIST

LONGEST = 4000
"""Characters of a tag that are read."""
_ID = re.compile(rf"[A-Z2-7]{{{ID_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Found:
    """A song of ours, as its file says; a tag can be forged, so the archive has the last word."""

    id: str
    """The eight letters and digits of its passport."""
    title: str
    note: str
    """The licence note in the song's language; empty where it was taken out."""
    licence: str
    """The line ``Commercial use: …``; empty where it was taken out."""
    producer: str
    """The house that made it."""
    fingerprint: str


def read_back(content: bytes) -> Found | None:
    """Return what a file (MP3, M4A, FLAC, Ogg, WAV) says of the song it holds, None where it is none of ours.

    Raises ``WishError`` where the bytes are no audio file, or more than 20 MB.
    """
    with opened(content) as container:
        # Ogg keeps its tags with the stream, and containers write the keys in their own case.
        written = {**container.streams.audio[0].metadata, **container.metadata}
    words = {key.lower(): value[:LONGEST] for key, value in written.items()}
    label = _label(words.get("aigc", ""))
    song = original(str(label.get("ProduceID", "")))
    if words.get("artist") != ARTIST or not _ID.fullmatch(song):
        return None
    return Found(
        id=song,
        title=words.get("title", ""),
        note=words.get("comment", ""),
        licence=words.get("license", ""),
        producer=original(str(label.get("ContentProducer", ""))),
        fingerprint=str(label.get("ReservedCode1", "")),
    )


def _label(text: str) -> Mapping[str, object]:
    try:
        label = json.loads(text)["AIGC"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}
    return label if isinstance(label, dict) else {}
