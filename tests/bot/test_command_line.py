"""Commands, help and README tell the same."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, main
from bot.settings import PROJECT


def names() -> set[str]:
    return {command.__name__.rsplit(".", 1)[-1] for command in COMMANDS}


def test_the_readme_shows_exactly_the_commands_there_are() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"scripts/run ([a-z]+)", readme)) == names()


@pytest.mark.parametrize("command", sorted(names()))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert len(capsys.readouterr().out) > 80


def test_without_a_command_the_bot_is_started(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MINSTREL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MINSTREL_WEB_PORT", "0")
    assert main(["--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("engine ")


def test_understand_answers_a_line_for_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"text": "a calm song about the sea"}\n\n{"text": "stop"}\n'))
    assert main(["understand", "-"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == {"intent": "new_song", "mood": ["calm"], "theme": "the sea"}
    assert second == {"intent": "cancel"}


@pytest.mark.parametrize("line", ["not json", "[]", '{"text": 7}', "{}"])
def test_understand_names_the_line_that_is_wrong(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    assert main(["understand", "-"]) == 2
    assert capsys.readouterr().err.startswith("Line 1 ")


def test_doctor_finds_this_machine_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert "FAIL" not in capsys.readouterr().out


def test_models_names_every_voice_with_its_licence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    assert "Apache-2.0" in capsys.readouterr().out
