"""How Telegram says no."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """``careless`` marks what a bot could have known before it asked: a text too long, markup that does not parse."""

    def __init__(self, code: int, reason: str, *, careless: bool = False, **parameters: Any) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.careless = careless
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        body = {"ok": False, "error_code": self.code, "description": self.reason}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad(reason: str, *, careless: bool = False, **parameters: Any) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}", careless=careless, **parameters)


def forbidden(reason: str) -> Refusal:
    return Refusal(403, f"Forbidden: {reason}")
