"""Chords by name."""

from __future__ import annotations

import re

import pytest

from generation.score.chord_names import laid_out, moved, named_chord
from generation.score.harmony import chord
from generation.score.keys import parse_key

C, A_MINOR = parse_key("C major"), parse_key("A minor")


@pytest.mark.parametrize(
    ("name", "degree", "root", "pitches"),
    [
        ("Am", "vi", 9, (9, 0, 4)),
        ("F#m7", "bvm7", 6, (6, 9, 1, 4)),
        ("C/E", "I", 4, (0, 4, 7)),
        ("Bb", "bVII", 10, (10, 2, 5)),
        ("Gsus4", "Vsus4", 7, (7, 0, 2)),
        ("E♭maj7", "bIIImaj7", 3, (3, 7, 10, 2)),
        ("b♭m", "bvii", 10, (10, 1, 5)),
        ("Bdim", "viidim", 11, (11, 2, 5)),
        ("D7", "II7", 2, (2, 6, 9, 0)),
    ],
)
def test_a_name_is_read(name: str, degree: str, root: int, pitches: tuple[int, ...]) -> None:
    found = named_chord(name, C, 0.0, 4.0)
    assert (found.root, found.pitches) == (root, pitches)
    assert found.degree.replace("m7", "7") == degree.replace("m7", "7")


@pytest.mark.parametrize("name", ["", "H", "Xy", "Am!", "C/", "Amaj77", "Am F"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        named_chord(name, C, 0.0, 4.0)


def test_they_are_laid_out_one_a_bar_and_come_again() -> None:
    row = laid_out(("Am", "F", "C"), A_MINOR, 16.0, 4, 3.0)
    assert [(one.name, one.onset, one.duration) for one in row] == [
        ("Am", 16.0, 3.0),
        ("F", 19.0, 3.0),
        ("C", 22.0, 3.0),
        ("Am", 25.0, 3.0),
    ]


def test_a_name_says_what_the_numeral_said() -> None:
    for degree in ("i", "iv7", "V7", "VI", "VImaj7", "iiø7", "VII", "III", "vsus4"):
        written = chord(degree, A_MINOR, 0.0, 4.0)
        read = named_chord(written.name, A_MINOR, 0.0, 4.0)
        assert (read.root, read.pitches, read.name) == (written.root, written.pitches, written.name)


def test_a_chord_moves_with_its_bass_and_is_spelt_in_the_new_key() -> None:
    assert moved(named_chord("C/E", C, 0, 4), 2, C, parse_key("D major")).name == "D/F#"
    assert moved(named_chord("Am7", C, 0, 4), -2, C, parse_key("Bb major")).name == "Gm7"
