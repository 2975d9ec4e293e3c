"""The page of commands is the list of verbs, word for word."""

from __future__ import annotations

import re
from pathlib import Path

from bot.conversation.verbs import Verb, verbs

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def row(verb: Verb, language: str) -> str:
    command = f"/{verb.name}" if language == "en" else f"/{verb.label['zh']}"
    return f"| `{command}` | {verb.says[language]} | {verb.example[language]} |"


def test_docs_list_the_verbs_in_both_languages_in_the_order_of_the_menus() -> None:
    found = re.findall(r"^\| `/.+\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found == [row(verb, language) for language in ("en", "zh") for verb in verbs().values()]
