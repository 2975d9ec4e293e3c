"""From an error to what a person sees: one sentence and an exit code.

The tree itself is ``generation.errors``; the bot adds its own leaf.
"""

from __future__ import annotations

from generation.errors import StudioError, WishError


class UsageError(WishError):
    """The command line, a file or a folder that was named cannot be used."""


def exit_code(error: StudioError) -> int:
    """2 where the request or the usage is wrong, 1 where the fault is ours."""
    return 2 if isinstance(error, WishError) else 1
