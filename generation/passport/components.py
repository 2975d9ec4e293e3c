"""The licence register: one row for each part that can touch a song, read from ``components.json``.

What a row says was read in the licence named by ``source``; ``confidence`` tells how closely. It is not legal advice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from generation.song import from_json

Answer = Literal["yes", "conditional", "unknown", "no"]
"""May the output be used commercially? From best to worst."""

Role = Literal["music_model", "codec", "soundfont", "voice", "tts_engine", "lyric_model", "user_input", "unlisted"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The credit a licensor asks for. ``where`` is ``track``, ``ui`` or ``none`` (wherever there is room)."""

    kind: str
    text: str | None
    where: str


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What a model was trained on, as its maker tells it."""

    cls: str
    note: str


@dataclass(frozen=True, slots=True)
class Component:
    """One part that can touch a song, one row for each checkpoint."""

    id: str
    role: Role
    name: str
    licence: str
    """An SPDX expression or ``LicenseRef-...``."""
    url: str
    operator_commercial_use: Answer
    output_commercial_use: Answer
    output_terms: str
    conditions: tuple[str, ...]
    """Keys of ``conditions.toml``."""
    attribution: Attribution
    share_alike: bool
    content_in_output: bool
    """Samples or recordings of this part are themselves inside the song."""
    training_data: TrainingData
    operator_duties: tuple[str, ...]
    source: str
    source_date: str
    confidence: str
    checked: str
    """ISO date on which the row was last held against its source."""


@cache
def register() -> Mapping[str, Component]:
    """Return every row by its id."""
    data = json.loads(files("generation.passport").joinpath("components.json").read_text(encoding="utf-8"))
    return {row["id"]: from_json(row, Component) for row in data["components"]}


def unlisted(component: str) -> Component:
    """Return the row of a part the register does not know: nothing is known, so nothing is promised."""
    return Component(
        id=component,
        role="unlisted",
        name=component,
        licence="LicenseRef-unknown",
        url="",
        operator_commercial_use="unknown",
        output_commercial_use="unknown",
        output_terms="not on record",
        conditions=("read-current-licence",),
        attribution=Attribution("none", None, "none"),
        share_alike=False,
        content_in_output=False,
        training_data=TrainingData("undisclosed", ""),
        operator_duties=(),
        source="not on record",
        source_date="",
        confidence="unverified",
        checked="",
    )
