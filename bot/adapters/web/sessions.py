"""Who a browser is: a signed cookie, and the token that forms carry."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.adapters.web.shelf import write_private
from bot.adapters.web.words import LANGUAGES

COOKIE = "minstrel"
LASTS_S = 400 * 24 * 3600
"""What browsers keep a cookie at most (RFC 6265bis)."""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. Its member and its place are both called ``web:<id>``."""

    id: str
    name: str = ""
    language: str = ""
    """Chosen with the switch of the page; empty where it was never used."""
    door: str = ""
    """What it came in by: ``password`` (an operator) or ``invite``; empty where no door is set."""
    key: str = ""
    """Fingerprint of the password it came in with: a new password closes the old sessions."""

    @property
    def place(self) -> str:
        return f"web:{self.id}"

    def named(self, name: str) -> Session:
        return replace(self, name=clean_name(name))


def clean_name(name: str) -> str:
    """A name of one line and at most 64 characters."""
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in name[:400])).strip()[:64]


def new_session() -> Session:
    return Session(secrets.token_hex(10))


class Sessions:
    """Signs and reads cookies with a secret that lies in the data folder. Reads a file when made."""

    def __init__(self, secret_file: Path) -> None:
        try:
            secret = secret_file.read_text(encoding="ascii").strip()
        except OSError:
            secret = ""
        if len(secret) < 32:
            secret = secrets.token_hex(32)
            write_private(secret_file, secret)
        self._secret = secret.encode()
        self._signer = URLSafeTimedSerializer(secret, salt="session")

    def cookie(self, session: Session) -> str:
        return self._signer.dumps(asdict(session))

    def read(self, cookie: str) -> Session | None:
        """Return the session of a cookie, or None where it was not signed here."""
        try:
            row = self._signer.loads(cookie[:4000], max_age=LASTS_S)
            session = Session(**{key: str(value) for key, value in row.items()})
        except (BadData, TypeError, AttributeError):
            return None
        if not re.fullmatch(r"[0-9a-f]{8,64}", session.id) or session.language not in ("", *LANGUAGES):
            return None
        return session

    def token(self, session: Session) -> str:
        """The token that a form of this session carries; nobody else's page can know it."""
        return hmac.new(self._secret, b"form:" + session.id.encode(), sha256).hexdigest()[:32]

    def fingerprint(self, password: str) -> str:
        return hmac.new(self._secret, b"password:" + password.encode(), sha256).hexdigest()[:16]
