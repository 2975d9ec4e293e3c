"""The command menu and the bot's description, in both languages."""

from __future__ import annotations

from telegram import Bot, BotCommand

from bot.adapters.telegram.words import word
from bot.conversation.verbs import verbs

LANGUAGES = {"en": None, "zh": "zh"}
"""English is what everybody else sees."""


async def put_up(bot: Bot) -> None:
    """Set what differs; Telegram counts changes. A description that somebody wrote with BotFather stays.

    Raises ``telegram.error.TelegramError``.
    """
    for language, code in LANGUAGES.items():
        menu = commands(language)
        if tuple(menu) != await bot.get_my_commands(language_code=code):
            await bot.set_my_commands(menu, language_code=code)
        if not (await bot.get_my_description(language_code=code)).description:
            await bot.set_my_description(word("description", language), language_code=code)
        if not (await bot.get_my_short_description(language_code=code)).short_description:
            await bot.set_my_short_description(word("short_description", language), language_code=code)


def commands(language: str) -> list[BotCommand]:
    """Every verb with what it does. Commands are ASCII on Telegram, so the Chinese name comes with the sentence."""
    return [
        BotCommand(name, verb.says[language] if language == "en" else f"{verb.label[language]}：{verb.says[language]}")
        for name, verb in verbs().items()
    ]
