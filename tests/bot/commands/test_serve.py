"""``scripts/run`` from the first line to the last."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import PROJECT


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("MINSTREL_WEB_PORT", str(free.getsockname()[1]))
    monkeypatch.setenv("MINSTREL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MINSTREL_ENGINE", "debug")


@contextmanager
def served(**environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(PROJECT)} | environment,
    )
    killer = threading.Timer(30, process.kill)
    killer.start()
    try:
        with process:
            yield process
    finally:
        killer.cancel()


@pytest.mark.parametrize("ended_by", [signal.SIGTERM, signal.SIGINT])
def test_it_listens_then_ends_when_asked(ended_by: signal.Signals) -> None:
    port = os.environ["MINSTREL_WEB_PORT"]
    with served() as process:
        assert process.stdout
        assert process.stdout.readline().endswith(f"http://127.0.0.1:{port}\n")
        with socket.create_connection(("127.0.0.1", int(port)), timeout=5) as browser:
            browser.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            assert browser.recv(100).startswith(b"HTTP/1.1 200")
        kept = [Path(os.environ["MINSTREL_DATA"]), *Path(os.environ["MINSTREL_DATA"]).rglob("*")]
        assert [path.name for path in kept if path.stat().st_mode & 0o077] == []
        process.send_signal(ended_by)
        rest, trouble = process.communicate(timeout=20)
    assert (process.returncode, rest, trouble) == (0, "", "")


def test_a_second_house_keeps_off_the_folder_of_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    with served() as process:
        assert process.stdout
        process.stdout.readline()
        os.environ["MINSTREL_WEB_PORT"] = "0"
        assert main(["serve", "--no-browser"]) == 2
        assert "Another Minstrel" in capsys.readouterr().err
        process.terminate()
        process.communicate(timeout=20)


def test_a_port_that_is_taken_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(os.environ["MINSTREL_WEB_PORT"])))
        taken.listen()
        assert main([]) == 2
    said = capsys.readouterr().err
    assert "MINSTREL_WEB_PORT" in said
    assert said.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MINSTREL_DATA", str(tmp_path / "file" / "data"))
    assert main([]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_dry_run_tells_the_plan_and_no_secret(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:very-secret")
    assert main(["serve", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "Telegram  on" in said
    assert "Discord   off" in said
    assert "secret" not in said


def test_nothing_heavy_is_loaded_to_start() -> None:
    heavy = "{'scipy', 'onnxruntime', 'av', 'pyworld', 'torch', 'telegram', 'discord', 'PIL'}"
    code = f"import sys, bot.commands.serve, bot.house, bot.studio.queue; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert found.stdout == "[]\n"


def test_the_web_chat_loads_nothing_heavy_either() -> None:
    asyncio.run(asyncio.sleep(0))
    code = "import sys, bot.adapters.web.app; print(sorted({'scipy', 'onnxruntime', 'torch'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert found.stdout == "[]\n"
