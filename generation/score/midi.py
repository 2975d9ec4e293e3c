"""The song as a MIDI file: tempo, key and metre, the sung melody with its words, chords, sections and the band."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import mido

from generation.band.parts import Part
from generation.song import INSTRUMENT, Note, Phrase, Score, Syllable

TICKS = 480
MELODY_CHANNEL, CHORD_CHANNEL = 15, 14
_VOICE_OOHS, _ACOUSTIC_PIANO = 53, 0
# The key-signature meta event knows these spellings only.
_ENHARMONIC = {"D#": "Eb", "G#": "Ab", "A#": "Bb"}

Timed = tuple[float, int, mido.MetaMessage | mido.Message]
"""Beat, order within the beat (offs before ons), message."""


def write_midi(score: Score, parts: Sequence[Part], path: Path) -> None:
    """Write a type-1 Standard MIDI File, 480 ticks a quarter note.

    Tracks: the conductor's (title, tempo, key, metre, section markers), ``melody`` with a lyric event on every
    syllable (a hyphen where the word goes on), ``lead`` where the tune is played, ``chords`` with the chord's name as
    text, then one a band part. Straight time, as in the score. Raises ``OSError`` if the path cannot be written.
    """
    sheet = mido.MidiFile(type=1, ticks_per_beat=TICKS, charset="utf-8")
    sheet.tracks.append(_track(score.title, _conductor(score)))
    phrases = [phrase for section in score.sections for phrase in section.phrases]
    sung = [phrase for phrase in phrases if phrase.voice != INSTRUMENT]
    played = [phrase for phrase in phrases if phrase.voice == INSTRUMENT]
    # A song without a singer has its tune in the track that a reader looks for.
    sheet.tracks.append(_track("melody", _melody(sung or played)))
    if sung and played:
        sheet.tracks.append(_track("lead", _melody(played)))
    sheet.tracks.append(_track("chords", _chords(score)))
    # Vinyl and rain have no notes worth reading.
    sheet.tracks.extend(_track(part.name, _part(part)) for part in parts if part.stem != "texture")
    sheet.save(path)


def _track(name: str, events: Iterable[Timed]) -> mido.MidiTrack:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name, time=0)])
    now = 0
    for beat, _, message in sorted(events, key=lambda event: (round(event[0] * TICKS), event[1])):
        tick = round(beat * TICKS)
        track.append(message.copy(time=tick - now))
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=0))
    return track


def _conductor(score: Score) -> list[Timed]:
    count, unit = (int(number) for number in score.time_signature.split("/"))
    tonic, mode = score.key.split()
    key = _ENHARMONIC.get(tonic, tonic) if mode == "major" else tonic
    if mode == "minor" and tonic in {"Db", "Gb"}:
        key = {"Db": "C#", "Gb": "F#"}[tonic]
    clocks = 36 if score.time_signature == "6/8" else 24
    events: list[Timed] = [
        (0.0, 0, mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(score.tempo_bpm))),
        (
            0.0,
            1,
            mido.MetaMessage("time_signature", numerator=count, denominator=unit, clocks_per_click=clocks),
        ),
        (0.0, 2, mido.MetaMessage("key_signature", key=key + ("m" if mode == "minor" else ""))),
    ]
    events += [(section.onset, 3, mido.MetaMessage("marker", text=section.name)) for section in score.sections]
    return events


def _note(note: Note, channel: int, velocity: int) -> list[Timed]:
    return [
        (note.onset, 2, mido.Message("note_on", channel=channel, note=note.midi, velocity=velocity)),
        (note.onset + note.duration, 0, mido.Message("note_off", channel=channel, note=note.midi, velocity=0)),
    ]


def _melody(phrases: Sequence[Phrase]) -> list[Timed]:
    program = mido.Message("program_change", channel=MELODY_CHANNEL, program=_VOICE_OOHS)
    events: list[Timed] = [(0.0, 0, program)]
    for phrase in phrases:
        for place, note in enumerate(phrase.notes):
            events += _note(note, MELODY_CHANNEL, 96)
            if note.syllable is not None:
                text = lyric(phrase.syllables, note.syllable)
                if place == 0:
                    # A line break, as karaoke players read it.
                    text = "\r" + text
                events.append((note.onset, 1, mido.MetaMessage("lyrics", text=text)))
    return events


def lyric(syllables: Sequence[Syllable], index: int) -> str:
    """Return one syllable as a singer reads it: ``morn-`` before ``ing `` ; Mandarin characters stand alone."""
    syllable = syllables[index]
    if syllable.tone:
        return syllable.text
    goes_on = index + 1 < len(syllables) and not syllables[index + 1].word_start
    return syllable.text.strip() + ("-" if goes_on else " ")


def _chords(score: Score) -> list[Timed]:
    events: list[Timed] = [
        (0.0, 0, mido.Message("program_change", channel=CHORD_CHANNEL, program=_ACOUSTIC_PIANO)),
        # Silent in playback, since the band plays the harmony; there to be read.
        (0.0, 0, mido.Message("control_change", channel=CHORD_CHANNEL, control=7, value=0)),
    ]
    for section in score.sections:
        for chord in section.chords:
            events.append((chord.onset, 1, mido.MetaMessage("text", text=chord.name)))
            for pitch in dict.fromkeys(chord.pitches):
                events += _note(Note(chord.onset, chord.duration, 48 + pitch, None), CHORD_CHANNEL, 64)
    return events


def _part(part: Part) -> list[Timed]:
    events: list[Timed] = [(0.0, 0, mido.Message("program_change", channel=part.channel, program=part.program))]
    for note in part.notes:
        velocity = min(127, max(1, note.velocity))
        start = max(0.0, note.onset)
        end = max(start + 1 / 32, note.onset + note.duration)
        events.append((start, 2, mido.Message("note_on", channel=part.channel, note=note.midi, velocity=velocity)))
        events.append((end, 0, mido.Message("note_off", channel=part.channel, note=note.midi, velocity=0)))
    return events
