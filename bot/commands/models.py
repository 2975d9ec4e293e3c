"""List engines and voices with their licence, and whether they are installed."""

from __future__ import annotations

import argparse
from itertools import groupby

from rich.console import Console
from rich.table import Table

from bot import app
from bot.settings import Settings
from generation.passport.components import register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(_options: argparse.Namespace, settings: Settings) -> int:
    studio = app.open_studio("embedded")
    table = Table("part", "languages", "licence", "songs may be sold", box=None)
    for row, voices in groupby(studio.singer.voices, key=lambda voice: voice.component):
        found = list(voices)
        languages = ", ".join(dict.fromkeys(voice.language for voice in found))
        names = ", ".join(voice.label for voice in found)
        part = register()[row]
        table.add_row(f"{part.name}: {names}", languages, part.licence, part.output_commercial_use)
    for row in ("fluidr3", "builtin-synth", studio.lyricist.component):
        part = register()[row]
        table.add_row(part.name, "", part.licence, part.output_commercial_use)
    console = Console()
    console.print(table)
    console.print(f"Engines: {', '.join(app.ENGINES)}. In use: {settings.engine}.")
    return 0
