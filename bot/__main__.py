"""The command line: ``scripts/run [command]``; without a command the bot is started."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.commands import doctor, models, serve, song, understand
from bot.errors import exit_code
from bot.settings import read_settings
from bot.understanding.message import read
from generation.errors import StudioError

COMMANDS = (serve, song, understand, models, doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 2 the request or usage is wrong, 1 a fault of ours."""
    parser = argparse.ArgumentParser(
        prog="scripts/run", description="Minstrel turns a sentence into a finished song.", allow_abbrev=False
    )
    chosen = parser.add_subparsers(dest="command", metavar="command")
    for command in COMMANDS:
        name = command.__name__.rsplit(".", 1)[-1]
        line = (command.__doc__ or "").strip().splitlines()[0]
        subparser = chosen.add_parser(name, help=line, description=line, allow_abbrev=False)
        subparser.set_defaults(run=command.run)
        command.add_arguments(subparser)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given.insert(0, "serve")
    options = parser.parse_args(given)
    try:
        return int(options.run(options, read_settings()))
    except StudioError as error:
        print(error.sentence(read(getattr(options, "text", "")).language), file=sys.stderr)
        return exit_code(error)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
