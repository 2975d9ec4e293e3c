"""Where each syllable's consonants, vowel and ending lie in the spoken line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from generation.song import Syllable
from generation.voices.phones import DIPHTHONGS, FRICATIVES, MARKS, SONORANTS, VOWELS
from generation.voices.speech import Sound, Speech
from generation.voices.world import STEP_S, Frames, Timbre

_LAG_S = {"en": 0.060, "zh": 0.070}
"""The model's durations run this late against its audio: the shift at which vowels are loudest (five lines a voice)."""
_SEARCH_S = 0.045
_SILENT_DB = 38.0


@dataclass(frozen=True, slots=True)
class Segment:
    """One spoken syllable: times in seconds of the speech, ``start <= vowel < release <= end``."""

    start: float
    vowel: float
    release: float
    end: float
    medial: float
    """Seconds at the start of the vowel that never stretch: the j of 想."""
    glides: bool
    """The vowel moves (day, 好): only its first part is held."""
    hisses: bool
    """Begins with a fricative."""


def _nucleus(sounds: Sequence[Sound], mandarin: bool) -> tuple[int, int, int]:
    """Indices of where the note begins, of its main vowel, and one past the last character that is held.

    Stress and tone marks belong to their vowel; in Mandarin the medial (j w ɥ) opens the note and ai ei ao ou are one.
    """
    main = next((at for at, sound in enumerate(sounds) if sound.symbol in VOWELS), None)
    if main is None:
        main = next((at for at, sound in enumerate(sounds) if sound.symbol in SONORANTS), len(sounds) - 1)
    first, last = main, main + 1
    while last < len(sounds) and (sounds[last].symbol in MARKS or (mandarin and sounds[last].symbol in VOWELS)):
        last += 1
    while first > 0 and (sounds[first - 1].symbol in "ˈˌ" or (mandarin and sounds[first - 1].symbol in "jwɥ")):
        first -= 1
    return first, main, last


def _attack(energy: Frames, guess: float) -> float:
    """Return the steepest rise of the level near ``guess``: where a vowel opens after an obstruent."""
    low = max(2, round((guess - _SEARCH_S) / STEP_S))
    high = min(len(energy) - 3, round((guess + _SEARCH_S) / STEP_S))
    if high <= low:
        return guess
    places = np.arange(low, high + 1)
    rise = np.clip(energy[places + 2], -60, None) - np.clip(energy[places - 2], -60, None)
    rise = rise - 0.08 * np.abs(places * STEP_S - guess) / STEP_S
    return float(places[int(np.argmax(rise))]) * STEP_S


def segment(speech: Speech, timbre: Timbre, syllables: Sequence[Syllable]) -> tuple[Segment, ...]:
    """Return one segment for each syllable, in order and without overlap."""
    loud = np.flatnonzero(timbre.energy > timbre.energy.max() - _SILENT_DB)
    last_s = float(loud[-1] + 1) * STEP_S
    rows: list[Segment] = []
    for syllable, sounds in zip(syllables, speech.sounds, strict=True):
        lag = _LAG_S[syllable.language]
        head, main, tail = _nucleus(sounds, syllable.language == "zh")
        start, vowel = sounds[0].start - lag, sounds[head].start - lag
        before = sounds[head - 1].symbol if head else ""
        first_of_all = head == 0 and not rows
        if first_of_all or (before and before not in SONORANTS):
            vowel = _attack(timbre.energy, vowel)
        vowels = [sound.symbol for sound in sounds[main:tail] if sound.symbol in VOWELS]
        glides = len(vowels) > 1 or sounds[main].symbol in DIPHTHONGS
        medial = sum(sound.end - sound.start for sound in sounds[head:main] if sound.symbol in "jwɥ")
        release = sounds[tail - 1].end - lag
        rows.append(Segment(start, vowel, release, release, medial, glides, sounds[0].symbol in FRICATIVES))
    out: list[Segment] = []
    edge = 0.0
    for at, row in enumerate(rows):
        start = max(edge, row.start)
        vowel = max(row.vowel, start)
        end = max(rows[at + 1].start if at + 1 < len(rows) else last_s, vowel + 0.03)
        release = min(max(row.release, vowel + 0.025), end)
        out.append(replace(row, start=start, vowel=vowel, release=release, end=end))
        edge = end
    return tuple(out)
