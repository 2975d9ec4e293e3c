"""The operator's settings."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from dotenv import dotenv_values

from bot.settings import PROJECT, Settings, read_settings


def test_without_any_setting_the_defaults_hold() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings()


def test_the_environment_decides_and_an_empty_value_counts_as_unset() -> None:
    settings = read_settings({"MINSTREL_ENGINE": "debug", "MINSTREL_OPERATOR": " "})
    assert settings == Settings(engine="debug")


def test_the_example_file_shows_every_default() -> None:
    example = {name: value or "" for name, value in dotenv_values(PROJECT / ".env.example").items()}
    assert read_settings(example) == Settings()
    assert set(example) == {"MINSTREL_ENGINE", "MINSTREL_OPERATOR", "MINSTREL_REGION"}


def test_settings_cannot_change_after_they_are_read() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().engine = "debug"  # type: ignore[misc]
