"""How a hum is written down: moved to a key, at a tempo, in bars, and shown."""

from __future__ import annotations

import io
from functools import cache

import pytest
from PIL import Image

from benchmarks.hum import CLEAN, RATE, hum, packed, tunes
from generation.errors import WishError
from generation.hum import Hummed, HummedNote, fit, hear, named, picture
from generation.song import TuneNote

TUNES = {tune.name: tune for tune in tunes()}


@cache
def ode() -> Hummed:
    return hear(packed(hum(TUNES["ode-to-joy"], CLEAN, 3), RATE))


def played(pitches: list[float], beat_s: float = 0.6, beats: float = 1.0) -> Hummed:
    notes = (
        HummedNote(0.3 + place * beat_s * beats, beat_s * beats * 0.9, pitch, 0.1)
        for place, pitch in enumerate(pitches)
    )
    return Hummed(tuple(notes), 0.9)


def test_a_key_that_is_asked_for_moves_the_tune_and_keeps_its_steps() -> None:
    heard, moved = fit(ode(), None, None, "4/4"), fit(ode(), "A major", None, "4/4")
    assert moved.key == "A major"
    assert {b.midi - a.midi for a, b in zip(heard.notes, moved.notes, strict=True)} == {-3}


def test_a_tempo_that_is_asked_for_is_kept_and_the_beats_with_it() -> None:
    heard, faster = fit(ode(), None, None, "4/4"), fit(ode(), None, 120.0, "4/4")
    assert faster.tempo_bpm == 120.0
    assert faster.notes == heard.notes


def test_a_long_breath_between_two_phrases_changes_neither_tempo_nor_rhythm() -> None:
    phrase = [60.0, 62.0, 64.0, 65.0]
    first, then = played(phrase).notes, played(phrase).notes
    later = tuple(HummedNote(note.onset_s + 6.37, note.duration_s, note.midi, note.wander) for note in then)
    fitted = fit(Hummed((*first, *later), 0.5), "C major", None, "4/4")
    assert fitted.tempo_bpm == pytest.approx(100.0, abs=2.0)
    assert [note.onset - fitted.notes[4].onset for note in fitted.notes[4:]] == [0.0, 1.0, 2.0, 3.0]


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(WishError, match="H dur"):
        fit(ode(), "H dur", None, "4/4")


def test_a_hum_between_two_keys_of_the_piano_is_heard_in_tune() -> None:
    tune = [60.45, 62.45, 64.45, 65.45, 67.45, 65.45, 64.45, 60.45]
    steps = [
        note.midi - fit(played(tune), None, None, "4/4").notes[0].midi
        for note in fit(played(tune), None, None, "4/4").notes
    ]
    assert steps == [0, 2, 4, 5, 7, 5, 4, 0]


def test_a_note_a_little_off_is_drawn_to_the_key_and_a_clear_one_outside_it_stays() -> None:
    scale = [60, 62, 64, 65, 67, 69, 67, 65, 64, 62, 60]
    off = fit(played([*scale, 64.55, 60]), "C major", None, "4/4")
    outside = fit(played([*scale, 66.0, 67, 60]), "C major", None, "4/4")
    assert off.notes[11].midi in {64, 65}
    assert outside.notes[11].midi == 66


def test_more_than_eight_bars_are_cut_and_fewer_than_two_are_two() -> None:
    long = fit(played([60, 62, 64, 65] * 12), "C major", None, "4/4")
    assert long.bars == 8
    assert max(note.onset + note.duration for note in long.notes) <= 32.0
    assert fit(played([60, 62, 64]), "C major", None, "4/4").bars == 2


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8", "2/4"])
def test_every_metre_of_the_band_is_written(metre: str) -> None:
    fitted = fit(ode(), None, None, metre)
    assert 2 <= fitted.bars <= 8
    assert all(note.onset * 4 % 1 == 0 and note.duration > 0 for note in fitted.notes)


def test_no_two_notes_sound_together() -> None:
    for first, then in zip(fit(ode(), None, None, "4/4").notes, fit(ode(), None, None, "4/4").notes[1:], strict=False):
        assert first.onset + first.duration <= then.onset


def test_notes_are_named_in_their_key_with_bars() -> None:
    notes = tuple(TuneNote(float(at), 1.0, pitch) for at, pitch in enumerate((65, 70, 72, 73, 81)))
    assert named(notes, "F major") == "F4 Bb4 C5 C#5 | A5"
    assert named((*notes, TuneNote(12.0, 1.0, 65)), "F major") == "F4 Bb4 C5 C#5 | A5 | - | F4"
    assert named((TuneNote(2.0, 1.0, 69), TuneNote(3.0, 1.0, 68)), "A minor", "3/4") == "A4 | G#4"
    assert named(()) == ""


@pytest.mark.parametrize("name", ["amazing-grace", "moli-hua", "mary-had-a-lamb"])
def test_the_picture_is_small_and_not_empty(name: str) -> None:
    tune = TUNES[name]
    content = picture(tune.notes, tune.key, tune.tempo_bpm, tune.metre)
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("PNG", (800, 240))
    assert len(content) <= 60_000
    assert len(set(image.convert("RGB").get_flattened_data())) > 20
