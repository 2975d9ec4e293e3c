"""What the tests of the conversation share."""

from __future__ import annotations

import pytest

from tests.bot.conversation.chats import Chat


@pytest.fixture
def chat() -> Chat:
    """Ann, alone with the bot, without a song yet."""
    return Chat()
