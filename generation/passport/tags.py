"""What is written into the audio files themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.passport.aigc import aigc
from generation.song import Track

ARTIST = "Minstrel"
COPYRIGHT = {
    "en": "No copyright is claimed by the bot that made this file; words and edits of its member stay theirs.",
    "zh": "制作本文件的机器人不主张著作权；成员所写的词与所做的修改归其本人。",
}


def tags(track: Track, record: Mapping[str, Any]) -> dict[str, str]:
    """Return the tags of a song's files, by FFmpeg's key names, from its passport (``record.passport``).

    The comment is the note, in Chinese for a Chinese song and in English for any other. The date is the one handed
    to the passport.
    """
    language = "zh" if track.sheet.plan.language == "zh" else "en"
    parts = ", ".join(f"{row['name']} ({row['licence']})" for row in record["components"])
    return {
        "title": track.sheet.lyrics.title,
        "artist": ARTIST,
        "genre": track.sheet.plan.genre,
        "date": record["created"][:10],
        "comment": record["note"][language],
        "copyright": COPYRIGHT[language],
        "LICENSE": f"Commercial use: {record['verdict']['answer']}. Parts: {parts}",
        "AIGC": aigc(record["operator"]["name"], record["id"], record["fingerprint"]),
    }
