"""Roman numerals become chords; sections are covered and end in cadences; the data of every genre is whole."""

from __future__ import annotations

import pytest

from generation.score.genre import PLAYABLE, genre, table
from generation.score.harmony import chord, section_chords
from generation.score.keys import parse_key
from generation.song import FormSection, SectionKind

KINDS = {"verse", "pre-chorus", "chorus", "bridge", "open", "closed"}


def section(kind: SectionKind, bars: int = 8) -> FormSection:
    return FormSection(f"{kind} 1", kind, bars, 4, 0.5)


@pytest.mark.parametrize(
    ("key", "degree", "name", "pitches"),
    [
        ("C major", "IVmaj7", "Fmaj7", (5, 9, 0, 4)),
        ("C major", "vi7", "Am7", (9, 0, 4, 7)),
        ("C major", "bVII", "Bb", (10, 2, 5)),
        ("A minor", "VI", "F", (5, 9, 0)),
        ("A minor", "V7", "E7", (4, 8, 11, 2)),
        ("A minor", "iiø7", "Bm7b5", (11, 2, 5, 9)),
        ("Eb major", "iv6", "Abm6", (8, 11, 3, 5)),
        ("F# minor", "III", "A", (9, 1, 4)),
        ("D major", "V7sus4", "A7sus4", (9, 2, 4, 7)),
        ("Gb major", "IV", "Cb", (11, 3, 6)),
    ],
)
def test_numerals_are_read_in_their_key(key: str, degree: str, name: str, pitches: tuple[int, ...]) -> None:
    found = chord(degree, parse_key(key), 0.0, 4.0)
    assert (found.name, found.pitches) == (name, pitches)


def test_an_unknown_numeral_is_refused() -> None:
    for degree in ("VIII", "Imaj13", ""):
        with pytest.raises(ValueError, match=degree or "^$"):
            chord(degree, parse_key("C major"), 0.0, 4.0)


@pytest.mark.parametrize("name", PLAYABLE)
def test_the_data_of_a_genre_is_whole(name: str) -> None:
    style = genre(name)
    assert 40 <= style.tempo[0] < style.tempo[1] <= 240
    assert set(style.contours) <= table("tunes.toml")["contours"].keys()
    assert style.family in table("forms.toml")["family"]
    for mode in ("major", "minor"):
        book = style.progressions[mode]
        assert book.keys() == KINDS
        for kind, rows in book.items():
            assert len(rows) >= 2
            for row in rows:
                assert len(row.split("|")) == (2 if kind in {"open", "closed"} else 4)
                for degree in row.replace("|", " ").split():
                    chord(degree, parse_key(f"C {mode}"), 0.0, 1.0)
        assert all(row.split()[-1].startswith(("I", "i")) for row in book["closed"])


def test_verses_share_their_chords_and_lead_on_openly() -> None:
    key, style = parse_key("C major"), genre("pop")
    first = section_chords(section("verse"), section("chorus"), 0.0, 4.0, 1.0, style, key, 5)
    second = section_chords(section("verse"), section("chorus"), 64.0, 4.0, 1.0, style, key, 5)
    assert [c.degree for c in first] == [c.degree for c in second]
    assert first[-1].degree not in {"I", "vi"}
    chorus = section_chords(section("chorus"), section("verse"), 32.0, 4.0, 1.0, style, key, 5)
    assert chorus[-1].degree == "I"


def test_jazz_moves_in_two_fives() -> None:
    rows = [row for mode in ("major", "minor") for row in genre("jazz").progressions[mode]["closed"]]
    assert sum("V7" in row for row in rows) >= 3
    assert all("7" in row for row in rows)


def test_every_spare_row_of_the_data_reads() -> None:
    for rows in table("tunes.toml")["rhythms"].values():
        assert len({len(row) for row in (*rows["body"], *rows["ending"])}) == 1
        assert all(set(row) <= {"x", "."} and "x" in row for row in (*rows["body"], *rows["ending"]))
    letters = table("forms.toml")["kinds"].keys()
    for forms in table("forms.toml")["family"].values():
        assert all(set(form) <= letters for form in forms)
    wishes = table("wishes.toml")
    assert set(wishes["nearest"].values()) <= set(PLAYABLE)
    assert all(set(row["genres"]) <= set(PLAYABLE) for row in wishes["mood"].values())
