"""Understanding: a member's sentence becomes an intent and a song request. Word lists are data, in ``words``."""

from bot.understanding.reading import Understanding, stated, understand
from bot.understanding.summary import summary

__all__ = ["Understanding", "stated", "summary", "understand"]
