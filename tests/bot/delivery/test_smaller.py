"""A song made smaller keeps its labels."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import av
import numpy as np

from bot.studio.smaller import BESIDE_BYTES, smaller
from generation.mix.encode import encode

TAGS = {"title": "Low Tide", "comment": "Commercial use: yes", "AIGC": '{"Label": "1"}', "LICENSE": "note"}


def test_it_fits_and_still_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    noise = np.random.default_rng(1).normal(0, 0.1, (2, 44_100 * 8)).astype(np.float32)
    encode(noise, 44_100, path, TAGS)
    most = path.stat().st_size * 3 // 4
    made = smaller(path, most)
    assert made is not None
    assert len(made) <= most
    with av.open(str(path), "r") as before, av.open(BytesIO(made), "r") as after:
        assert dict(after.metadata) == dict(before.metadata) | {"encoder": after.metadata["encoder"]}
        assert abs(float(after.duration or 0) - float(before.duration or 0)) < 0.1 * av.time_base
    assert smaller(path, BESIDE_BYTES + 8_000) is None
