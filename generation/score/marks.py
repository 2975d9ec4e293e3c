"""What members fixed by hand, as the composer looks it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generation.song import FormSection, GivenChords, Marks, Said, Score, ScoreSection, SectionKind

NO_MARKS = Marks()


def chords_given(marks: Marks, section: FormSection) -> GivenChords | None:
    """Return the chords given for a section: those for its name before those for its kind, the latest first."""
    return next(
        (row for name in (section.name, section.kind) for row in marks.chords[::-1] if row.section == name), None
    )


def draw_of(marks: Marks, what: str, section: FormSection) -> int:
    """Return the number of the draw of ``what`` in a section, 0 for the first."""
    names = (f"{what} {section.name}", f"{what} {section.kind}")
    return next((draw.number for name in names for draw in marks.draws[::-1] if draw.part == name), 0)


def said_in(marks: Marks, phrase: str) -> tuple[Said, ...]:
    """Return how words are to be said in a phrase; what holds for a line of a chorus holds wherever it returns."""
    return tuple(row for row in marks.said if not row.phrase or _same_line(row.phrase, phrase))


def with_players(score: Score, marks: Marks) -> Score:
    """Return the score with the instruments that members gave to single sections, or took from them."""
    return replace(score, sections=tuple(_played(section, marks) for section in score.sections))


def hook_kind(form: Sequence[FormSection]) -> SectionKind:
    """Return the kind of section that carries a hummed tune: the chorus, else the first one with lines."""
    kinds = [section.kind for section in form if section.lines] or [section.kind for section in form]
    return "chorus" if any(section.kind == "chorus" for section in form) else kinds[0]


def _same_line(one: str, other: str) -> bool:
    (section, _, line), (of, _, at) = one.rpartition("/"), other.rpartition("/")
    return one == other or (line == at and section.startswith("chorus") and of.startswith("chorus"))


def _played(section: ScoreSection, marks: Marks) -> ScoreSection:
    plays: dict[str, bool] = {}
    for row in marks.players:
        if row.section in (section.name, section.kind):
            plays |= dict.fromkeys(row.unwanted, False) | dict.fromkeys(row.wanted, True)
    wanted, unwanted = (tuple(name for name, on in plays.items() if on is asked) for asked in (True, False))
    return replace(section, instruments=wanted, instruments_excluded=unwanted)
