"""What may be written to the log: where something failed, never what a member wrote, never a secret."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterable

TOKEN_IN_ADDRESS = re.compile(r"(/(?:file/)?bot)\d+:[\w-]{20,}")
LOUD = ("httpx", "httpcore", "telegram.ext", "discord", "uvicorn")
"""Libraries that log every request at INFO, addresses with tokens among them."""
MASK = "***"


class Masked(logging.Formatter):
    """Formats as usual, then masks every secret, in messages and tracebacks alike."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = sorted(secrets, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return TOKEN_IN_ADDRESS.sub(rf"\1{MASK}", text)


def set_up(secrets: Iterable[str]) -> None:
    """Log to standard error: our own INFO, of others only warnings."""
    handler = logging.StreamHandler()
    handler.setFormatter(Masked(secrets))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def tell(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log an error that was not expected, by its kind and place: its text may hold a member's words."""
    log.error("%s: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
