"""The real singer: in time, in tune, the same every time, and one line's change is no other line's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from generation.errors import Cancelled
from generation.song import SAMPLE_RATE, Audio, Note, Phrase, Score
from generation.voices.base import Performance
from generation.voices.kokoro import KokoroSinger

WritePhrase = Callable[..., Phrase]
WriteScore = Callable[..., Score]
LINE = "Take my hand and run away"


@pytest.fixture(scope="session")
def singer() -> KokoroSinger:
    return KokoroSinger()


@pytest.fixture(scope="session")
def sing(singer: KokoroSinger) -> Callable[[Score], Performance]:
    return lambda song: singer.sing(song, lambda _: None, lambda: False)


@pytest.fixture(scope="session")
def verse(phrase: WritePhrase, score: WriteScore) -> Score:
    return score(phrase(LINE), phrase("We find a day", onset=8.0, name="verse 1/2"))


@pytest.fixture(scope="session")
def sung(verse: Score, sing: Callable[[Score], Performance]) -> Performance:
    return sing(verse)


def pitch_at(audio: Audio, second: float) -> float:
    """Frequency of the strongest period between 70 and 700 Hz, by autocorrelation of 60 ms; 0 for silence."""
    at, half = round(second * SAMPLE_RATE), 1323
    frame = audio[at - half : at + half].astype(np.float64)
    if np.abs(frame).max() < 0.01:
        return 0.0
    frame = (frame - frame.mean()) * np.hanning(len(frame))
    spectrum = np.abs(np.fft.rfft(frame, 8192)) ** 2
    shape = np.fft.irfft(spectrum)[:700] / np.fft.irfft(np.abs(np.fft.rfft(np.hanning(len(frame)), 8192)) ** 2)[:700]
    low, high = SAMPLE_RATE // 700, SAMPLE_RATE // 70
    peaks = [lag for lag in range(low, high) if shape[lag] >= shape[lag - 1] and shape[lag] > shape[lag + 1]]
    best = max(shape[lag] for lag in peaks)
    lag = next(lag for lag in peaks if shape[lag] > 0.9 * best)
    left, here, right = shape[lag - 1], shape[lag], shape[lag + 1]
    return float(SAMPLE_RATE / (lag + 0.5 * (left - right) / (left - 2 * here + right)))


def cents(heard: float, midi: int) -> float:
    return float(abs(1200 * np.log2(heard / (440 * 2 ** ((midi - 69) / 12)))))


def test_notes_are_in_tune(verse: Score, sung: Performance) -> None:
    for line in verse.sections[0].phrases:
        for note in line.notes:
            start, end = verse.seconds(note.onset), verse.seconds(note.onset + note.duration)
            heard = [pitch_at(sung.lead, start + (end - start) * part) for part in (0.2, 0.3, 0.4, 0.5)]
            assert cents(float(np.median([one for one in heard if one > 0])), note.midi) < 50


def test_vowels_open_on_their_notes(verse: Score, sung: Performance) -> None:
    """After a stop consonant the level rises steepest where the note begins: take, hand, day."""
    first, second = verse.sections[0].phrases
    for line, syllable in ((first, 0), (first, 2), (second, 3)):
        onset = verse.seconds(line.notes[syllable].onset)
        start = round((onset - 0.12) * SAMPLE_RATE)
        frames = sung.lead[start : start + 48 * 220].reshape(48, 220)
        level = np.log(np.convolve((frames.astype(np.float64) ** 2).mean(axis=1), np.ones(3) / 3, "same") + 1e-6)
        rise = level[4:] - level[:-4]
        assert abs((int(np.argmax(rise)) + 2.5) * 220 / SAMPLE_RATE - 0.12) <= 0.035


def test_the_alignment_is_the_score(verse: Score, sung: Performance) -> None:
    notes = [(line.id, note) for line in verse.sections[0].phrases for note in line.notes]
    assert [one.phrase for one in sung.alignment] == [name for name, _ in notes]
    for placed, (_, note) in zip(sung.alignment, notes, strict=True):
        assert abs(placed.start_s - verse.seconds(note.onset)) < 0.03
        assert abs(placed.end_s - verse.seconds(note.onset + note.duration)) < 0.03


def test_the_same_score_is_the_same_samples(
    verse: Score, sung: Performance, sing: Callable[[Score], Performance]
) -> None:
    assert np.array_equal(sing(verse).lead, sung.lead)


def test_a_repeated_line_is_sung_once_and_a_changed_line_changes_no_other(
    phrase: WritePhrase, score: WriteScore, sing: Callable[[Score], Performance], sung: Performance
) -> None:
    again = sing(score(phrase(LINE), phrase("We lost a day", onset=8.0), phrase(LINE, onset=16.0)))
    apart = round(7.0 * 60 / 90 * SAMPLE_RATE)
    assert np.array_equal(again.lead[:apart], sung.lead[:apart])
    shift = round(15.0 * 60 / 90 * SAMPLE_RATE)
    size = 4 * SAMPLE_RATE
    assert np.array_equal(again.lead[shift : shift + size], again.lead[:size])


def test_choruses_are_doubled_and_harmonised_behind_the_lead(
    phrase: WritePhrase, score: WriteScore, sing: Callable[[Score], Performance]
) -> None:
    plain = sing(score(phrase("Sing with me")))
    chorus = sing(score(phrase("Sing with me", harmony=True), chorus=True))
    assert not plain.backing.any()
    assert np.array_equal(plain.lead, chorus.lead)
    assert 0 < float(np.abs(chorus.backing).mean()) < float(np.abs(chorus.lead).mean()) * 1.5


def test_rap_is_spoken_in_time_and_not_on_the_notes(
    phrase: WritePhrase, score: WriteScore, sing: Callable[[Score], Performance]
) -> None:
    line = phrase("Tell the people in the city", pitches=(72,), beats=0.4, spoken=True)
    song = score(line)
    heard = sing(song).lead
    pitches = [pitch_at(heard, song.seconds(note.onset) + 0.06) for note in line.notes]
    assert float(np.median([one for one in pitches if one > 0])) < 300  # C5 would be 523 Hz


def test_mandarin_low_notes_keep_their_tone(
    phrase: WritePhrase, score: WriteScore, sing: Callable[[Score], Performance]
) -> None:
    line = phrase("我在夜里", voice="zm_yunxi", pitches=(48, 50, 52, 50))
    song = score(line)
    heard = sing(song).lead
    for note in line.notes:
        assert cents(pitch_at(heard, song.seconds(note.onset + note.duration * 0.4)), note.midi) < 50


def test_one_syllable_can_hold_many_notes(
    phrase: WritePhrase, score: WriteScore, sing: Callable[[Score], Performance]
) -> None:
    line = phrase("Away", pitches=(60, 64))
    line = replace(line, notes=(*line.notes, Note(3.25, 1.0, 67, None)))
    song = score(line)
    assert cents(pitch_at(sing(song).lead, song.seconds(3.8)), 67) < 50


@pytest.mark.parametrize("text", ["", "🎵 … !!", "3 🎵 2 1"])
def test_odd_lines_are_sung_or_passed_over(
    text: str, phrase: WritePhrase, score: WriteScore, sing: Callable[[Score], Performance]
) -> None:
    performance = sing(score(phrase(text)))
    assert np.isfinite(performance.lead).all()
    assert bool(performance.lead.any()) == any(sign.isdigit() for sign in text)


def test_a_line_of_sixty_syllables_is_sung(
    phrase: WritePhrase, score: WriteScore, sing: Callable[[Score], Performance]
) -> None:
    line = phrase("la " * 60, beats=0.2)
    assert len(sing(score(line)).alignment) == 60


def test_it_stops_when_asked(singer: KokoroSinger, verse: Score) -> None:
    with pytest.raises(Cancelled):
        singer.sing(verse, lambda _: None, lambda: True)
