"""The judges see what Discord would refuse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stands.discord.judge import judged
from tests.stands.discord.rules import broken

MESSAGES = "/channels/1/messages"
BUTTON = {"type": 2, "style": 2, "label": "Go", "custom_id": "m:sing:a:"}


def rows(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"components": [{"type": 1, "components": list(buttons)}]}


def test_a_sound_request_passes() -> None:
    body = {"content": "hi", **rows(BUTTON), "message_reference": {"message_id": 5}}
    assert judged("POST", MESSAGES, body, {}) == []
    assert broken(MESSAGES, body, [("a.mp3", 10_000_000)]) == []


@pytest.mark.parametrize(
    ("method", "path", "body", "params"),
    [
        ("POST", MESSAGES, {"content": 5}, {}),
        ("POST", MESSAGES, {"content": "x" * 4001}, {}),
        ("POST", MESSAGES, rows(*[BUTTON] * 6), {}),
        ("POST", MESSAGES, rows({**BUTTON, "custom_id": "x" * 101}), {}),
        ("POST", MESSAGES, rows({**BUTTON, "style": 99}), {}),
        ("POST", MESSAGES, {"content": "hi"}, {"loud": True}),
        ("POST", "/channels/1/songs", {}, {}),
        ("POST", "/interactions/1/token/callback", {"type": 4, "data": {"content": 7}}, {}),
        ("PUT", "/applications/1/commands", [{"name": "song", "description": "x" * 101}], {}),
    ],
)
def test_discords_description_is_kept(method: str, path: str, body: Any, params: dict[str, Any]) -> None:
    assert judged(method, path, body, params)


@pytest.mark.parametrize(
    ("body", "files"),
    [
        ({"content": "x" * 2001}, []),
        ({"type": 4, "data": {"content": "x" * 2001}}, []),
        ({"embeds": [{"description": "x" * 4000}] * 2}, []),
        ({"embeds": [{"title": "x" * 257}]}, []),
        (rows(BUTTON, BUTTON), []),
        (rows({**BUTTON, "label": "x" * 81}), []),
        ({"components": rows(BUTTON)["components"] * 6}, []),
        ({}, [("a.wav", 10 * 1024 * 1024 + 1)]),
        ({}, [("a.mp3", 1)] * 11),
        ({}, [("a.flac", 9_000_000)] * 3),
        ({"data": {"custom_id": "a", "title": "x" * 46}}, []),
        ({"data": {"custom_id": "a", "title": "x", "components": [{"label": "x" * 46, "component": BUTTON}]}}, []),
    ],
)
def test_the_limits_beside_it_are_kept(body: dict[str, Any], files: list[tuple[str, int]]) -> None:
    assert broken(MESSAGES, body, files)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Song"},
        {"name": "song maker"},
        {"name": "x" * 33},
        {"description": ""},
        {"name_localizations": {"zh": "写歌"}},
        {"name_localizations": {"zh-CN": "写 歌"}},
        {"description_localizations": {"zh-CN": "写" * 101}},
        {"options": [{"name": "a", "description": "x"}, {"name": "b", "description": "x", "required": True}]},
    ],
)
def test_the_rules_of_commands_are_kept(wrong: dict[str, Any]) -> None:
    sound = {"name": "song", "description": "Write a song", "name_localizations": {"zh-CN": "写歌"}}
    assert broken("/applications/1/commands", [sound], []) == []
    assert broken("/applications/1/commands", [{**sound, **wrong}], [])
    assert broken("/applications/1/commands", [sound, sound], [])
