"""Buttons: drawn under a post, and read back when one is pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.conversation.reply import Button, Reply
from bot.conversation.verbs import verbs

ROW = 3
"""Labels of more buttons in a row are cut off on a phone."""
_DATA = re.compile(r"(?P<verb>[a-z]+):(?P<song>[a-z0-9]{0,16}):(?P<argument>[\x20-\x7e]*)")


@dataclass(frozen=True, slots=True)
class Press:
    verb: str
    song: str
    argument: str


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """Return the buttons of a reply, at most three in a row."""
    rows = [row[start : start + ROW] for row in reply.buttons for start in range(0, len(row), ROW)]
    return InlineKeyboardMarkup([[_key(button) for button in row] for row in rows]) if rows else None


def read_press(data: str | None) -> Press | None:
    """Return what a button says, or None for data that no button of this bot carries."""
    found = _DATA.fullmatch(data or "")
    if found is None or found["verb"] not in verbs():
        return None
    return Press(found["verb"], found["song"], found["argument"])


def _key(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=button.data)
