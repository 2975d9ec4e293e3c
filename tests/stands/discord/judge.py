"""Judges every request by Discord's own description of its API (``openapi.json``, see ``LICENSE.discord-api-spec``).

The description is that of https://github.com/discord/discord-api-spec at 74fda0f (2026-07-18). What it leaves out is
in ``rules.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

SPEC = Path(__file__).with_name("openapi.json")
PARAMETER = "{"


class Judge:
    """Counts requests and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.requests = 0
        self.violations: list[str] = []

    def see(self, method: str, path: str, body: Any, params: Mapping[str, Any] | None = None) -> None:
        self.requests += 1
        self.violations += judged(method, path, body, params or {})


def judged(method: str, path: str, body: Any, params: Mapping[str, Any]) -> list[str]:
    """Return what Discord's description says against a request; one line each."""
    where = f"{method} {path}"
    template = _template(method.lower(), path)
    if template is None:
        return [f"{where}: no such route"]
    spec, validator = _operation(template, method.lower())
    known = {parameter["name"] for parameter in spec.get("parameters", []) if parameter.get("in") == "query"}
    found = [f"{where}: unknown query field {name}" for name in params if name not in known]
    if validator is None:
        return found if body is None else [*found, f"{where}: takes no body"]
    errors = validator.iter_errors(_wire(body if body is not None else {}))
    return found + [f"{where}: {'/'.join(map(str, error.instance_path))}: {error.message[:300]}" for error in errors]


@cache
def _spec() -> dict[str, Any]:
    return dict(json.loads(SPEC.read_text(encoding="utf-8")))


@cache
def _template(method: str, path: str) -> str | None:
    """The most literal route of that shape, so that ``/@original`` wins over ``/{message_id}``."""
    parts = path.strip("/").split("/")
    fitting = []
    for template, operations in _spec()["paths"].items():
        wanted = template.strip("/").split("/")
        if method in operations and len(wanted) == len(parts):
            pairs = list(zip(wanted, parts, strict=True))
            if all(want == part or want.startswith(PARAMETER) for want, part in pairs):
                fitting.append((sum(want == part for want, part in pairs), template))
    return max(fitting)[1] if fitting else None


@cache
def _operation(template: str, method: str) -> tuple[dict[str, Any], jsonschema_rs.Draft202012Validator | None]:
    operation = _spec()["paths"][template][method]
    if "requestBody" not in operation:
        return operation, None
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return operation, jsonschema_rs.Draft202012Validator({**schema, "components": _spec()["components"]})


def _wire(value: Any, name: str = "") -> Any:
    """As Discord reads it: ids may be sent as numbers, and the description knows them as text only."""
    if isinstance(value, Mapping):
        return {key: _wire(inner, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_wire(inner, name) for inner in value]
    is_id = name in ("id", "users", "roles") or name.endswith("_id")
    return str(value) if is_id and isinstance(value, int) and not isinstance(value, bool) else value
