"""The command line: ``scripts/run [command]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.commands import doctor, models, song, understand
from bot.errors import exit_code
from bot.settings import read_settings
from bot.understanding import language_of
from generation.errors import StudioError

COMMANDS = (song, understand, models, doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 2 the request or usage is wrong, 1 a fault of ours."""
    parser = argparse.ArgumentParser(
        prog="scripts/run", description="Minstrel turns a sentence into a finished song.", allow_abbrev=False
    )
    chosen = parser.add_subparsers(dest="command", metavar="command")
    for command in COMMANDS:
        name = command.__name__.rsplit(".", 1)[-1]
        line = (command.__doc__ or "").strip().splitlines()[0]
        command.add_arguments(chosen.add_parser(name, help=line, description=line, allow_abbrev=False))
    options = parser.parse_args(arguments)
    if options.command is None:
        print('The chat is not there yet. Make a song here: scripts/run song "a calm song about the sea"')
        print("聊天界面还没有做好。先在这里写一首歌：scripts/run song “写一首关于海的歌”")
        return 0
    try:
        command = next(each for each in COMMANDS if each.__name__.endswith(f".{options.command}"))
        return command.run(options, read_settings())
    except StudioError as error:
        print(error.sentence(language_of(getattr(options, "text", ""))), file=sys.stderr)
        return exit_code(error)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
