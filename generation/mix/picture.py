"""A cover inside a Vorbis comment: the FLAC picture block, RFC 9639 section 8.8, in base 64."""

from __future__ import annotations

import struct
from base64 import b64encode

FRONT_COVER = 3


def vorbis_picture(image: bytes) -> str:
    """Return the value of ``METADATA_BLOCK_PICTURE`` for a JPEG or PNG. Size and depth stay 0, "not stated"."""
    kind = b"image/png" if image.startswith(b"\x89PNG") else b"image/jpeg"
    head = struct.pack(f">II{len(kind)}sI", FRONT_COVER, len(kind), kind, 0)
    return b64encode(head + struct.pack(">IIIII", 0, 0, 0, 0, len(image)) + image).decode()
