"""Say what works on this machine and what to do about the rest."""

from __future__ import annotations

import argparse
import asyncio
import platform
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.settings import Settings
from generation.errors import StudioError

MIN_FREE_BYTES = 500_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(_options: argparse.Namespace, settings: Settings) -> int:
    """Return 0 if a song can be made here and every chat that is switched on can be served, 1 if not."""
    healthy = True
    for name, check in _checks(settings):
        try:
            print(f"ok    {name}: {check()}")
        except StudioError as error:
            healthy = False
            print(f"FAIL  {name}: {error.en}")
        except (ImportError, OSError) as error:
            healthy = False
            print(f"FAIL  {name}: {error}. Run scripts/run again after deleting the .venv folder.")
    for name, is_well, sentence in asyncio.run(_chats(settings)):
        healthy = healthy and is_well
        print(f"{'ok  ' if is_well else 'FAIL'}  {name}: {sentence}")
    return 0 if healthy else 1


async def _chats(settings: Settings) -> list[tuple[str, bool, str]]:
    """Ask the platforms about tokens and rights. A chat without a token is off, which is well."""
    from bot.adapters.discord import doctor as discord
    from bot.adapters.telegram import doctor as telegram

    found = [("discord", *finding) for finding in await discord.check(settings)]
    if not settings.telegram_token:
        off = "Telegram is off. Set TELEGRAM_TOKEN to switch it on; docs/telegram.md shows how."
        return [("telegram", True, off), *found]
    return [*(("telegram", *finding) for finding in await telegram.check(settings)), *found]


def _checks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "python", platform.python_version
    yield "disk", _disk
    yield "voice model", _voice
    yield "soundfont", _soundfont
    yield "audio files", _encoders
    yield "settings", lambda: f"engine {settings.engine}, songs are kept in {settings.data.resolve()}"


def _disk() -> str:
    free = shutil.disk_usage(Path.cwd()).free
    if free < MIN_FREE_BYTES:
        raise OSError(f"only {free / 1e6:.0f} MB free here")
    return f"{free / 1e9:.0f} GB free"


def _voice() -> str:
    from generation.voices.model import find_model

    return str(find_model())


def _soundfont() -> str:
    from generation.band.sampler import SOUNDFONT, sample

    sample((), program=0, bank=0, length=1)
    return SOUNDFONT.name


def _encoders() -> str:
    import av

    missing = {"libmp3lame", "flac", "aac", "libopus"} - set(av.codecs_available)
    if missing:
        raise OSError(f"PyAV lacks {', '.join(sorted(missing))}")
    return "MP3, FLAC, M4A, OGG"
