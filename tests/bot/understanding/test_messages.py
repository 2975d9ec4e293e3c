"""Hundreds of messages as people type them, each understood exactly: every stated slot, and no other."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.understanding import stated, summary, understand

MESSAGES = [json.loads(line) for line in Path(__file__).with_name("messages.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["text"][:40])
def test_message_is_understood_exactly(message: dict[str, Any]) -> None:
    assert stated(understand(message["text"])) == message["stated"]


def test_every_message_can_be_said_back() -> None:
    for message in MESSAGES:
        remark = summary(understand(message["text"]))
        assert remark.en.endswith(".")
        assert remark.zh.endswith("。")
