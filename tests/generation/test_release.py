"""Names of files that are safe everywhere."""

from __future__ import annotations

import pytest

from generation.release import file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Rain in Shanghai", "rain-in-shanghai-7f3k"),
        ("外婆的茶园", "外婆的茶园-7f3k"),
        ("../../etc/passwd", "etc-passwd-7f3k"),
        ("💔", "song-7f3k"),
        ("a/b\\c:d*e?", "a-b-c-d-e-7f3k"),
        ("x" * 500, "x" * 60 + "-7f3k"),
    ],
)
def test_a_title_becomes_a_safe_file_name(title: str, name: str) -> None:
    assert file_name(title, "7F3K") == name
