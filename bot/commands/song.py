"""Make one song here and write its files."""

from __future__ import annotations

import argparse
import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import app
from bot.commands.folder import check_writable
from bot.commands.progress import StageBar
from bot.errors import UsageError
from bot.settings import Settings
from bot.understanding import Understanding, summary, understand
from generation.song import Sheet

FORMATS = ("mp3", "flac", "m4a", "ogg")
LONGEST_TEXT = 8_000
SEEDS = 2**32


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", help="what the song should be, in English or Chinese")
    parser.add_argument("--out", type=Path, default=Path("songs"), metavar="DIR", help="folder for the files (songs)")
    parser.add_argument("--seed", type=int, metavar="N", help="the same request, version and seed give the same song")
    parser.add_argument("--format", default="mp3", metavar="LIST", help=f"of {','.join(FORMATS)} (mp3)")
    parser.add_argument("--stems", action="store_true", help="also write each instrument and voice as FLAC")
    parser.add_argument("--engine", help="embedded or debug")
    parser.add_argument("--lyrics", type=Path, metavar="FILE", help="your own words, kept to the letter")
    parser.add_argument("--json", action="store_true", help="print the passport instead of the song sheet")


def run(options: argparse.Namespace, settings: Settings) -> int:
    from generation.pipeline import perform, write_sheet  # SciPy and the band: nothing but a song needs them
    from generation.release import release

    understood = _understood(options)
    request = understood.request
    formats = _formats(options.format)
    seed = secrets.randbelow(SEEDS) if options.seed is None else options.seed
    studio = app.open_studio(options.engine or settings.engine)
    sheet = write_sheet(request, seed, studio.lyricist, studio.singer)
    check_writable(options.out)
    if not options.json:
        print(getattr(summary(understood), request.message_language), flush=True)
    with StageBar(request.message_language) as bar:
        track = perform(sheet, studio.engine, bar.show, lambda: False)
        bar.show("files", 0.0)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        record = release(
            track, options.out, formats, stems=options.stems, operator=app.operator(settings), created=created
        )
    print(json.dumps(record, ensure_ascii=False) if options.json else _told(sheet, record, options.out))
    return 0


def _understood(options: argparse.Namespace) -> Understanding:
    if len(options.text) > LONGEST_TEXT:
        raise UsageError(
            f"That is {len(options.text):,} characters; please keep a request under {LONGEST_TEXT:,}.",
            f"这条请求有 {len(options.text):,} 个字，请控制在 {LONGEST_TEXT:,} 字以内。",
        )
    understood = understand(options.text)
    if understood.intent != "new_song":
        raise UsageError(
            'I did not find a song in that; try "a calm song about the sea, female voice".',
            "这句话里我没有看到想要的歌；可以试试“写一首关于海的歌，女声，安静一点”。",
        )
    if options.lyrics is None:
        return understood
    return replace(understood, request=replace(understood.request, lyrics=_own_words(options.lyrics)))


def _own_words(file: Path) -> str:
    try:
        words = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The lyrics file {file} cannot be read as UTF-8 text.", f"歌词文件 {file} 无法作为 UTF-8 文本读取。"
        ) from error
    if not words.strip() or len(words) > LONGEST_TEXT:
        raise UsageError(
            f"The lyrics file must hold between 1 and {LONGEST_TEXT:,} characters.",
            f"歌词文件需要有 1 到 {LONGEST_TEXT:,} 个字。",
        )
    return words


def _formats(wanted: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(part.strip().lower() for part in wanted.split(",") if part.strip()))
    if not formats or set(formats) - set(FORMATS):
        raise UsageError(f"--format takes some of {', '.join(FORMATS)}.", f"--format 可选：{'、'.join(FORMATS)}。")
    return formats


def _told(sheet: Sheet, record: dict[str, Any], folder: Path) -> str:
    """What the member reads in the end: title, words, files and the licence note."""
    language = sheet.request.message_language
    lines = ["", f"♪ {sheet.lyrics.title}", ""]
    for section in sheet.lyrics.sections:
        lines += [f"[{section.name}]", *(line.text for line in section.lines), ""]
    lines += [str(folder / name) for name in record["files"]]
    lines += ["", *(remark[language] for remark in record["remarks"]), record["note"][language]]
    return "\n".join(lines)
