"""What is done in a room. Each function gets the studio, a progress, a stop, and its own arguments."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.jobs import FoundTags, Heard
from generation.changes import Change
from generation.errors import Cancelled
from generation.passport import Operator
from generation.song import Progress, Remark, Sheet, SongRequest, StopAsked, from_json

if TYPE_CHECKING:
    from bot.app import Studio

COVER = "cover.jpg"


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a performance."""

    passport_id: str
    note: Remark
    files: tuple[str, ...]
    remarks: tuple[Remark, ...]


def warm(studio: Studio, _progress: Progress, _stop_asked: StopAsked) -> None:
    """Load what the first song would wait for, in both languages."""
    from generation.pipeline import write_sheet

    for language, theme in (("en", "the sea"), ("zh", "大海")):
        write_sheet(SongRequest(message_language=language, theme=theme), 1, studio.lyricist, studio.singer)


def warm_up(_studio: Studio, _progress: Progress, _stop_asked: StopAsked) -> None:
    """Import what performing needs; models are loaded by the first song."""
    import generation.cover
    import generation.parts
    import generation.pipeline
    import generation.release  # noqa: F401


def write(studio: Studio, _progress: Progress, _stop_asked: StopAsked, request: SongRequest, seed: int) -> Sheet:
    from generation.pipeline import write_sheet

    return write_sheet(request, seed, studio.lyricist, studio.singer)


def revise(
    studio: Studio,
    _progress: Progress,
    _stop_asked: StopAsked,
    sheet: Sheet,
    changes: tuple[Change, ...],
    seed: int,
    passport: Path | None,
) -> Sheet:
    from generation.revise import revise as revised
    from generation.revise import with_gains

    if passport is not None and passport.is_file():
        sheet = with_gains(sheet, json.loads(passport.read_text(encoding="utf-8"))["provenance"])
    return revised(sheet, changes, studio.lyricist, studio.singer, seed)


def hear(_studio: Studio, _progress: Progress, _stop_asked: StopAsked, audio: bytes, request: SongRequest) -> Heard:
    from generation.hum import fit, named, picture
    from generation.hum import hear as heard

    asked = request.tempo_bpm
    tempo = sum(asked) / 2 if isinstance(asked, tuple) else asked
    metre = request.time_signature or "4/4"
    found = fit(heard(audio), request.key, tempo, metre)
    filled = replace(request, key=found.key, tempo_bpm=found.tempo_bpm)
    drawn = picture(found.notes, found.key, found.tempo_bpm, metre)
    return Heard(found.notes, filled, named(found.notes, found.key, metre), drawn)


def check(_studio: Studio, _progress: Progress, _stop_asked: StopAsked, content: bytes) -> FoundTags | None:
    from generation.passport.readback import read_back

    found = read_back(content)
    return FoundTags(found.id, found.title, found.note) if found else None


def perform(
    studio: Studio,
    progress: Progress,
    stop_asked: StopAsked,
    sheet: Sheet,
    folder: Path,
    operator: Operator,
    created: str,
) -> Made:
    """Sing and play a sheet, and write the song's files into ``folder``."""
    from generation.cover import cover
    from generation.pipeline import perform as performed
    from generation.release import release

    track = performed(sheet, studio.engine, progress, stop_asked)
    if stop_asked():
        raise Cancelled
    progress("passport", 0.0)
    record = release(track, folder, ("mp3",), stems=False, operator=operator, created=created)
    (folder / COVER).write_bytes(cover(sheet))
    progress("passport", 1.0)
    return Made(record["id"], from_json(record["note"], Remark), (*record["files"], COVER), track.remarks)


def write_part(
    studio: Studio,
    progress: Progress,
    stop_asked: StopAsked,
    sheet: Sheet,
    folder: Path,
    part: str,
    passport_id: str,
    operator: Operator,
    created: str,
) -> None:
    """Perform a sheet again, which gives the same samples, and write one part into ``folder``: whole or not at all."""
    from generation.parts import parts
    from generation.pipeline import perform as performed
    from generation.release import file_name

    if folder.is_dir():
        return
    track = performed(sheet, studio.engine, progress, stop_asked)
    draft = folder.with_name(f".{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    parts(track, draft, (part,), file_name(sheet.lyrics.title, passport_id), operator, created)
    draft.replace(folder)


def smaller(_studio: Studio, _progress: Progress, _stop_asked: StopAsked, path: Path, most_bytes: int) -> bytes | None:
    from bot.studio.smaller import smaller as made_smaller

    return made_smaller(path, most_bytes)
