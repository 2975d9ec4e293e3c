"""Limits of Discord that neither its API description nor simcord holds.

Sources, all in the developer documentation: "Create Message" (2000 characters), "Embed Limits", "Uploading Files"
(10 MiB a file by default, ten files), "Component Reference" (rows, labels, ``custom_id``), "Application Command Naming"
and "Locales".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from discord import Locale

UPLOAD_BYTES = 10 * 1024 * 1024
REQUEST_BYTES = 25 * 1024 * 1024
LOCALES = {locale.value for locale in Locale}
TEXT_COMMAND = 1
MESSAGE_COMMAND = 3
FIELDS = {"content": 2000, "title": 256, "label": 80, "custom_id": 100, "placeholder": 150}


def broken(path: str, body: Any, files: Sequence[tuple[str, int]]) -> list[str]:
    """Return what is wrong with one request, as sentences. ``files`` are name and bytes of each."""
    message = body.get("data", body) if isinstance(body, Mapping) else {}
    found = [*_files(files), *_limits(message if isinstance(message, Mapping) else {})]
    if path.endswith("/commands") and isinstance(body, list):
        found += [wrong for command in body for wrong in _command(command)]
        names = [(command.get("type", TEXT_COMMAND), command["name"]) for command in body]
        found += ["two commands of one name"] if len(set(names)) < len(names) else []
        found += ["more than 100 commands"] if len(names) > 100 else []
    return [f"{path}: {wrong}" for wrong in found]


def _files(files: Sequence[tuple[str, int]]) -> Iterator[str]:
    if len(files) > 10:
        yield f"{len(files)} files"
    for name, size in files:
        if size > UPLOAD_BYTES:
            yield f"{name} is {size} bytes"
    if sum(size for _, size in files) > REQUEST_BYTES:
        yield "more than 25 MiB in one request"


def _limits(message: Mapping[str, Any]) -> Iterator[str]:
    if len(message.get("content") or "") > FIELDS["content"]:
        yield f"content of {len(message['content'])} characters"
    cards = message.get("embeds") or []
    if len(cards) > 10:
        yield f"{len(cards)} embeds"
    if sum(len(card.get("title") or "") + len(card.get("description") or "") for card in cards) > 6000:
        yield "embeds of more than 6000 characters"
    for card in cards:
        if len(card.get("title") or "") > FIELDS["title"] or len(card.get("description") or "") > 4096:
            yield "an embed that is too long"
    rows = message.get("components") or []
    if len(rows) > 5:
        yield f"{len(rows)} rows"
    ids: list[str] = []
    for row in rows:
        inner = row.get("components") or ([row["component"]] if "component" in row else [])
        if len(inner) > 5:
            yield f"{len(inner)} buttons in a row"
        for item in inner:
            ids += [item["custom_id"]] if "custom_id" in item else []
            if len(item.get("label") or "") > FIELDS["label"] or not 1 <= len(item.get("custom_id") or "-") <= 100:
                yield "a label or custom_id that is too long"
        if len(row.get("label") or "") > 45:
            yield "a form label of more than 45 characters"
    if len(set(ids)) < len(ids):
        yield "a custom_id twice"
    if "custom_id" in message and not 1 <= len(message.get("title") or "") <= 45:
        yield "a form title that is too long"


def _command(command: Mapping[str, Any]) -> Iterator[str]:
    kind = command.get("type", TEXT_COMMAND)
    yield from _named(command, menu=kind == MESSAGE_COMMAND)
    for option in command.get("options") or []:
        yield from _named(option)
    required = [bool(option.get("required")) for option in command.get("options") or []]
    if sorted(required, reverse=True) != required:
        yield f"{command['name']}: a required option after an optional one"
    whole = sum(len(each.get("name", "")) + len(each.get("description", "")) for each in _nodes(command))
    if whole > 8000:
        yield f"{command['name']}: more than 8000 characters in all"


def _nodes(command: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield command
    yield from command.get("options") or []


def _named(node: Mapping[str, Any], menu: bool = False) -> Iterator[str]:
    names = {"": node["name"], **(node.get("name_localizations") or {})}
    for locale, name in names.items():
        if locale and locale not in LOCALES:
            yield f"{node['name']}: no such locale {locale}"
        if not (1 <= len(name) <= 32) or not (menu or is_command_name(name)):
            yield f"not a command name: {name!r}"
    says = {} if menu else {"": node.get("description") or "", **(node.get("description_localizations") or {})}
    for locale, text in says.items():
        if not 1 <= len(text) <= 100:
            yield f"{node['name']}: description {locale} of {len(text)} characters"


def is_command_name(name: str) -> bool:
    """``^[-_'\\p{L}\\p{N}]{1,32}$``, in lower case where the script has one."""
    return name == name.lower() and all(letter in "-_'" or unicodedata.category(letter)[0] in "LN" for letter in name)
