"""What a change leaves alone sounds the same to the sample: the parts, and the mastered song around the change.

The singer is the debug singer; the band, the mix and the master are the real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from generation.changes import Change, Chords, Instruments, Level, Reword, Say, Tempo
from generation.engines.debug import DebugEngine
from generation.engines.embedded import EmbeddedEngine
from generation.mix.loudness import integrated, k_power
from generation.pipeline import perform
from generation.revise import with_gains
from generation.song import SAMPLE_RATE, Audio, Phrase, Sheet, Track, from_json, to_json
from generation.voices.debug import DebugSinger

Song = Callable[..., Sheet]
BEFORE_S, AFTER_S = 3.0, 10.0
"""How far a repair reaches in the master: the reverb works in stretches of up to 3 s and rings on."""


def make(sheet: Sheet, engine: str = "embedded") -> Track:
    singer = DebugSinger()
    chosen = (
        EmbeddedEngine(singer, "template-lyrics") if engine == "embedded" else DebugEngine(singer, "template-lyrics")
    )
    return perform(sheet, chosen, lambda _stage, _done: None, lambda: False)


@dataclass(frozen=True)
class Made:
    sheet: Sheet
    track: Track


@pytest.fixture(scope="module")
def parent(song: Song) -> Made:
    sheet = song(duration_s=17.0, genre=("folk",), structure=("verse", "chorus"), tempo_bpm=120.0)
    track = make(sheet)
    return Made(with_gains(sheet, track.provenance), track)


def phrase(sheet: Sheet, name: str) -> Phrase:
    return next(phrase for section in sheet.score.sections for phrase in section.phrases if phrase.id == name)


def spans(sheets: tuple[Sheet, Sheet], name: str) -> tuple[float, float]:
    both = [note for sheet in sheets for note in phrase(sheet, name).notes]
    seconds = sheets[0].score.seconds
    return seconds(min(n.onset for n in both)), seconds(max(n.onset + n.duration for n in both))


def outside(one: Audio, other: Audio, start_s: float, end_s: float) -> bool:
    """Whether two takes are the same to the sample before ``start_s`` and after ``end_s``."""
    first, last = max(0, int(start_s * SAMPLE_RATE)), int(end_s * SAMPLE_RATE)
    return np.array_equal(one[..., :first], other[..., :first]) and np.array_equal(one[..., last:], other[..., last:])


def mended(before: Made, change: Song, one: Change) -> Made:
    """Make one change in the first line, and prove that only its neighbourhood is another."""
    sheet = change(before.sheet, one)
    after = Made(with_gains(sheet, before.track.provenance), make(sheet))
    start, end = spans((before.sheet, sheet), "verse 1/1")
    assert end + AFTER_S < sheet.plan.duration_s
    assert not np.array_equal(before.track.audio, after.track.audio)
    assert outside(before.track.audio, after.track.audio, start - BEFORE_S, end + AFTER_S)
    for old, new in zip(before.track.stems, after.track.stems, strict=True):
        if old.name not in {"vocals", "backing"}:
            assert np.array_equal(old.audio, new.audio), old.name
    assert after.track.provenance["mix"] == before.track.provenance["mix"]
    return after


def test_a_word_is_mended_and_the_rest_is_the_same_to_the_sample(parent: Made, change: Song) -> None:
    worded = mended(parent, change, Reword("verse 1/1", "Under the rain"))
    assert worded.sheet.marks.gains == parent.sheet.marks.gains
    mended(worded, change, Say("the", "three", "verse 1/1"))


def test_one_part_is_louder_and_the_others_stay_to_the_sample(parent: Made, change: Song) -> None:
    sheet = change(parent.sheet, Level("vocals", 3.0), Level("bass", -6.0))
    after = make(sheet)
    assert sheet.score == parent.sheet.score
    old, new = ({stem.name: stem.audio for stem in track.stems} for track in (parent.track, after))
    moved = {"vocals": 3.0, "backing": 3.0, "bass": -6.0}
    for name, audio in new.items():
        if name in moved:
            assert np.allclose(audio, old[name] * 10 ** (moved[name] / 20), rtol=1e-3, atol=1e-6), name
        else:
            assert np.array_equal(audio, old[name]), name
    assert integrated(k_power(after.audio)) == pytest.approx(-14.0, abs=0.2)


def test_instruments_come_and_go_and_the_others_stay_to_the_sample(parent: Made, change: Song) -> None:
    after = make(change(parent.sheet, Instruments(("piano",), ("drums",))))
    old, new = ({stem.name: stem.audio for stem in track.stems} for track in (parent.track, after))
    assert "drums" in old.keys() - new.keys()
    assert new.keys() - old.keys() == {"keys"}
    assert all(np.array_equal(audio, old[name]) for name, audio in new.items() if name in old)
    faders, before = (track.provenance["mix"]["balance"]["faders"] for track in (after, parent.track))
    assert "keys" in faders
    assert all(faders[name] == before[name] for name in faders if name in before)


def test_other_chords_in_one_section_leave_the_beginning_to_the_sample(parent: Made, change: Song) -> None:
    sheet = change(parent.sheet, Chords("chorus", ("Am", "F", "C", "G")))
    after = make(from_json(to_json(sheet), Sheet))
    chorus = next(s for s in sheet.score.sections if s.kind == "chorus")
    assert outside(parent.track.audio, after.audio, sheet.score.seconds(chorus.onset) - BEFORE_S, sheet.plan.duration_s)
    drums = [next(stem.audio for stem in track.stems if stem.name == "drums") for track in (parent.track, after)]
    assert np.array_equal(drums[0], drums[1])


def test_a_song_with_other_bars_is_mixed_anew(parent: Made, change: Song) -> None:
    assert change(parent.sheet, Tempo(factor=1.2)).marks.gains == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_debug_engine_keeps_the_rest_too(language: str, song: Song, change: Song) -> None:
    before = song(message_language=language, duration_s=20.0, structure=("verse",))
    text = "I leave my old umbrella" if language == "en" else "我把旧伞留在门边"
    after = change(before, Reword("verse 1/2", text))
    start, end = spans((before, after), "verse 1/2")
    one, two = make(before, "debug"), make(after, "debug")
    assert outside(one.audio, two.audio, start - 0.01, end + 0.01)
    assert np.array_equal(one.stems[0].audio, two.stems[0].audio)
