"""How the words want to be sung: which syllables carry weight, and where Mandarin tones want the tune to move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generation.song import Syllable

TONE_HEIGHT = {1: 5.0, 2: 4.0, 3: 1.5, 4: 3.0, 5: 2.0}
"""Mean of the Chao tone letters (55, 35, 21 in running speech, 51; neutral low): Y. R. Chao, A Grammar of Spoken
Chinese, 1968."""
# Unstressed by habit in song even where a dictionary marks a citation stress.
FUNCTION_WORDS = frozenset(
    "a an the and or but of to in on at for from with by as is am are was were be been i you he she it we they me him "
    "her us them my your his its our their this that so if do does did have has had can will would could should".split()
)
PARTICLES = frozenset("的了着过吗呢吧啊呀在是和与也就都把被给")


def weights(syllables: Sequence[Syllable]) -> list[float]:
    """Return 0 (pass lightly) to 1 (put it on the beat) for each syllable."""
    found = []
    for index, syllable in enumerate(syllables):
        alone = syllable.word_start and (index + 1 == len(syllables) or syllables[index + 1].word_start)
        text = syllable.text.strip().lower()
        if syllable.tone:
            weight = 0.1 if syllable.tone == 5 else 0.3 if text in PARTICLES else 0.75 if syllable.word_start else 0.5
        elif alone and text.strip("'’.,!?;:") in FUNCTION_WORDS:
            weight = 0.15
        else:
            weight = (0.1, 0.5, 1.0)[syllable.stress]
        found.append(weight)
    if found:
        # A line's last syllable is its rhyme and is held.
        found[-1] = max(found[-1], 0.6)
    return found


def word_ends(syllables: Sequence[Syllable]) -> list[bool]:
    """Say for each syllable whether a word ends with it."""
    return [index + 1 == len(syllables) or syllables[index + 1].word_start for index in range(len(syllables))]


def tone_pull(before: Syllable | None, after: Syllable | None) -> float:
    """Return where the tune should move between two Mandarin syllables: up (> 0), down (< 0), or free (0).

    The difference of the two tones' heights, -3.5 to 3.5; below 1 the ear accepts any motion.
    """
    if before is None or after is None or not before.tone or not after.tone:
        return 0.0
    pull = TONE_HEIGHT[after.tone] - TONE_HEIGHT[before.tone]
    return pull if abs(pull) >= 1 else 0.0


def tone_costs(pull: float, intervals: np.ndarray) -> np.ndarray:
    """Cost of each interval (semitones) under ``pull``: contrary motion is dear, a repeated note half as much."""
    if pull == 0.0:
        return np.zeros_like(intervals, dtype=float)
    against = np.sign(intervals) * np.sign(pull)
    return np.where(against > 0, 0.0, np.where(against == 0, 0.45, 1.0)) * min(1.0, abs(pull) / 2)
