"""How the words want to be sung: which syllables carry weight, and where Mandarin tones want the tune to move."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from generation.score.genre import table
from generation.song import Syllable

TONE_HEIGHT = {1: 5.0, 2: 4.0, 3: 1.5, 4: 3.0, 5: 2.0}
"""Mean of the Chao tone letters (55, 35, 21 in running speech, 51; neutral low): Y. R. Chao, A Grammar of Spoken
Chinese, 1968."""
_PAUSE = r"[,;:.!?…—–，。、；：！？]"


def weights(syllables: Sequence[Syllable]) -> list[float]:
    """Return 0 (pass lightly) to 1 (put it on the beat) for each syllable."""
    light = table("prosody.toml")
    found = []
    for index, syllable in enumerate(syllables):
        alone = syllable.word_start and (index + 1 == len(syllables) or syllables[index + 1].word_start)
        text = syllable.text.strip().lower()
        if syllable.tone:
            weight = (
                0.1
                if syllable.tone == 5
                else 0.3
                if text in light["particles"]
                else 0.6
                if syllable.word_start
                else 0.5
            )
        elif alone and text.strip("'’.,!?;:") in light["function_words"]:
            weight = 0.15
        else:
            weight = (0.1, 0.5, 1.0)[syllable.stress]
        found.append(weight)
    if found:
        # A line's last syllable is its rhyme and is held.
        found[-1] = max(found[-1], 0.6)
    return found


def stretches(syllables: Sequence[Syllable], text: str) -> list[float]:
    """Say how much longer than usual each syllable may last: 1 inside a word, 1.15 at its end, 1.8 at a comma."""
    last = [index + 1 == len(syllables) or syllables[index + 1].word_start for index in range(len(syllables))]
    found = [1.15 if end else 1.0 for end in last]
    for index in _pauses(syllables, last, text):
        found[index] = 1.8
    return found


def title_syllables(syllables: Sequence[Syllable], title: str) -> frozenset[int]:
    """Return the places where the line says the whole title, in words or Han characters; empty where it does not."""
    wanted = re.findall(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+(?:['’][^\W\d_]+)?", title.lower())
    starts = [index for index, syllable in enumerate(syllables) if syllable.word_start or syllable.tone]
    ends = [*starts[1:], len(syllables)]
    words = [
        "".join(syllable.text for syllable in syllables[start:end]).strip(" '’.,!?;:，。！？；：").lower()
        for start, end in zip(starts, ends, strict=True)
    ]
    for at in range(len(words) - len(wanted) + 1):
        if wanted and words[at : at + len(wanted)] == wanted:
            return frozenset(range(starts[at], ends[at + len(wanted) - 1]))
    return frozenset()


def _pauses(syllables: Sequence[Syllable], last: Sequence[bool], text: str) -> list[int]:
    """Return the syllables that punctuation follows, where words and syllables can be matched with certainty."""
    if any(syllable.tone for syllable in syllables):
        sounds = [mark for mark in text if mark.isalnum()]
        if len(sounds) != len(syllables):
            return []
        followed = [re.match(_PAUSE, after.strip() or "x") for after in re.split(r"\w", text)[1:]]
        return [index for index, mark in enumerate(followed) if mark]
    words = [word for word in text.split() if re.search(r"\w", word)]
    ends = [index for index, end in enumerate(last) if end]
    if len(words) != len(ends):
        return []
    return [index for index, word in zip(ends, words, strict=True) if re.search(_PAUSE + r"['\"”’)]*$", word)]


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
