"""Tells the verb of a short sentence by its likeness to written examples, where no rule is sure.

Ridge regression onto the verbs, on weighted groups of words, Han characters and letters; the examples are in
``words/*/verb_examples.toml``. Rifkin, Yeo and Poggio, "Regularized Least-Squares Classification", 2003.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from bot.understanding.message import HAN, Message, read
from bot.understanding.words import read_words

NONE = "none"
"""The row of sentences that ask for nothing."""
_WORD = re.compile(r"[a-z\u00c0-\u024f]+(?:'[a-z]+)?|\d+|[\u3400-\u9fff]|[?？]")
_LETTERS = (3, 4)
_RIDGE = 0.5
"""From 0.3 to 1 five-fold cross-validation of the examples hardly differs; at 0.1 it is worse."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the examples of one language taught: the weight of every group of words for every verb."""

    verbs: Sequence[str]
    rarity: Mapping[str, float]
    weights: Mapping[str, NDArray[np.float32]]

    def of(self, folded: str) -> dict[str, float]:
        """Return every verb's likeness: about 1 where the sentence is like its examples, about 0 where not."""
        weighed = _weighed(groups(folded), self.rarity)
        total = sum(
            (share * self.weights[group] for group, share in weighed.items() if group in self.weights),
            np.zeros(len(self.verbs), np.float32),
        )
        return dict(zip(self.verbs, total.tolist(), strict=True))


def likeness(message: Message) -> dict[str, float]:
    """Return every verb's likeness, ``NONE`` among them, by the examples in the message's language."""
    return learned(message.language).of(message.folded)


@cache
def learned(language: str) -> Likeness:
    """Learn from the examples of ``en`` or ``zh``. Takes a part of a second, once."""
    return learn(examples(language))


def examples(language: str) -> list[tuple[str, str]]:
    """Return pairs of a folded sentence and its verb."""
    rows = read_words(f"{language}/verb_examples")
    return [(read(text).folded, verb) for verb, row in rows.items() for text in re.split(r"[|\n]", row) if text.strip()]


def learn(told: Sequence[tuple[str, str]]) -> Likeness:
    """Fit the weights to pairs of a folded sentence and its verb."""
    grouped = [groups(folded) for folded, _ in told]
    often = {group: count for group, count in Counter(g for one in grouped for g in one).items() if count > 1}
    rarity = {group: log(len(told) / count) for group, count in often.items()}
    rows: dict[str, list[int]] = {group: [] for group in often}
    shares: dict[str, list[float]] = {group: [] for group in often}
    for row, one in enumerate(grouped):
        for group, share in _weighed(one, rarity).items():
            if group in often:
                rows[group].append(row)
                shares[group].append(share)
    alike = _RIDGE * np.eye(len(told), dtype=np.float32)
    for group, where in rows.items():
        alike[np.ix_(where, where)] += np.outer(shares[group], shares[group])
    verbs = list(dict.fromkeys(verb for _, verb in told))
    meant = np.array([[verb == one for one in verbs] for _, verb in told], np.float32)
    pulls = np.linalg.solve(alike, meant)
    return Likeness(
        verbs, rarity, {group: np.asarray(shares[group], np.float32) @ pulls[where] for group, where in rows.items()}
    )


def groups(folded: str) -> set[str]:
    """Return the groups of up to three neighbouring Han characters or two words, and of letters within a word."""
    words = ["0" if word.isdigit() else "?" if word == "？" else word for word in _WORD.findall(folded)]
    framed = ["^", *words, "$"]
    longest = 3 if HAN.search(folded) else 2
    found = {
        " ".join(framed[start : start + length])
        for length in range(1, longest + 1)
        for start in range(len(framed) - length + 1)
    }
    for word in words:
        spaced = f"_{word}_"
        if word.isascii() and len(word) > 2:
            found |= {"#" + spaced[i : i + size] for size in _LETTERS for i in range(len(spaced) - size + 1)}
    return found


def _weighed(found: Iterable[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """Weigh each group by its rarity, a new one by that of the rarest, so that all squares together are 1."""
    newest = max(rarity.values(), default=1.0)
    shares = {group: rarity.get(group, newest) for group in found}
    length = sqrt(sum(share * share for share in shares.values())) or 1.0
    return {group: share / length for group, share in shares.items()}
