"""A singer that answers in milliseconds: vowels as a handful of harmonics at the right pitch and time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from generation.errors import Cancelled
from generation.song import SAMPLE_RATE, AlignedSyllable, Audio, Note, Phrase, Score, StopAsked, Syllable, Voice
from generation.voices.base import Performance
from generation.voices.catalogue import LANGUAGES, sings, voices
from generation.voices.lines import notes_by_syllable
from generation.voices.pronunciation import syllabify

_FORMANTS = {
    "a": (800, 1200), "ɑ": (750, 1100), "æ": (700, 1700), "e": (400, 2200), "A": (450, 2100), "ɛ": (550, 1800),
    "i": (300, 2300), "ɪ": (400, 2000), "o": (450, 850), "O": (500, 900), "ɔ": (550, 900), "u": (320, 800),
    "ʊ": (400, 1000), "I": (700, 1300), "W": (700, 1100), "Y": (500, 1000), "ʌ": (620, 1200), "y": (300, 1900),
    "ɤ": (450, 1200),
}  # fmt: skip
_GAP_S = 0.02
_HARMONICS = 8


def _tone(note: Note, vowel: tuple[int, int], score: Score, level: float) -> tuple[int, Audio]:
    """Return the first sample of a note and its sound."""
    start = round(score.seconds(note.onset) * SAMPLE_RATE)
    size = max(1, round(score.seconds(note.onset + note.duration) * SAMPLE_RATE) - start - round(_GAP_S * SAMPLE_RATE))
    time = np.arange(size, dtype=np.float64) / SAMPLE_RATE
    pitch = 440.0 * 2.0 ** ((note.midi - 69) / 12)
    sound = np.zeros(size)
    for harmonic in range(1, _HARMONICS + 1):
        gain = 1.0 / harmonic + sum(np.exp(-(((harmonic * pitch - centre) / 200.0) ** 2)) for centre in vowel)
        sound += gain * np.sin(2 * np.pi * harmonic * pitch * time)
    edge = min(size // 2, round(0.012 * SAMPLE_RATE))
    fade = np.ones(size)
    if edge:
        fade[:edge] = np.linspace(0.0, 1.0, edge)
        fade[-edge:] = np.linspace(1.0, 0.0, edge)
    return start, (level * sound / max(1e-9, float(np.abs(sound).max())) * fade).astype(np.float32)


def _vowel(syllable: Syllable) -> tuple[int, int]:
    return next((_FORMANTS[sign] for sign in syllable.phonemes if sign in _FORMANTS), (500, 1500))


class DebugSinger:
    """The ``Singer`` protocol with the real pronunciation and a toy voice; every song in a few milliseconds."""

    languages: tuple[str, ...] = LANGUAGES

    def __init__(self) -> None:
        self.voices: Sequence[Voice] = voices()

    def syllabify(self, text: str, language: str) -> tuple[Syllable, ...]:
        """As the real singer: see ``generation.voices.pronunciation.syllabify``."""
        return syllabify(text, language)

    def sing(self, score: Score, progress: Callable[[float], None], stop_asked: StopAsked) -> Performance:
        """Sound every note of the phrases that name one of the voices. Raises ``Cancelled``."""
        size = round(score.duration_s * SAMPLE_RATE)
        lead, backing = np.zeros(size, np.float32), np.zeros(size, np.float32)
        aligned: list[AlignedSyllable] = []
        phrases = [p for section in score.sections for p in section.phrases if sings(p.voice)]
        for number, phrase in enumerate(phrases):
            if stop_asked():
                raise Cancelled
            aligned += _sound(phrase, score, lead, backing)
            progress((number + 1) / len(phrases))
        return Performance(lead, backing, tuple(aligned))


def _sound(phrase: Phrase, score: Score, lead: Audio, backing: Audio) -> list[AlignedSyllable]:
    aligned: list[AlignedSyllable] = []
    for part, out, level in ((phrase.notes, lead, 0.3), (phrase.harmony, backing, 0.15)):
        for index, notes in notes_by_syllable(part, len(phrase.syllables)):
            for note in notes:
                start, sound = _tone(note, _vowel(phrase.syllables[index]), score, level)
                sound = sound[: max(0, len(out) - start)]
                out[start : start + len(sound)] += sound
            if out is lead:
                ends = score.seconds(notes[-1].onset + notes[-1].duration)
                aligned.append(AlignedSyllable(phrase.id, index, score.seconds(notes[0].onset), ends))
    return aligned
