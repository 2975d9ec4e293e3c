"""What the players get to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from generation.band import arrange
from generation.band.genre import genres
from generation.band.parts import DRUM_BANK, STEMS, Part
from generation.band.sounds import sounds, words
from generation.song import Score

MakeScore = Callable[..., Score]
METRES = ("4/4", "3/4", "6/8", "2/4")
WHOLE = (
    ("intro", 4),
    ("verse", 8),
    ("pre-chorus", 4),
    ("chorus", 8),
    ("bridge", 4),
    ("instrumental", 4),
    ("chorus", 8),
    ("outro", 4),
)


@pytest.mark.parametrize("genre", genres())
@pytest.mark.parametrize("metre", METRES)
def test_every_genre_plays_in_every_metre(make_score: MakeScore, genre: str, metre: str) -> None:
    score = make_score(genre, metre=metre, form=WHOLE, tune=True)
    end = score.duration_s * score.tempo_bpm / 60
    parts = arrange(score)
    assert len({part.name for part in parts}) == len(parts) >= 4
    for part in parts:
        sound = sounds()[part.sound]
        assert part.stem in STEMS
        assert all(note.onset >= 0 and note.onset + note.duration < end for note in part.notes)
        assert all(1 <= note.velocity <= 127 and note.duration > 0 for note in part.notes)
        if part.bank != DRUM_BANK:
            assert all(sound.low <= note.midi <= max(sound.high, 60) for note in part.notes), part.sound


@pytest.mark.parametrize("genre", genres())
def test_chord_players_play_the_chord(make_score: MakeScore, genre: str) -> None:
    score = make_score(genre, form=WHOLE)
    chords = [chord for section in score.sections for chord in section.chords]
    for part in arrange(score):
        sound = sounds()[part.sound]
        if part.bank == DRUM_BANK or part.stem == "bass" or sound.kind == "noise":
            continue
        for note in part.notes:
            near = {
                pitch
                for chord in chords
                if chord.onset - 1 <= note.onset < chord.onset + chord.duration
                for pitch in (*chord.pitches, (chord.root + 7) % 12)
            }
            assert note.midi % 12 in near, (part.name, note)


@pytest.mark.parametrize("genre", genres())
def test_no_chord_is_struck_with_two_keys_a_semitone_apart(make_score: MakeScore, genre: str) -> None:
    for part in arrange(make_score(genre, form=WHOLE)):
        if part.bank == DRUM_BANK:
            continue
        struck: dict[float, set[int]] = {}
        for note in part.notes:
            struck.setdefault(note.onset, set()).add(note.midi)
        assert not any(key + 1 in keys for keys in struck.values() for key in keys), part.name


@pytest.mark.parametrize("genre", genres())
def test_the_bass_meets_every_new_chord_on_its_root_or_rests(make_score: MakeScore, genre: str) -> None:
    score = make_score(genre, form=WHOLE)
    roots = {chord.onset: chord.root for section in score.sections for chord in section.chords}
    for part in arrange(score):
        if part.stem == "bass":
            met = [note.midi % 12 == roots[note.onset] for note in part.notes if note.onset in roots]
            assert all(met) or sum(met) > 0.7 * len(met)


def bar_of(part: Part, onset: float) -> set[tuple[float, int]]:
    """Return the strokes of one bar of 4/4, counted from its start."""
    return {(note.onset - onset, note.midi) for note in part.notes if onset <= note.onset < onset + 4}


def test_the_bridge_is_played_differently_from_the_verse(make_score: MakeScore) -> None:
    score = make_score("pop", form=WHOLE)
    verse, bridge = score.sections[1], score.sections[4]
    drums = next(part for part in arrange(score) if part.stem == "drums")
    assert bar_of(drums, verse.onset) != bar_of(drums, bridge.onset)


UNGROOVED = {"ambient", "ballad", "children", "cinematic", "guofeng", "lullaby"}


@pytest.mark.parametrize("genre", sorted(set(genres()) - UNGROOVED))
def test_a_groove_is_there_from_the_first_verse_in_the_saddest_song_and_full_in_the_chorus(
    make_score: MakeScore, genre: str
) -> None:
    cheerful = make_score(genre, form=WHOLE)
    sad = replace(cheerful, sections=tuple(replace(s, energy=max(0.0, s.energy - 0.2)) for s in cheerful.sections))
    strokes = [note for part in arrange(sad) if part.bank == DRUM_BANK for note in part.notes]

    def force(kind: str) -> float:
        """Return the strokes of one bar, each counted as hard as it is struck."""
        section = next(section for section in sad.sections if section.kind == kind)
        end = section.onset + section.bars * 4
        return sum(note.velocity for note in strokes if section.onset <= note.onset < end) / section.bars

    assert force("verse") > 150
    assert force("chorus") > 1.2 * force("verse")


def test_words_and_sung_notes_are_never_read(make_score: MakeScore) -> None:
    assert arrange(make_score(words="la la la", form=WHOLE)) == arrange(make_score(words="something else", form=WHOLE))


def test_the_lead_plays_the_tune_that_was_written_for_it(make_score: MakeScore) -> None:
    score = make_score("jazz", form=(("intro", 4), ("verse", 4), ("outro", 2)), tune=True)
    lead = next(part for part in arrange(score) if part.name == "lead")
    heard = [note.midi % 12 for note in lead.notes if note.onset < 16]
    assert heard == [note.midi % 12 for note in score.sections[0].phrases[0].notes]


@pytest.mark.parametrize("word", words())
def test_an_instrument_asked_for_plays_in_every_section(make_score: MakeScore, word: str) -> None:
    for genre in ("pop", "ambient", "guofeng"):
        score = make_score(genre, form=WHOLE, instruments=(word,))
        played = [note for part in arrange(score) if word in sounds()[part.sound].words for note in part.notes]
        for section in score.sections:
            end = section.onset + section.bars * score.beats_per_bar
            assert any(note.onset < end and note.onset + note.duration > section.onset for note in played), (
                genre,
                section.name,
            )


@pytest.mark.parametrize("word", words())
def test_an_instrument_not_wanted_is_not_there(make_score: MakeScore, word: str) -> None:
    for genre in genres():
        parts = arrange(make_score(genre, excluded=(word,)))
        assert parts
        assert not any(word in sounds()[part.sound].words for part in parts), genre


def test_without_drums_there_is_no_percussion_either(make_score: MakeScore) -> None:
    for genre in genres():
        stems = {part.stem for part in arrange(make_score(genre, excluded=("drums",)))}
        assert not stems & {"drums", "percussion"}


def test_many_wishes_at_once_are_all_met(make_score: MakeScore) -> None:
    wishes = ("piano", "organ", "violin", "flute", "erhu", "ukulele", "drums")
    playing = {word for part in arrange(make_score(instruments=wishes)) for word in sounds()[part.sound].words}
    assert set(wishes) <= playing


def test_songs_of_one_genre_differ_by_seed(make_score: MakeScore) -> None:
    bands = {tuple((part.sound, part.notes) for part in arrange(make_score(seed=seed))) for seed in range(8)}
    assert len(bands) >= 6


def test_a_fill_leads_into_the_chorus(make_score: MakeScore) -> None:
    score = make_score("rock", form=(("verse", 8), ("chorus", 8), ("outro", 2)))
    drums = next(part for part in arrange(score) if part.stem == "drums")
    assert bar_of(drums, 28) != bar_of(drums, 12)
    assert (0, 49) in bar_of(drums, 32)
