"""The implicit label that Chinese law asks for in a file of synthetic sound: GB 45438-2025, Annex E.

It is one JSON text under the key ``AIGC``. Its values may hold only single-byte printable characters other than the
quote and the backslash; anything else (a Chinese operator's name) is written as percent-encoded UTF-8.
"""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

IS_SYNTHETIC = "1"
_PLAIN = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\%')


def aigc(producer: str, song_id: str, fingerprint: str) -> str:
    """Return the label of a newly made file: its producer is also the first to pass it on.

    ``fingerprint`` goes into the field the standard keeps for the producer's own proof of integrity.
    """
    who, what = printable(producer), printable(song_id)
    label = {
        "Label": IS_SYNTHETIC,
        "ContentProducer": who,
        "ProduceID": what,
        "ReservedCode1": printable(fingerprint),
        "ContentPropagator": who,
        "PropagateID": what,
        "ReservedCode2": "",
    }
    return json.dumps({"AIGC": label}, separators=(",", ":"))


def printable(text: str) -> str:
    """Return ``text`` in the characters the standard allows."""
    return quote(text, safe=_PLAIN)


def original(text: str) -> str:
    """Undo ``printable``."""
    return unquote(text)
