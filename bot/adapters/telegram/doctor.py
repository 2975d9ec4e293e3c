"""Says whether Telegram will work with these settings, and what to do where it will not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.adapters.telegram.connection import WEBHOOK_PORT, bot_builder, is_token, webhook_secret
from bot.adapters.telegram.words import word
from bot.settings import Settings

Finding = tuple[bool, str]
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def check(settings: Settings) -> list[Finding]:
    """Return (is it well, one sentence) for each thing looked at. Asks Telegram, changes nothing, takes no messages
    away from a bot that runs. Never raises."""
    if not is_token(settings.telegram_token):
        return [(False, word("doctor_token"))]
    bot: Bot = bot_builder(settings).build().bot
    try:
        async with bot:
            return [*_about_bot(bot.bot), *_about_delivery(settings, await bot.get_webhook_info())]
    except InvalidToken:
        return [(False, word("doctor_token"))]
    except TelegramError:
        return [(False, word("doctor_unreachable"))]


def _about_bot(me: User) -> Iterator[Finding]:
    yield True, word("doctor_bot").format(name=me.username)
    yield True, word("doctor_hears_all" if me.can_read_all_group_messages else "doctor_private")
    if not me.can_join_groups:
        yield False, word("doctor_no_groups")


def _about_delivery(settings: Settings, webhook: WebhookInfo) -> Iterator[Finding]:
    wanted = settings.telegram_webhook_url
    if webhook.url and webhook.url != wanted:
        yield False, word("doctor_foreign_webhook").format(host=urlsplit(webhook.url).hostname)
    if wanted and not wanted.startswith("https://"):
        yield False, word("doctor_webhook_plain")
    if wanted and not _SECRET.fullmatch(webhook_secret(settings)):
        yield False, word("doctor_webhook_secret")
    if wanted and webhook.url == wanted and webhook.last_error_message:
        host = urlsplit(wanted).hostname
        yield (
            False,
            word("doctor_webhook_failed").format(host=host, reason=webhook.last_error_message, port=WEBHOOK_PORT),
        )
    if webhook.pending_update_count:
        yield True, word("doctor_pending").format(count=webhook.pending_update_count)
