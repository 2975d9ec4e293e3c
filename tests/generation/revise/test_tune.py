"""The chorus melody by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generation.changes import Retune, Reword, Tune
from generation.errors import WishError
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import write_sheet
from generation.score.melody import sounding
from generation.song import Marks, Phrase, Sheet, SongRequest, TuneNote
from generation.voices.debug import DebugSinger

Song = Callable[..., Sheet]
Differing = Callable[[Sheet, Sheet], set[str]]
TUNE = tuple(
    TuneNote(onset, duration, midi)
    for onset, duration, midi in [(0, 1, 60), (1, 1, 62), (2, 1, 64), (3, 1, 65), (4, 2, 67), (6, 1, 64), (7, 1, 60)]
)


def chorus(sheet: Sheet, number: int = 1) -> list[Phrase]:
    return next(list(s.phrases) for s in sheet.score.sections if s.name == f"chorus {number}")


def melody(phrase: Phrase) -> list[int]:
    """Pitches, a note that was divided for two syllables counted once."""
    row = [note.midi for note in phrase.notes]
    return [pitch for at, pitch in enumerate(row) if not at or pitch != row[at - 1]]


def carried(sheet: Sheet) -> float:
    """Share of the first chorus' beats that are sung on a note of the chord beneath."""
    section = next(s for s in sheet.score.sections if s.name == "chorus 1")
    heard = [note for phrase in section.phrases for note in phrase.notes]
    fitting = [n.duration for n in heard if n.midi % 12 in sounding(section.chords, n.onset, 0.01)[0].pitches]
    return sum(fitting) / sum(note.duration for note in heard)


@pytest.mark.parametrize(("octave", "language"), [(-24, "en"), (-12, "zh"), (0, "en"), (12, "zh")])
def test_a_hummed_tune_is_sung_in_the_chorus_only(
    octave: int, language: str, song: Song, change: Song, differing: Differing
) -> None:
    before = song(message_language=language)
    hummed = tuple(TuneNote(n.onset, n.duration, n.midi + octave) for n in TUNE)
    after = change(before, Tune(hummed))
    assert after.lyrics == before.lyrics
    assert all(name.startswith("chorus") for name in differing(before, after))
    wanted = [note.midi for note in TUNE]
    for phrase in chorus(after):
        assert melody(phrase) == wanted
        assert [note.syllable for note in phrase.notes if note.syllable is not None] == list(
            range(len(phrase.syllables))
        )
    assert carried(after) > 0.6


def test_a_tune_in_another_key_is_brought_into_the_songs(song: Song, change: Song) -> None:
    sharp = tuple(TuneNote(n.onset, n.duration, n.midi + 6) for n in TUNE)
    assert {note.midi % 12 for note in chorus(change(song(), Tune(sharp)))[0].notes} <= {0, 2, 4, 5, 7, 9, 11}


def test_a_song_may_be_written_on_a_tune() -> None:
    request = SongRequest(theme="rain", key="C major", genre=("pop",))
    sheet = write_sheet(request, 3, VerseLyricist(), DebugSinger(), Marks(tune=TUNE))
    steps = [b - a for a, b in zip(melody(chorus(sheet)[0]), melody(chorus(sheet)[0])[1:], strict=False)]
    assert steps == [2, 2, 1, 2, -3, -4]


def test_new_words_are_set_on_the_hummed_notes(song: Song, change: Song) -> None:
    after = change(song(), Tune(TUNE), Reword("chorus 1/1", "Rain"))
    assert melody(chorus(after)[0]) == [note.midi for note in TUNE]
    assert [note.syllable for note in chorus(after)[0].notes].count(None) == 6


@pytest.mark.parametrize(("note", "line", "place"), [(1, 0, 0), (-1, 3, -1), (3, 0, 2)])
def test_one_note_of_the_chorus_moves_in_every_chorus(
    note: int, line: int, place: int, song: Song, change: Song, differing: Differing
) -> None:
    before = song()
    after = change(before, Retune(note, 2))
    assert differing(before, after) == {f"chorus {number}/{line + 1}" for number in (1, 2)}
    assert chorus(after)[line].notes[place].midi == chorus(before)[line].notes[place].midi + 2
    assert sum(a != b for a, b in zip(chorus(before)[line].notes, chorus(after)[line].notes, strict=True)) == 1
    again = change(after, Retune(note, -2))
    assert [p.notes for p in chorus(again)] == [p.notes for p in chorus(before)]


def test_one_note_of_a_hummed_tune_moves_wherever_it_comes(song: Song, change: Song) -> None:
    after = change(song(), Tune(TUNE), Retune(-1, 5))
    assert after.marks.tune[-1].midi == 65
    assert [melody(phrase)[-1] for phrase in chorus(after)] == [65] * 4


def test_what_is_no_tune_or_no_note_of_it_is_refused(song: Song, change: Song) -> None:
    for one, sentence in (
        (Tune(TUNE[:1]), "at least 2"),
        (Retune(99, 1), "no note 99"),
        (Retune(1, 40), "singer's range"),
    ):
        with pytest.raises(WishError, match=sentence):
            change(song(), one)
