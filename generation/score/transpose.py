"""The same music higher or lower, in the singers' range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generation.score.bend import bend
from generation.score.chord_names import moved
from generation.score.genre import genre
from generation.score.keys import PLAIN, Key
from generation.score.lead import LEAD
from generation.score.melody import Tonality
from generation.song import INSTRUMENT, Note, Phrase, Score, ScoreSection, Voice


def key_above(key: Key, semitones: int) -> Key:
    """Return the key so many semitones above, named with the fewest accidentals in use."""
    tonic = (key.tonic + semitones) % 12
    name = {1: "C#", 6: "F#", 8: "G#", 3: "Eb"}.get(tonic, PLAIN[tonic]) if key.minor else PLAIN[tonic]
    return Key(tonic, key.minor, f"{name} {key.mode}")


def transposed(score: Score, semitones: int, old: Key, new: Key, voices: Mapping[str, Voice]) -> Score:
    """Return the score so many semitones higher, ``new`` being the key that makes.

    Every singer's lines move together, by the octave that keeps them best in range (``voices`` by id); a line that
    still leaves the range is bent into it.
    """
    sections = tuple(
        replace(section, chords=tuple(moved(chord, semitones, old, new) for chord in section.chords))
        for section in score.sections
    )
    sung = [phrase for section in sections for phrase in section.phrases]
    shift_of = {
        voice: semitones + _octave([p for p in sung if p.voice == voice], semitones, voices.get(voice, LEAD))
        for voice in {phrase.voice for phrase in sung}
    }
    tonality = Tonality(new, genre(score.genre).pentatonic)
    return replace(
        score,
        key=new.name,
        sections=tuple(_moved(section, shift_of, score, tonality, voices) for section in sections),
    )


def raised(phrase: Phrase, semitones: int) -> Phrase:
    """Return a phrase so many semitones higher, its harmony with it."""

    def up(notes: Sequence[Note]) -> tuple[Note, ...]:
        return tuple(replace(note, midi=note.midi + semitones) for note in notes)

    return replace(phrase, notes=up(phrase.notes), harmony=up(phrase.harmony))


def into_range(phrase: Phrase, section: ScoreSection, score: Score, tonality: Tonality, low: int, high: int) -> Phrase:
    """Bend a phrase into ``low..high`` if it leaves it; one inside stays as it is."""
    if all(low <= note.midi <= high for note in (*phrase.notes, *phrase.harmony)):
        return phrase
    metre = (score.beats_per_bar, score.time_signature == "6/8", section.onset)
    if phrase.spoken:
        held = tuple(replace(note, midi=min(high, max(low, note.midi))) for note in phrase.notes)
        return replace(phrase, notes=held)
    return bend(phrase, section.chords, tonality, (low, high), genre(score.genre).leap, metre)


def outside(phrases: Sequence[Phrase], semitones: int, voice: Voice) -> int:
    """Return by how many semitones the notes of phrases would leave a voice's range, all together."""
    pitches = [note.midi + semitones for phrase in phrases for note in phrase.notes]
    return sum(max(0, voice.low - pitch, pitch - voice.high) for pitch in pitches)


def _octave(phrases: Sequence[Phrase], semitones: int, voice: Voice) -> int:
    return min((0, -12, 12, -24, 24), key=lambda octave: (outside(phrases, semitones + octave, voice), abs(octave)))


def _moved(
    section: ScoreSection,
    shift_of: Mapping[str, int],
    score: Score,
    tonality: Tonality,
    voices: Mapping[str, Voice],
) -> ScoreSection:
    phrases = []
    for phrase in section.phrases:
        higher = raised(phrase, shift_of[phrase.voice])
        if phrase.voice != INSTRUMENT and phrase.voice in voices:
            voice = voices[phrase.voice]
            higher = into_range(higher, section, score, tonality, voice.low, voice.high)
        phrases.append(higher)
    return replace(section, phrases=tuple(phrases))
