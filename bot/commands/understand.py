"""Print what a sentence was understood to ask for, as one line of JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from bot.errors import UsageError
from bot.settings import Settings
from bot.understanding import stated, understand


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", help='a sentence, or - to read lines of JSON {"text": …} and answer a line each')


def run(options: argparse.Namespace, _: Settings) -> int:
    texts = _lines(sys.stdin) if options.text == "-" else [options.text]
    for text in texts:
        print(json.dumps(stated(understand(text)), ensure_ascii=False), flush=True)
    return 0


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, TypeError, KeyError):
            text = None
        if not isinstance(text, str):
            raise UsageError(
                f'Line {number} is not a JSON object with a "text".', f'第 {number} 行不是带有 "text" 的 JSON 对象。'
            )
        yield text
