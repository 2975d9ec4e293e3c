"""One frozen ``Settings``, read once from the environment and ``.env``, and handed in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided. ``.env.example`` explains each value."""

    engine: str = "embedded"
    operator: str = "Minstrel"
    region: str = ""


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; the environment wins over ``.env``, and an empty value counts as unset."""
    values: dict[str, str | None] = {**dotenv_values(PROJECT / ".env"), **(environment or os.environ)}

    def value(name: str, default: str) -> str:
        return (values.get(name) or "").strip() or default

    return Settings(
        engine=value("MINSTREL_ENGINE", "embedded"),
        operator=value("MINSTREL_OPERATOR", "Minstrel"),
        region=value("MINSTREL_REGION", ""),
    )
