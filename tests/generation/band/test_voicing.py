"""Chords are voiced as a keyboard player would: little movement, clear low notes, no rubbing semitones."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from generation.band.voicing import voice
from generation.song import Chord

SHAPES = ((0, 4, 7), (0, 3, 7), (0, 4, 7, 11), (0, 3, 7, 10), (0, 4, 7, 10, 2), (0, 5, 7), (0, 3, 6))
chords = st.builds(
    lambda root, shape: Chord(0, 4, "I", "", root, tuple((root + step) % 12 for step in shape)),
    st.integers(0, 11),
    st.sampled_from(SHAPES),
)


@given(chords, st.sampled_from(["close", "open", "shell", "rootless"]))
def test_a_voicing_rises_and_is_made_of_chord_tones(chord: Chord, style: str) -> None:
    keys = voice(chord, style, 4, (52, 72))
    assert list(keys) == sorted(set(keys))
    assert {key % 12 for key in keys} <= set(chord.pitches)
    assert keys[-1] <= 84


@given(chords)
def test_neighbours_never_rub(chord: Chord) -> None:
    assert all(upper - lower > 1 for lower, upper in pairwise(voice(chord, "close", 4, (52, 72))))


@given(chords, chords)
def test_the_hand_moves_little_between_chords(first: Chord, second: Chord) -> None:
    before = voice(first, "close", 3, (52, 72))
    after = voice(second, "close", 3, (52, 72), before)
    assert abs(sum(after) / len(after) - sum(before) / len(before)) <= 7


@given(chords)
def test_power_chords_are_root_fifth_octave(chord: Chord) -> None:
    root, fifth, octave = voice(chord, "power", 3, (40, 60))
    assert root % 12 == chord.root
    assert fifth - root in (6, 7, 8)
    assert octave - root == 12
