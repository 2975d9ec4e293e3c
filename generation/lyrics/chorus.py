"""The chorus: fitted to the form's number of lines, and its title."""

from __future__ import annotations

from collections.abc import Sequence

from generation.lyrics.rhyme import rhymes

_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "but",
        "or",
        "nor",
        "for",
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "from",
        "with",
        "as",
        "into",
    ]
)


def title_case(text: str) -> str:
    """Return an English title with its words capitalised, small words inside it apart."""
    words = text.split()
    last = len(words) - 1
    return " ".join(
        word if 0 < at < last and word in _SMALL else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for at, word in enumerate(words)
    )


def hook_line(lines: Sequence[str], title: str) -> int:
    """Return the index of the first line that holds the title, 0 if none does."""
    return next((at for at, line in enumerate(lines) if title.lower() in line.lower()), 0)


def _hook_pair(lines: Sequence[str], title: str, language: str) -> tuple[str, ...]:
    """Return the hook and a line that rhymes with it, in singing order; the hook's neighbour where none does."""
    hook = hook_line(lines, title)
    others = [at for at in range(len(lines)) if at != hook and lines[at] != lines[hook]]
    if not others:
        return tuple(lines[:2])
    partner = next(
        (at for at in others if rhymes(lines[hook], lines[at], language)), min(others, key=lambda at: abs(at - hook))
    )
    return tuple(lines[at] for at in sorted((hook, partner)))


def fitted(lines: Sequence[str], count: int, title: str, language: str) -> tuple[str, ...]:
    """Return the chorus in exactly ``count`` lines: cut to its hook, or extended by its hook pair.

    Two lines are the hook pair, one is the hook; every further four are the whole chorus again.
    """
    whole, rest = divmod(count, len(lines))
    pair = _hook_pair(lines, title, language)
    hook = lines[hook_line(lines, title)]
    return (*tuple(lines) * whole, *((), (hook,), pair, (*pair, hook))[rest])
