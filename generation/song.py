"""The words of the studio: request, plan, lyrics, score, track. Frozen dataclasses, JSON both ways.

Beats are quarter notes everywhere, counted from the start of the song. MIDI pitches are integers with
60 = C4. Audio is float32, ``[channels, samples]`` or mono ``[samples]``, at 44 100 Hz unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import cattrs
import numpy as np
from numpy.typing import NDArray

SCORE_SCHEMA = 1
SAMPLE_RATE = 44_100
INSTRUMENT = "instrument"
"""The ``voice`` of a phrase that the band's lead instrument plays instead of a singer."""

Audio = NDArray[np.float32]
Author = Literal["member", "machine"]
SectionKind = Literal["intro", "verse", "pre-chorus", "chorus", "bridge", "instrumental", "outro"]
Progress = Callable[[str, float], None]
"""``progress(stage, fraction)``; stages are lyrics, score, voice, band, mix, passport; fraction is 0..1."""
StopAsked = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class SongRequest:
    """What a member asked for. A slot is filled only where the message states it."""

    text: str = ""
    message_language: str = "en"
    """The language the member wrote in, ``en`` or ``zh``: replies use it, and it is the default to sing in."""
    genre: tuple[str, ...] = ()
    mood: tuple[str, ...] = ()
    tempo_bpm: float | tuple[float, float] | None = None
    tempo_word: str | None = None
    key: str | None = None
    time_signature: str | None = None
    instruments: tuple[str, ...] = ()
    instruments_excluded: tuple[str, ...] = ()
    vocals: str | None = None
    """``none``, ``female``, ``male`` or ``duet``."""
    language: str | None = None
    """ISO 639 code of the language to sing in."""
    duration_s: float | None = None
    theme: str | None = None
    title: str | None = None
    lyrics: str | None = None
    structure: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence the member should read about this song, in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A singer's voice. ``low`` and ``high`` are the comfortable range in MIDI pitches."""

    id: str
    label: str
    gender: Literal["female", "male"]
    language: str
    low: int
    high: int
    component: str
    """The row of the licence register this voice comes from."""


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section of the form before it has words or notes."""

    name: str
    """Unique within the song: ``verse 1``, ``chorus 2``."""
    kind: SectionKind
    bars: int
    lines: int
    """Sung lines; 0 in an instrumental section."""
    energy: float
    """0 (a whisper) to 1 (the last chorus)."""


@dataclass(frozen=True, slots=True)
class SongPlan:
    """The request with every open question answered: what lyricist, composer, singer and band agree on."""

    seed: int
    genre: str
    """A genre the band plays; the one asked for, or the nearest (then ``remarks`` says so)."""
    moods: tuple[str, ...]
    tempo_bpm: float
    key: str
    """Tonic and mode, ``A minor`` or ``F# major``."""
    time_signature: str
    language: str
    """``en`` or ``zh``."""
    voices: tuple[Voice, ...]
    """None for an instrumental, one for a solo, two for a duet."""
    duration_s: float
    """Length of the audio, met to the sample."""
    form: tuple[FormSection, ...]
    bars_per_line: int
    spoken: bool
    """Rapped: the words are spoken in rhythm."""
    swing: float
    """0.5 is straight; 0.667 puts the second of two swung notes on the last third."""
    swing_unit: float
    """Length in beats of a swung pair's half: 0.5 swings eighths, 0.25 sixteenths."""
    instruments: tuple[str, ...] = ()
    instruments_excluded: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    author: Author
    by: str = ""
    """Name of the member who gave the line, where several write one song together."""


@dataclass(frozen=True, slots=True)
class LyricSection:
    name: str
    kind: SectionKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Lyrics:
    title: str
    language: str
    sections: tuple[LyricSection, ...]
    """The sung sections in singing order; a chorus that returns is listed each time."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable as the singer pronounces it; only a singer's ``syllabify`` makes them."""

    text: str
    phonemes: str
    language: str
    word_start: bool
    stress: int
    """0 none, 1 secondary, 2 primary; Mandarin syllables carry 2 unless neutral."""
    tone: int = 0
    """Mandarin tone 1-5 (5 neutral); 0 in other languages."""


@dataclass(frozen=True, slots=True)
class Note:
    onset: float
    duration: float
    midi: int
    syllable: int | None
    """Index into the phrase's syllables; None holds the syllable before (a melisma) or is played, not sung."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of the song: its words and the notes that carry them."""

    id: str
    """Unique within the song: ``verse 1/2`` is the second line of verse 1."""
    text: str
    voice: str
    """A voice id, or ``INSTRUMENT``."""
    syllables: tuple[Syllable, ...]
    notes: tuple[Note, ...]
    author: Author = "machine"
    spoken: bool = False
    harmony: tuple[Note, ...] = ()
    """A second part for the same syllables, sung softly beneath (chorus); empty for none."""


@dataclass(frozen=True, slots=True)
class Chord:
    onset: float
    duration: float
    degree: str
    """Roman numeral in the key: ``vi7``, ``bVII``, ``IVmaj7``."""
    name: str
    """As on a chord sheet: ``F#m7``."""
    root: int
    """Pitch class 0-11 of the root."""
    pitches: tuple[int, ...]
    """Pitch classes in chord order: root, third (or second, fourth), fifth, seventh, ninth."""


@dataclass(frozen=True, slots=True)
class ScoreSection:
    name: str
    kind: SectionKind
    onset: float
    bars: int
    energy: float
    chords: tuple[Chord, ...]
    phrases: tuple[Phrase, ...]
    instruments: tuple[str, ...] = ()
    """Instruments that play here besides the song's."""
    instruments_excluded: tuple[str, ...] = ()
    """Instruments of the song that are silent here."""


@dataclass(frozen=True, slots=True)
class Score:
    """The whole song on paper. Straight rhythm: swing and human timing are applied at render only."""

    title: str
    language: str
    genre: str
    moods: tuple[str, ...]
    seed: int
    tempo_bpm: float
    key: str
    time_signature: str
    swing: float
    swing_unit: float
    duration_s: float
    sections: tuple[ScoreSection, ...]
    instruments: tuple[str, ...] = ()
    instruments_excluded: tuple[str, ...] = ()
    schema: int = SCORE_SCHEMA

    @property
    def beats_per_bar(self) -> float:
        """Quarter notes in a bar: 4.0 for 4/4, 3.0 for 3/4 and for 6/8."""
        count, unit = self.time_signature.split("/")
        return int(count) * 4 / int(unit)

    def seconds(self, beat: float) -> float:
        """Time of a beat as played, swing included."""
        pair = 2 * self.swing_unit
        whole, part = divmod(beat, pair)
        half = self.swing_unit
        late = pair * self.swing
        warped = part / half * late if part <= half else late + (part - half) / half * (pair - late)
        return (whole * pair + warped) * 60.0 / self.tempo_bpm


@dataclass(frozen=True, slots=True)
class Said:
    """How a word is to be pronounced."""

    word: str
    """As written, one word or one Han character."""
    spoken: str
    """A respelling or another word that sounds so (``alive``), or pinyin with a tone (``xing2``)."""
    phrase: str = ""
    """The phrase it holds for (``verse 1/3``); empty for the whole song."""


@dataclass(frozen=True, slots=True)
class GivenChords:
    """Chords for every section of one name, one a bar, repeated as needed: chord names (``Am7``) of the song's key."""

    section: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Playing:
    """Who plays, and who is silent, in the sections of one name or kind only."""

    section: str
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TuneNote:
    """A note of a melody that a member hummed; beats from the beginning of the tune."""

    onset: float
    duration: float
    midi: int


@dataclass(frozen=True, slots=True)
class Draw:
    """A part drawn anew: ``part`` names it (``chords bridge``, ``words verse 2``), ``number`` is the new draw."""

    part: str
    number: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What members fixed by hand, and the composer keeps."""

    said: tuple[Said, ...] = ()
    chords: tuple[GivenChords, ...] = ()
    tune: tuple[TuneNote, ...] = ()
    """The chorus melody (without a chorus, the first sung section's); empty where the composer writes it."""
    draws: tuple[Draw, ...] = ()
    gains: Mapping[str, Any] = field(default_factory=dict)
    """The parent's mix, as its provenance kept it, so that what did not change sounds the same to the sample."""
    levels: Mapping[str, float] = field(default_factory=dict)
    """How far parts of the mix were moved up or down by hand, in dB (-12 to 12), on top of the balance."""
    players: tuple[Playing, ...] = ()
    """Instruments of single sections; a later row counts before an earlier one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A song on paper: what a member can read and change before any sound is made."""

    request: SongRequest
    plan: SongPlan
    lyrics: Lyrics
    score: Score
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True, eq=False)
class Stem:
    """One instrument or voice of the mix, as long as the song."""

    name: str
    audio: Audio
    sample_rate: int = SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class AlignedSyllable:
    """Where a syllable is heard, in seconds from the start of the song."""

    phrase: str
    syllable: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A finished song before it is written to files."""

    audio: Audio
    sample_rate: int
    stems: tuple[Stem, ...]
    sheet: Sheet
    alignment: tuple[AlignedSyllable, ...]
    components: tuple[str, ...]
    """Rows of the licence register that touched this track."""
    provenance: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    """What the engine had to do otherwise than asked."""


_converter = cattrs.Converter(forbid_extra_keys=True)
_converter.register_structure_hook(
    float | tuple[float, float] | None,
    lambda value, _: tuple(value) if isinstance(value, list | tuple) else value,
)
T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Return plain JSON values (dict, list, str, number, None) for any dataclass above without audio."""
    return _converter.unstructure(value)


def from_json(data: Any, kind: type[T]) -> T:
    """Rebuild ``kind`` from what ``to_json`` gave. Raises ``cattrs.BaseValidationError`` on other data."""
    return _converter.structure(data, kind)
