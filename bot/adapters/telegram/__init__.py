"""Telegram: updates become messages, replies become posts."""

import os

# The library's times become timedeltas in its next version; without this it warns at every flood limit.
os.environ.setdefault("PTB_TIMEDELTA", "1")
