"""What a listener should find in any melody, measured over forty songs."""

from __future__ import annotations

from itertools import combinations, pairwise
from statistics import mean, median
from typing import Any

from generation.score.measures import (
    chord_tone_share,
    intervals,
    likeness,
    reuse,
    rubs,
    shared_run,
    step_share,
    sung,
    tone_agreement,
    written,
)
from generation.score.rhythm import accent
from generation.song import INSTRUMENT, Phrase, Score


def heights(score: Score, kind: str) -> list[int]:
    return [
        note.midi
        for section in score.sections
        if section.kind == kind
        for phrase in section.phrases
        if phrase.voice != INSTRUMENT
        for note in phrase.notes
    ]


def test_no_strong_or_long_note_rubs_against_the_chord(songbook: Any) -> None:
    assert [(song.plan.genre, rub) for song in songbook for rub in rubs(song.score)] == []


def test_strong_beats_carry_chord_tones(songbook: Any) -> None:
    assert min(chord_tone_share(song.score) for song in songbook) >= 0.95


def test_about_half_of_the_motion_is_by_step(songbook: Any) -> None:
    shares = [step_share(written(song.score)) for song in songbook]
    assert 0.45 <= median(shares) <= 0.65
    assert min(shares) > 0.3
    assert max(shares) < 0.9


def test_leaps_beyond_a_fifth_are_rare(songbook: Any) -> None:
    moves = [move for song in songbook for move in intervals(written(song.score))]
    assert sum(abs(move) > 7 for move in moves) / len(moves) < 0.01
    assert max(abs(move) for move in moves) <= 12


def test_motifs_return_inside_a_song(songbook: Any) -> None:
    shares = [reuse(written(song.score)) for song in songbook]
    assert 0.15 <= median(shares) <= 0.5


def test_no_two_songs_are_alike(songbook: Any) -> None:
    melodies = [written(song.score) for song in songbook]
    pairs = list(combinations(melodies, 2))
    alike = [likeness(one, other) for one, other in pairs]
    assert mean(alike) < 0.02
    assert max(alike) < 0.1
    assert max(shared_run(one, other) for one, other in pairs[::3]) <= 10


def test_the_chorus_lies_higher_than_the_verse(songbook: Any) -> None:
    lifts = [mean(heights(song.score, "chorus")) - mean(heights(song.score, "verse")) for song in songbook]
    assert 3 <= mean(lifts) <= 5
    assert min(lifts) > 1


def test_every_voice_stays_in_its_range(songbook: Any) -> None:
    for song in songbook:
        ranges = {voice.id: (voice.low, voice.high) for voice in song.plan.voices}
        for phrase in sung(song.score):
            low, high = ranges[phrase.voice]
            assert all(low <= note.midi <= high for note in (*phrase.notes, *phrase.harmony))


def test_every_syllable_is_sung_in_order_one_note_at_a_time(songbook: Any) -> None:
    for song in songbook:
        for phrase in sung(song.score):
            carried = [note.syllable for note in phrase.notes if note.syllable is not None]
            assert carried == list(range(len(phrase.syllables)))
            assert all(a.onset + a.duration <= b.onset + 1e-9 for a, b in pairwise(phrase.notes))


def test_a_melisma_is_rare_and_holds_the_last_syllable(songbook: Any) -> None:
    phrases = [phrase for song in songbook for phrase in sung(song.score)]
    turned = [phrase for phrase in phrases if any(note.syllable is None for note in phrase.notes)]
    assert 0 < len(turned) < 0.15 * len(phrases)
    for phrase in turned:
        assert [note.syllable for note in phrase.notes][-2:] == [len(phrase.syllables) - 1, None]


def test_there_is_time_to_breathe_before_the_next_line(songbook: Any) -> None:
    for song in songbook:
        beat_s = 60 / song.plan.tempo_bpm
        for before, after in pairwise(sung(song.score)):
            last = before.notes[-1]
            rest = after.notes[0].onset - last.onset - last.duration
            assert rest >= 0.3 or rest * beat_s >= 0.25, (song.plan.genre, before.id)


def test_syllables_come_at_a_pace_that_can_be_sung(songbook: Any) -> None:
    gaps = [
        song.score.seconds(b.onset) - song.score.seconds(a.onset)
        for song in songbook
        for phrase in sung(song.score)
        for a, b in pairwise(phrase.notes)
    ]
    assert min(gaps) >= 0.15
    assert sum(gap < 0.2 for gap in gaps) / len(gaps) < 0.05
    assert 0.22 <= median(gaps) <= 0.5


def test_stressed_syllables_fall_on_stronger_positions(songbook: Any) -> None:
    def strength(stress: int) -> float:
        return mean(
            accent(note.onset, song.score.beats_per_bar, song.plan.time_signature == "6/8")
            for song in songbook
            if song.plan.language == "en"
            for phrase in sung(song.score)
            for note in phrase.notes
            if note.syllable is not None and phrase.syllables[note.syllable].stress == stress
        )

    assert strength(2) > strength(0) + 0.15


def test_mandarin_tones_steer_the_tune(songbook: Any) -> None:
    phrases: list[Phrase] = [p for song in songbook if song.plan.language == "zh" for p in sung(song.score)]
    # The same tunes under words with other tones: what chance would give.
    rolled = [
        Phrase(p.id, p.text, p.voice, p.syllables[2:] + p.syllables[:2], p.notes)
        for p in phrases
        if len(p.syllables) > 3
    ]
    # A motif that returns is worth more than a tone: only passing notes bend far.
    assert tone_agreement(phrases) > tone_agreement(rolled) + 0.08


def test_guofeng_is_pentatonic(songbook: Any) -> None:
    scales = {"major": {0, 2, 4, 7, 9}, "minor": {0, 3, 5, 7, 10}}
    for song in songbook:
        if song.plan.genre == "guofeng":
            tonic, mode = song.plan.key.split()
            root = "C.D.EF.G.A.B".index(tonic[0]) + tonic.count("#") - tonic.count("b")
            for phrase in sung(song.score):
                assert all((note.midi - root) % 12 in scales[mode] for note in phrase.notes)


def test_the_second_verse_is_sung_to_the_first_verses_tune(songbook: Any) -> None:
    near = []
    for song in songbook:
        verses = [section for section in song.score.sections if section.kind == "verse"]
        if len(verses) > 1:
            for one, two in zip(verses[0].phrases, verses[1].phrases, strict=True):
                first = {round(note.onset - verses[0].onset, 2): note.midi for note in one.notes}
                second = {round(note.onset - verses[1].onset, 2): note.midi for note in two.notes}
                near += [abs(first[beat] - second[beat]) <= 2 for beat in first.keys() & second.keys()]
    assert sum(near) / len(near) > 0.7
