"""A small composer for the band's tests: plain chords in C major in every metre, no words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from generation.band.genre import genre as house
from generation.song import INSTRUMENT, Chord, Note, Phrase, Score, ScoreSection, SectionKind, Syllable

CHORDS = {
    "C": (0, (0, 4, 7)),
    "Am": (9, (9, 0, 4)),
    "F": (5, (5, 9, 0)),
    "G7": (7, (7, 11, 2, 5)),
    "Dm7": (2, (2, 5, 9, 0)),
    "Fmaj7": (5, (5, 9, 0, 4)),
}
PROGRESSIONS = {"chorus": ("F", "G7", "Am", "C"), "bridge": ("Am", "Fmaj7", "Dm7", "G7")}
HEAT = {
    "intro": 0.1,
    "verse": 0.3,
    "pre-chorus": 0.55,
    "chorus": 0.85,
    "bridge": 0.4,
    "instrumental": 0.6,
    "outro": 0.1,
}
SHORT: tuple[tuple[SectionKind, int], ...] = (("verse", 4), ("chorus", 4), ("outro", 2))
MakeScore = Callable[..., Score]


@pytest.fixture(scope="session")
def make_score() -> MakeScore:
    return compose


def compose(
    genre: str = "pop",
    *,
    metre: str = "4/4",
    tempo: float = 120.0,
    form: Sequence[tuple[SectionKind, int]] = SHORT,
    ring_s: float = 2.5,
    seed: int = 7,
    swing: float = 0.5,
    words: str = "la",
    tune: bool = False,
    instruments: tuple[str, ...] = (),
    excluded: tuple[str, ...] = (),
) -> Score:
    """Return a score: energies span the genre's own, a sung phrase of ``words`` in each verse and chorus."""
    count, unit = (int(word) for word in metre.split("/"))
    bar = count * 4 / unit
    low, high = house(genre).energy
    sections: list[ScoreSection] = []
    onset = 0.0
    for number, (kind, bars) in enumerate(form):
        names = PROGRESSIONS.get(kind, ("C", "Am", "F", "G7"))
        last = number == len(form) - 1
        chords = tuple(
            Chord(onset + index * bar, bar, "I", name, *CHORDS[name])
            for index in range(bars)
            for name in (names[index % 4] if not last or index < bars - 1 else "C",)
        )
        phrases: tuple[Phrase, ...] = ()
        if kind in ("verse", "chorus"):
            phrases = (_sung(f"{kind} {number}/1", onset, words),)
        if tune and kind in ("intro", "instrumental"):
            phrases = (_played(f"{kind} {number}/1", onset, bars * bar),)
        energy = low + HEAT[kind] * (high - low)
        sections.append(ScoreSection(f"{kind} {number}", kind, onset, bars, energy, chords, phrases))
        onset += bars * bar
    return Score(
        title="Test",
        language="en",
        genre=genre,
        moods=(),
        seed=seed,
        tempo_bpm=tempo,
        key="C major",
        time_signature=metre,
        swing=swing,
        swing_unit=0.5,
        duration_s=onset * 60 / tempo + ring_s,
        sections=tuple(sections),
        instruments=instruments,
        instruments_excluded=excluded,
    )


def _sung(identity: str, onset: float, words: str) -> Phrase:
    texts = words.split()
    syllables = tuple(Syllable(text, text, "en", True, 2) for text in texts)
    notes = tuple(Note(onset + index, 1.0, 60 + len(text), index) for index, text in enumerate(texts))
    return Phrase(identity, words, "af_test", syllables, notes)


def _played(identity: str, onset: float, beats: float) -> Phrase:
    tune = (67, 69, 71, 72, 74, 72, 71, 67)
    notes = tuple(Note(onset + index, 1.0, tune[index % 8], None) for index in range(int(beats)))
    return Phrase(identity, "", INSTRUMENT, (), notes)
