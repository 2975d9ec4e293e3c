"""The debug singer keeps the protocol of the real one: same syllables, same times, right pitches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from generation.errors import Cancelled
from generation.song import SAMPLE_RATE, Phrase, Score
from generation.voices.debug import DebugSinger

WritePhrase = Callable[..., Phrase]
WriteScore = Callable[..., Score]


def perform(song: Score) -> Any:
    return DebugSinger().sing(song, lambda _: None, lambda: False)


def test_every_syllable_is_heard_on_its_note(phrase: WritePhrase, score: WriteScore) -> None:
    line = phrase("Take my hand and run away")
    song = score(line)
    sung = perform(song)
    assert len(sung.lead) == round(song.duration_s * SAMPLE_RATE)
    assert [one.syllable for one in sung.alignment] == list(range(len(line.syllables)))
    for placed, note in zip(sung.alignment, line.notes, strict=True):
        assert placed.start_s == pytest.approx(song.seconds(note.onset))
        middle = round((placed.start_s + placed.end_s) / 2 * SAMPLE_RATE)
        spectrum = np.abs(np.fft.rfft(sung.lead[middle - 4000 : middle + 4000], 65536))
        pitch = 440 * 2 ** ((note.midi - 69) / 12)
        low, high = (round(pitch * ratio * 65536 / SAMPLE_RATE) for ratio in (0.97, 1.03))
        assert spectrum[low:high].max() > 0.3 * spectrum[: 3 * high].max()


def test_other_performers_lines_are_left_alone(phrase: WritePhrase, score: WriteScore) -> None:
    assert not perform(score(phrase("Take my hand", voice="instrument"))).lead.any()


def test_harmony_goes_to_the_backing(phrase: WritePhrase, score: WriteScore) -> None:
    assert perform(score(phrase("Take my hand", harmony=True))).backing.any()
    assert not perform(score(phrase("Take my hand"))).backing.any()


def test_it_stops_when_asked(phrase: WritePhrase, score: WriteScore) -> None:
    with pytest.raises(Cancelled):
        DebugSinger().sing(score(phrase("Take my hand")), lambda _: None, lambda: True)
