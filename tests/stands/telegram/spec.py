"""Judges requests by the Bot API's own description: methods, fields, types, files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_SPEC = Path(__file__).with_name("telegram-bot-api.json")
_PLAIN: dict[str, tuple[type, ...]] = {"String": (str,), "Integer": (int,), "Float": (int, float), "Boolean": (bool,)}


@cache
def spec() -> Any:
    return json.loads(_SPEC.read_text(encoding="utf-8"))


def judge(method: str, raw: Mapping[str, Any], files: set[str]) -> tuple[dict[str, Any], list[str]]:
    """Return the parameters with their types, and what is wrong with them.

    ``raw`` holds values as they came: strings of a form, or JSON values. ``files`` names the uploaded parts.
    """
    found = spec()["methods"].get(method)
    if found is None:
        return {}, [f"{method}: no such method"]
    fields = {field["name"]: field for field in found.get("fields", [])}
    typed = {name: _typed(value, fields[name]["types"]) for name, value in raw.items() if name in fields}
    wrong = [f"{method}: unknown field {name}" for name in raw if name not in fields]
    attached = {f"attach://{name}" for name in files}
    wrong += [f"{method}: upload {name} is not used" for name in files - set(fields) if not _mentions(typed, name)]
    for name, field in fields.items():
        if name in files:
            if "InputFile" not in field["types"]:
                wrong.append(f"{method}.{name}: takes no file")
        elif name in typed:
            wrong += _complaints(typed[name], field["types"], f"{method}.{name}", attached)
        elif field["required"]:
            wrong.append(f"{method}: {name} is missing")
    return typed, wrong


def _mentions(value: Any, upload: str) -> bool:
    if isinstance(value, dict):
        return any(_mentions(part, upload) for part in value.values())
    if isinstance(value, list):
        return any(_mentions(part, upload) for part in value)
    return bool(value == f"attach://{upload}")


def _typed(value: Any, types: list[str]) -> Any:
    """Read a form's string as the type that its field wants; a string that does not fit stays a string."""
    if not isinstance(value, str) or types == ["String"]:
        return value
    try:
        read = json.loads(value)
    except ValueError:
        return value
    if isinstance(read, str) or ("String" in types and "Integer" not in types and not isinstance(read, dict | list)):
        return value
    return read


def _complaints(value: Any, types: list[str], where: str, attached: set[str]) -> list[str]:
    """Return the complaints by the type that fits best: none if one of ``types`` fits."""
    return min((_of_type(value, kind, where, attached) for kind in types), key=len)


def _of_type(value: Any, kind: str, where: str, attached: set[str]) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: {value!r:.60} is no array"]
        inner = [kind.removeprefix("Array of ")]
        return [
            complaint
            for index, part in enumerate(value)
            for complaint in _complaints(part, inner, f"{where}[{index}]", attached)
        ]
    if kind == "InputFile":
        return [] if value in attached else [f"{where}: no such upload"]
    if kind in _PLAIN:
        fits = isinstance(value, _PLAIN[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        if fits and kind == "String" and value.startswith("attach://") and value not in attached:
            return [f"{where}: {value} was not uploaded"]
        return [] if fits else [f"{where}: {value!r:.60} is no {kind}"]
    return _of_object(value, kind, where, attached)


def _of_object(value: Any, kind: str, where: str, attached: set[str]) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: {value!r:.60} is no {kind}"]
    described = spec()["types"][kind]
    if "subtypes" in described:
        return _complaints(value, described["subtypes"], where, attached)
    fields = {field["name"]: field for field in described.get("fields", [])}
    wrong = [f"{where}: {kind} has no {name}" for name in value if name not in fields]
    for name, field in fields.items():
        if name in value:
            wrong += _complaints(value[name], field["types"], f"{where}.{name}", attached)
            wrong += _of_its_kind(value[name], field["description"], f"{where}.{name}")
        elif field["required"]:
            wrong.append(f"{where}: {kind} needs {name}")
    return wrong


def _of_its_kind(value: Any, description: str, where: str) -> list[str]:
    """A field such as ``type`` holds one word: the description ends with "must be audio"."""
    _, must, word = description.rpartition("must be ")
    return [f"{where}: must be {word}"] if must and word.isalpha() and isinstance(value, str) and value != word else []
