"""What a form of the page brings: its fields, its token, its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from bot.adapters.web.sessions import Session
from bot.adapters.web.sorry import Sorry
from bot.adapters.web.web import check_token
from bot.conversation.message import Attachment

UPLOAD_BYTES = 20 * 2**20
TEXT_LENGTH = 100_000
"""Characters taken at all; what is too long for a song is the conversation's to say."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a form brought: its fields as text, and its file."""

    fields: Mapping[str, str]
    file: Attachment | None = None

    def get(self, name: str, most: int = 300) -> str:
        return self.fields.get(name, "")[:most]


async def read_form(request: Request, session: Session) -> Form:
    """Read the form of a request and check its token. Raises ``Sorry`` for what is no form of ours or too big."""
    async with request.form(max_files=1, max_fields=20, max_part_size=4 * TEXT_LENGTH) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        check_token(request, session, fields.get("token", ""))
        return Form(fields, await attached(form.get("file")))


async def attached(file: Any) -> Attachment | None:
    """The file of a form. Raises ``Sorry`` (413) where it is too big."""
    if not isinstance(file, UploadFile) or not (file.filename or file.size):
        return None
    size = file.size or 0
    if size > UPLOAD_BYTES:
        raise Sorry(413, "big")
    name = re.sub(r"[\x00-\x1f\x7f/\\]+", "_", file.filename or "file")[-120:]
    return Attachment(name, (file.content_type or "application/octet-stream")[:100], size, await file.read())
