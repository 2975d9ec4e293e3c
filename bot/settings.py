"""One frozen ``Settings``, read once from the environment and ``.env``, and handed in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

from bot.errors import UsageError

PROJECT = Path(__file__).resolve().parent.parent
YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided. ``.env.example`` explains each value. Secrets are never part of the ``repr``."""

    engine: str = "embedded"
    operator: str = "Minstrel"
    region: str = ""
    data: Path = Path("data")
    sheet_first: bool = False
    most_open: int = 3
    moderators: frozenset[str] = frozenset()
    """Member ids: ``telegram:4711``."""
    web_host: str = "127.0.0.1"
    web_port: int = 8080
    web_password: str = field(default="", repr=False)
    public_url: str = ""
    """Where the web chat is reached from outside, without a slash at the end; empty where it is not."""
    telegram_token: str = field(default="", repr=False)
    telegram_api_url: str = ""
    telegram_webhook_url: str = ""
    telegram_webhook_secret: str = field(default="", repr=False)
    discord_token: str = field(default="", repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed or logged."""
        values = (self.web_password, self.telegram_token, self.telegram_webhook_secret, self.discord_token)
        return tuple(value for value in values if value)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; the environment wins over ``.env``, and an empty value counts as unset.

    Raises ``UsageError`` for a number or a yes/no that is none.
    """
    values: dict[str, str | None] = {**dotenv_values(PROJECT / ".env"), **(environment or os.environ)}

    def value(name: str, default: str = "") -> str:
        return (values.get(name) or "").strip() or default

    def number(name: str, default: int, low: int, high: int) -> int:
        text = value(name, str(default))
        if not text.isdecimal() or not low <= int(text) <= high:
            raise UsageError(
                f"{name} takes a number from {low} to {high}.", f"{name} 需要 {low} 到 {high} 之间的数字。"
            )
        return int(text)

    def yes(name: str) -> bool:
        text = value(name, "no").lower()
        if text not in YES + NO:
            raise UsageError(f"{name} takes yes or no.", f"{name} 只能是 yes 或 no。")
        return text in YES

    return Settings(
        engine=value("MINSTREL_ENGINE", "embedded"),
        operator=value("MINSTREL_OPERATOR", "Minstrel"),
        region=value("MINSTREL_REGION"),
        data=Path(value("MINSTREL_DATA", "data")),
        sheet_first=yes("MINSTREL_SHEET_FIRST"),
        most_open=number("MINSTREL_MOST_OPEN", 3, 1, 100),
        moderators=frozenset(name.strip() for name in value("MINSTREL_MODERATORS").split(",") if name.strip()),
        web_host=value("MINSTREL_WEB_HOST", "127.0.0.1"),
        web_port=number("MINSTREL_WEB_PORT", 8080, 0, 65_535),
        web_password=value("MINSTREL_WEB_PASSWORD"),
        public_url=value("MINSTREL_PUBLIC_URL").rstrip("/"),
        telegram_token=value("TELEGRAM_TOKEN"),
        telegram_api_url=value("TELEGRAM_API_URL"),
        telegram_webhook_url=value("TELEGRAM_WEBHOOK_URL"),
        telegram_webhook_secret=value("TELEGRAM_WEBHOOK_SECRET"),
        discord_token=value("DISCORD_TOKEN"),
    )
