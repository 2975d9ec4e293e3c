"""The operator's settings."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.errors import UsageError
from bot.settings import PROJECT, Settings, read_settings


def test_without_any_setting_the_defaults_hold() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings()


def test_the_environment_decides_and_an_empty_value_counts_as_unset() -> None:
    settings = read_settings({"MINSTREL_ENGINE": "debug", "MINSTREL_OPERATOR": " "})
    assert settings == Settings(engine="debug")


def test_the_example_file_shows_every_default() -> None:
    example = {name: value or "" for name, value in dotenv_values(PROJECT / ".env.example").items()}
    assert read_settings(example) == Settings()
    known = {
        name
        for name in Path(read_settings.__code__.co_filename).read_text(encoding="utf-8").split('"')
        if name.isupper()
    }
    assert set(example) == {name for name in known if "_" in name}


def test_no_secret_is_ever_printed() -> None:
    settings = Settings(
        web_password="open sesame", telegram_token="1:abc", telegram_webhook_secret="w", discord_token="d"
    )
    assert not any(secret in repr(settings) for secret in ("open sesame", "1:abc", "'w'", "'d'"))
    assert set(settings.secrets) == {"open sesame", "1:abc", "w", "d"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MINSTREL_WEB_PORT", "eighty"),
        ("MINSTREL_WEB_PORT", "70000"),
        ("MINSTREL_MOST_OPEN", "0"),
        ("MINSTREL_SHEET_FIRST", "maybe"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=name):
        read_settings({name: value})


def test_lists_and_choices_are_read() -> None:
    settings = read_settings({"MINSTREL_MODERATORS": " telegram:1, discord:2,,", "MINSTREL_SHEET_FIRST": "Yes"})
    assert settings.moderators == {"telegram:1", "discord:2"}
    assert settings.sheet_first


def test_settings_cannot_change_after_they_are_read() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().engine = "debug"  # type: ignore[misc]
