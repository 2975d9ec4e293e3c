"""Slash commands, their names in Chinese and the message menu: all from the one list of verbs."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.adapters.discord.hearing import AnyInteraction
from bot.adapters.discord.words import CHINESE, words
from bot.conversation.verbs import Verb, verbs

LONGEST_TEXT = 6000
"""Characters of a text option, Discord's own limit."""
Take = Callable[..., Awaitable[None]]
"""``take(interaction, verb=..., text=..., song=..., file=..., quoted=...)``."""
Complete = Callable[[AnyInteraction, str], Coroutine[Any, Any, list[Choice[str]]]]


class InChinese(app_commands.Translator):
    """Names and descriptions carry their own translation."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, _context: app_commands.TranslationContextTypes
    ) -> str | None:
        return string.extras.get("zh") if locale in CHINESE else None


def plant(tree: app_commands.CommandTree[Any], take: Take, complete: Complete) -> None:
    """Put a command for every verb, and the message menu, on the tree."""
    for verb in verbs().values():
        tree.add_command(_command(verb, take, complete))

    async def sing_this(interaction: AnyInteraction, message: discord.Message) -> None:
        if message.author == interaction.client.user:
            await take(interaction, verb="sing", quoted=message)
            return
        file = message.attachments[0] if message.attachments else None
        await take(interaction, verb="song", quoted=message, file=file)

    tree.add_command(app_commands.ContextMenu(name=_both(words()["sing_this"]), callback=sing_this))


async def sync_if_changed(tree: app_commands.CommandTree[Any], noted: Path) -> bool:
    """Tell Discord the commands unless ``noted`` says that it knows them. Returns whether it was told.

    A sync replaces all commands of the application and is limited to a few a day. Raises what discord.py raises.
    """
    translator = tree.translator or InChinese()
    known = [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
    told = json.dumps([tree.client.application_id, known], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(told.encode()).hexdigest()
    if noted.is_file() and noted.read_text(encoding="ascii").strip() == digest:
        return False
    await tree.sync()
    noted.parent.mkdir(parents=True, exist_ok=True)
    noted.write_text(digest + "\n", encoding="ascii")
    return True


def _command(verb: Verb, take: Take, complete: Complete) -> app_commands.Command[Any, ..., None]:
    async def callback(interaction: AnyInteraction, **options: Any) -> None:
        await take(interaction, verb=verb.name, **{name: value for name, value in options.items() if value is not None})

    here = {option.name: option for option in _options(verb)}
    signature = inspect.signature(callback)
    first = next(iter(signature.parameters.values()))
    callback.__signature__ = signature.replace(parameters=[first, *here.values()])  # type: ignore[attr-defined]
    says = {"text": verb.hint, "file": words()["option_file_says"], "song": words()["option_song_says"]}
    described = app_commands.describe(**{name: _both(says[name]) for name in here})(callback)
    renamed = app_commands.rename(**{name: _both(words()[f"option_{name}"]) for name in here})(described)
    if verb.song:
        renamed = app_commands.autocomplete(song=complete)(renamed)
    name = locale_str(verb.name, zh=verb.label["zh"])
    return app_commands.Command(name=name, description=_both(verb.says), callback=renamed)


def _options(verb: Verb) -> list[inspect.Parameter]:
    def option(name: str, kind: Any, required: bool = False) -> inspect.Parameter:
        plain = inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind)
        return plain if required else plain.replace(default=None, annotation=kind | None)

    options = []
    if verb.takes != "nothing":
        # Words may also come as a file, and Discord knows no "one of the two".
        options.append(
            option("text", app_commands.Range[str, 1, LONGEST_TEXT], verb.takes == "words" and not verb.file)
        )
    if verb.file:
        options.append(option("file", discord.Attachment))
    if verb.song:
        options.append(option("song", str))
    return options


def _both(said: Any) -> locale_str:
    return locale_str(said["en"], zh=said["zh"])
