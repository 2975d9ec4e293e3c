"""The log never tells a secret."""

from __future__ import annotations

import logging

import pytest

from bot import logs


@pytest.fixture(autouse=True)
def logging_as_before() -> object:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level


def test_tokens_are_masked_in_messages_and_in_tracebacks(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(["open sesame"])
    log = logging.getLogger("somewhere")
    log.warning("POST https://api.telegram.org/bot123456:AAF-abcdefghijklmnopqrstuvw/getMe, password %s", "open sesame")
    try:
        raise ValueError("open sesame")
    except ValueError:
        log.exception("failed")
    said = capsys.readouterr().err
    assert "sesame" not in said
    assert "AAF" not in said
    assert "/bot***/getMe" in said


def test_an_unexpected_error_is_told_by_kind_and_place_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    wish = "a song for my daughter"
    try:
        raise ValueError(wish)
    except ValueError as error:
        logs.tell(logging.getLogger("somewhere"), "it failed", error)
    assert "ValueError" in caplog.text
    assert "test_logs.py" in caplog.text
    assert "daughter" not in caplog.text


def test_libraries_do_not_log_every_request() -> None:
    logs.set_up([])
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert logging.getLogger("bot").isEnabledFor(logging.INFO)
