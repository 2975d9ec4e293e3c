"""Pressed buttons, and the form that opens where a button asks for words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import discord

from bot.adapters.discord.hearing import AnyInteraction
from bot.adapters.discord.posts import ASKS, DOES
from bot.conversation.verbs import verbs

TITLE = 45
PLACEHOLDER = 100
LONGEST = 4000
OPEN_S = 900.0
FIELD = "text"
_PRESSED = re.compile(rf"(?P<kind>{DOES}|{ASKS})(?P<verb>[a-z]+):(?P<song>[a-z0-9]*):(?P<argument>[ -~]*)")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a ``custom_id`` says."""

    custom_id: str
    asks: bool
    verb: str
    song: str
    argument: str


def pressed(interaction: AnyInteraction) -> Pressed | None:
    """Return what was pressed or filled in; None for no button of ours."""
    custom_id = str(_data(interaction).get("custom_id", ""))
    found = _PRESSED.fullmatch(custom_id)
    if found is None or found["verb"] not in verbs():
        return None
    return Pressed(custom_id, found["kind"] == ASKS, found["verb"], found["song"], found["argument"])


def form(interaction: AnyInteraction, button: Pressed) -> discord.ui.Modal:
    """Return the form of a button that asks, in the language of its label."""
    verb = verbs()[button.verb]
    label = _label(interaction.message, button.custom_id)
    language = "zh" if _HAN.search(label) else "en"
    label = label or verb.label[language]
    modal = discord.ui.Modal(title=label[:TITLE], custom_id=button.custom_id, timeout=OPEN_S)
    field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        placeholder=verb.example[language][:PLACEHOLDER],
        max_length=LONGEST,
    )
    modal.add_item(discord.ui.Label(text=(verb.hint[language] or label)[:TITLE], component=field))
    return modal


def written(interaction: AnyInteraction) -> str:
    """Return what was filled in. Discord sends a form as a tree of rows or labels with one field each."""
    for row in _data(interaction).get("components", []):
        for field in [row.get("component"), *row.get("components", [])]:
            if field and field.get("custom_id") == FIELD:
                return str(field.get("value", ""))
    return ""


def _data(interaction: AnyInteraction) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", interaction.data or {})


def _label(message: discord.Message | None, custom_id: str) -> str:
    for row in message.components if message else ():
        for item in getattr(row, "children", ()):
            if getattr(item, "custom_id", "") == custom_id:
                return str(item.label or "")
    return ""
