"""The licence register is complete, sourced and consistent."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from generation.passport.components import Component, register, unlisted
from generation.passport.verdict import conditions
from generation.song import from_json, to_json

FOLDER = files("generation.passport")


def test_the_register_matches_its_schema() -> None:
    data = json.loads(FOLDER.joinpath("components.json").read_text(encoding="utf-8"))
    schema = json.loads(FOLDER.joinpath("components.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data)
    assert len({row["id"] for row in data["components"]}) == len(data["components"]) == len(register())


@pytest.mark.parametrize("component", ["kokoro-82m", "fluidr3", "builtin-synth", "template-lyrics"])
def test_the_embedded_engine_is_cleared(component: str) -> None:
    assert register()[component].output_commercial_use == "yes"


@pytest.mark.parametrize("row", list(register().values()), ids=lambda row: row.id)
def test_a_row_says_what_it_depends_on(row: Component) -> None:
    assert set(row.conditions) <= set(conditions())
    if row.output_commercial_use == "conditional":
        assert row.conditions
    assert (row.attribution.kind == "none") == (row.attribution.text is None)
    assert row.source
    assert row.checked
    assert from_json(json.loads(json.dumps(to_json(row))), Component) == row


def test_an_unlisted_part_promises_nothing() -> None:
    assert unlisted("a new model").output_commercial_use == "unknown"
    assert unlisted("a new model").id not in register()
