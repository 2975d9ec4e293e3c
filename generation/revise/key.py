"""Another key, another voice: the same tune at another height."""

from __future__ import annotations

import re
from dataclasses import replace

from generation.changes import Key
from generation.revise.rebent import rebent
from generation.revise.studio import Studio
from generation.score.chord_names import moved_name
from generation.score.harmony import NUMERALS
from generation.score.harmony import chord as chord_of
from generation.score.keys import Key as Tonic
from generation.score.keys import parse_key
from generation.score.sentences import refusal
from generation.score.transpose import key_above, transposed
from generation.song import Chord, Sheet

DOMINANT = 4
_NUMERAL = re.compile(r"vii|vi|v|iv|iii|ii|i")


def rekey(sheet: Sheet, change: Key, _studio: Studio) -> Sheet:
    """Put the song into another key. The music is the same, higher or lower; in another mode it keeps its rhythm and
    its shape, and its chords turn major or minor."""
    old = parse_key(sheet.plan.key)
    try:
        wanted = parse_key(change.key) if change.key else old
    except ValueError:
        raise refusal("key", asked=change.key) from None
    if change.semitones:
        wanted = key_above(wanted, change.semitones)
    if wanted.minor != old.minor:
        sheet = in_mode(sheet, wanted.minor)
    up = change.semitones if not change.key else (wanted.tonic - old.tonic + 5) % 12 - 5
    sheet = at_height(sheet, up, wanted)
    return replace(sheet, request=replace(sheet.request, key=sheet.plan.key))


def at_height(sheet: Sheet, semitones: int, new: Tonic) -> Sheet:
    """Return the song so many semitones higher, in the key that makes; singers stay in range by octaves."""
    old = parse_key(sheet.plan.key)
    voices = {voice.id: voice for voice in sheet.plan.voices}
    marks = replace(
        sheet.marks,
        chords=tuple(
            replace(row, names=tuple(moved_name(name, semitones, old, new) for name in row.names))
            for row in sheet.marks.chords
        ),
        tune=tuple(replace(note, midi=note.midi + semitones) for note in sheet.marks.tune),
    )
    return replace(
        sheet,
        plan=replace(sheet.plan, key=new.name),
        score=transposed(sheet.score, semitones, old, new, voices),
        marks=marks,
    )


def in_mode(sheet: Sheet, minor: bool) -> Sheet:
    """Return the song in the major or minor key of the same tonic: every chord on its own degree of that key."""
    old = parse_key(sheet.plan.key)
    new = parse_key(f"{old.name.split()[0]} {'minor' if minor else 'major'}")
    sections = {
        at: replace(section, chords=tuple(_turned(chord, new) for chord in section.chords))
        for at, section in enumerate(sheet.score.sections)
    }
    turned = replace(sheet, plan=replace(sheet.plan, key=new.name), score=replace(sheet.score, key=new.name))
    return rebent(turned, sections)


def _turned(chord: Chord, new: Tonic) -> Chord:
    """Return the triad of ``new`` on the chord's own degree; the dominant of a minor key stays major."""
    step = next((NUMERALS.index(part) for part in _NUMERAL.findall(chord.degree.lower())), 0)
    thirds = [new.scale[(step + up) % 7] - new.scale[step] for up in (2, 4)]
    third, fifth = (gap % 12 for gap in thirds)
    minor = third == 3 and step != DOMINANT
    if fifth == 6:
        # A diminished chord darkens more than was asked for; its neighbour a third below is as near.
        step = (step + 5) % 7
        minor = (new.scale[(step + 2) % 7] - new.scale[step]) % 12 == 3
    numeral = NUMERALS[step] if minor else NUMERALS[step].upper()
    return chord_of(numeral, new, chord.onset, chord.duration)
