"""Discord's refusals in the words every surface uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.adapters.base import Gone, Unreachable

LATE = frozenset({10062, 10015, 50027, 40060})
"""Unknown interaction, unknown webhook, expired token, answered already: the channel still works."""
CLOSED = frozenset({50083, 160005})
"""An archived or a locked thread: refused with status 400."""
NO_HISTORY = 160002
"""Answering a message needs the right to read it."""
TOO_MANY = 429


@contextmanager
def telling() -> Iterator[None]:
    """Turn what discord.py raises into ``Gone`` or ``Unreachable``. A request that Discord finds malformed is our
    fault and stays what it is."""
    try:
        yield
    except (discord.NotFound, discord.Forbidden) as error:
        raise Gone(f"{error.status} {error.code}") from error
    except discord.RateLimited as error:
        raise Unreachable(f"{TOO_MANY}, free again in {error.retry_after:.0f} s") from error
    except discord.HTTPException as error:
        if error.code in CLOSED:
            raise Gone(f"{error.status} {error.code}") from error
        if error.status >= 500 or error.status == TOO_MANY:
            raise Unreachable(str(error.status)) from error
        raise
    except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        raise Unreachable(type(error).__name__) from error
