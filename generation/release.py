"""A song leaves the studio: audio, passport, timed lyrics, MIDI and stems as files, all of them or none."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generation.band import arrange
from generation.errors import StudioFault
from generation.mix.encode import encode
from generation.passport import Operator, passport, tags
from generation.score.lrc import lrc
from generation.score.midi import write_midi
from generation.song import Track

NAME_LENGTH = 60


def release(
    track: Track, folder: Path, formats: Sequence[str], *, stems: bool, operator: Operator, created: str
) -> dict[str, Any]:
    """Write NAME.mp3 (and other ``formats``), NAME.json, NAME.lrc, NAME.mid and, asked for, NAME-stems/*.flac.

    Everything is written beside its place first and moved in at the end. Returns the passport, the content of
    NAME.json. Raises ``StudioFault`` if the disk is full or the folder cannot be written.
    """
    record = passport(track, operator, created)
    name = file_name(track.sheet.lyrics.title, record["id"])
    files = [f"{name}.{ending}" for ending in (*formats, "json", "lrc", "mid")]
    record["files"] = files + ([f"{name}-stems/{stem.name}.flac" for stem in track.stems] if stems else [])
    words = tags(track, record)
    with all_or_nothing(folder) as draft:
        for ending in formats:
            encode(track.audio, track.sample_rate, draft / f"{name}.{ending}", words)
        if stems:
            (draft / f"{name}-stems").mkdir()
            for stem in track.stems:
                encode(stem.audio, stem.sample_rate, draft / f"{name}-stems" / f"{stem.name}.flac", words)
        score = track.sheet.score
        write_midi(score, arrange(score), draft / f"{name}.mid")
        (draft / f"{name}.lrc").write_text(lrc(score, track.sheet.lyrics, track.alignment), encoding="utf-8")
        (draft / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return record


def file_name(title: str, song_id: str) -> str:
    """A name that is safe on every file system and tells songs of one title apart: ``rain-in-shanghai-7f3k2q9a``."""
    words = re.sub(r"[^\w]+", "-", title.lower()).strip("-_")[:NAME_LENGTH].strip("-_")
    return f"{words or 'song'}-{song_id.lower()}"


@contextmanager
def all_or_nothing(folder: Path) -> Iterator[Path]:
    """Give a draft folder; on success move its content into ``folder``, on failure leave nothing behind."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".song-", dir=folder) as draft:
            yield Path(draft)
            for item in sorted(Path(draft).iterdir()):
                place = folder / item.name
                if place.is_dir():
                    shutil.rmtree(place)
                item.replace(place)
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise StudioFault(
            f"The song could not be saved in {folder}: {reason}.", f"歌曲无法保存到 {folder}：{reason}。"
        ) from error
