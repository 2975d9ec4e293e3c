"""The chord sheet: what a musician puts on the stand. Words with the chords above them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from generation.song import INSTRUMENT, Chord, Phrase, ScoreSection, Sheet

BARS_A_ROW = 4


def chord_sheet(sheet: Sheet) -> str:
    """Return title, key, tempo, metre and every section as plain text for a font of one width.

    A chord stands above the syllable that it begins under; Chinese characters count as two columns. A section like
    an earlier one is named and not written out again.
    """
    score = sheet.score
    rows = [sheet.lyrics.title, f"{score.key} · {score.tempo_bpm:g} bpm · {score.time_signature}"]
    written: dict[str, str] = {}
    for section in score.sections:
        body = "\n".join(_section(section, score.beats_per_bar))
        alone = sum(other.kind == section.kind for other in score.sections) == 1
        heading = f"[{(section.kind if alone else section.name).title()}]"
        if written.get(section.kind) == body:
            rows += ["", heading]
        else:
            rows += ["", heading, body]
            written[section.kind] = body
    return "\n".join(rows).rstrip() + "\n"


def _section(section: ScoreSection, bar: float) -> list[str]:
    sung = [phrase for phrase in section.phrases if phrase.voice != INSTRUMENT and phrase.notes]
    if not sung:
        return _bars(section.chords, section.onset, section.bars, bar)
    rows: list[str] = []
    starts = [phrase.notes[0].onset for phrase in sung]
    for place, phrase in enumerate(sung):
        begin = section.onset if place == 0 else starts[place]
        end = starts[place + 1] if place + 1 < len(sung) else float("inf")
        # A chord that sounds on when the line begins is written at its beginning, once.
        mine = [chord for chord in section.chords if begin <= max(chord.onset, section.onset) < end]
        rows += _line(phrase, mine)
    return rows


def _bars(chords: Sequence[Chord], onset: float, bars: int, bar: float) -> list[str]:
    names = [
        " ".join(chord.name for chord in chords if onset + at * bar <= chord.onset < onset + (at + 1) * bar) or "%"
        for at in range(bars)
    ]
    return ["| " + " | ".join(names[at : at + BARS_A_ROW]) + " |" for at in range(0, bars, BARS_A_ROW)]


def _line(phrase: Phrase, chords: Sequence[Chord]) -> list[str]:
    places = _places(phrase)
    above = ""
    for chord in chords:
        under = [column for onset, column in places if onset <= chord.onset + 1e-6]
        column = under[-1] if under else 0
        above += " " * max(column - len(above), 1 if above else 0) + chord.name
    return [above, phrase.text] if above else [phrase.text]


def _places(phrase: Phrase) -> list[tuple[float, int]]:
    """Return the onset of every syllable and the column of the text it stands at."""
    starts = {note.syllable: note.onset for note in reversed(phrase.notes) if note.syllable is not None}
    text, at, found = phrase.text.lower(), 0, []
    for index, syllable in enumerate(phrase.syllables):
        place = text.find(syllable.text.strip().lower(), at)
        if place >= 0:
            at = place + len(syllable.text.strip())
        if index in starts:
            found.append((starts[index], _width(text[: place if place >= 0 else at])))
    return found


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
