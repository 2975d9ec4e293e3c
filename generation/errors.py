"""What can go wrong in the studio. Each error knows the sentence a member reads.

StudioError
├── WishError         the request cannot be met as asked (exit code 2)
├── Cancelled         the member stopped the song
└── StudioFault       our side failed (exit code 1)
    └── MissingPart   a voice model, soundfont or data file is missing or altered
"""

from __future__ import annotations


class StudioError(Exception):
    """Base of the tree. ``en`` and ``zh`` are one clear sentence each, safe to show to a member."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def sentence(self, language: str) -> str:
        """Return the sentence in ``"zh"`` or, for any other language, English."""
        return self.zh if language == "zh" else self.en


class WishError(StudioError):
    """The request cannot be met as asked."""


class Cancelled(StudioError):
    """The member stopped the song."""

    def __init__(self) -> None:
        super().__init__("The song was stopped.", "这首歌已停止制作。")


class StudioFault(StudioError):
    """Something on our side failed."""


class MissingPart(StudioFault):
    """A voice model, soundfont or data file is missing or altered."""
