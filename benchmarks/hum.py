"""How well hums are heard: twelve tunes, hummed by a synthetic voice cleanly and roughly, and by the singer.

    PYTHONPATH=. .venv/bin/python benchmarks/hum.py [--seeds 5] [--sung]

A note counts when its pitch and its place on the grid are both right; notes too many count against it. Tuning and
tempo are found from the sound alone. ``--sung`` adds the voice model singing the tunes on words.
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, lfilter, sosfilt

from generation.errors import WishError
from generation.hum import Fitted, fit, hear
from generation.score.keys import LETTERS
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Audio, Note, Phrase, Score, ScoreSection, TuneNote
from generation.voices.base import Singer
from generation.voices.kokoro import KokoroSinger

TUNES = Path(__file__).parent / "tunes.toml"
RATE = 24_000
FORMANTS = ((300, 60), (870, 90), (2240, 120))


@dataclass(frozen=True)
class Tune:
    name: str
    key: str
    tempo_bpm: float
    metre: str
    notes: tuple[TuneNote, ...]


@dataclass(frozen=True)
class Manner:
    """How somebody hums. Cents, seconds, and dB below the voice."""

    off_cents: float = 0.0
    late_s: float = 0.0
    vibrato_cents: float = 20.0
    glide_s: float = 0.05
    breath_db: float = -45.0
    detuned_cents: float = 0.0
    dip: float = 0.15
    """What is left of the level between two notes of one pitch."""


CLEAN = Manner()
ROUGH = Manner(30.0, 0.04, 60.0, 0.09, -28.0, 37.0, 0.3)


@dataclass(frozen=True)
class Marked:
    """Parts of the notes that are right, 0 to 1."""

    pitch: float
    rhythm: float
    both: float
    tempo: bool
    key: bool
    downbeat: bool


def tunes() -> tuple[Tune, ...]:
    data = tomllib.loads(TUNES.read_text(encoding="utf-8"))
    return tuple(Tune(name, row["key"], row["tempo"], row["metre"], _read(row["notes"])) for name, row in data.items())


def _read(text: str) -> tuple[TuneNote, ...]:
    notes, at = [], 0.0
    for word in text.replace("|", " ").split():
        name, _, beats = word.partition(":")
        if name != "-":
            pitch = LETTERS[name[0]] + {"#": 1, "b": -1}.get(name[1], 0) + 12 * (int(name[-1]) + 1)
            notes.append(TuneNote(at, float(beats), pitch))
        at += float(beats)
    return tuple(notes)


def hum(tune: Tune, manner: Manner, seed: int, octave: int = 0) -> Audio:
    """Return a hum, mono at 24 000 Hz, of a source with formants that glides, swells and breathes."""
    draw = rng(seed, tune.name, "hum")
    beat = 60.0 / tune.tempo_bpm
    starts = [0.4 + note.onset * beat + float(draw.uniform(-1, 1)) * manner.late_s for note in tune.notes]
    ends = [0.4 + (note.onset + note.duration) * beat for note in tune.notes]
    size = round((ends[-1] + 0.5) * RATE)
    pitch, level = np.full(size, np.nan), np.zeros(size)
    for place, note in enumerate(tune.notes):
        following = starts[place + 1] if place + 1 < len(starts) else ends[place]
        held = following - starts[place] if following - ends[place] < 0.1 else ends[place] - starts[place]
        first, count = round(starts[place] * RATE), round(held * RATE)
        meant = note.midi + 12 * octave + (manner.detuned_cents + float(draw.uniform(-1, 1)) * manner.off_cents) / 100
        pitch[first : first + count] = meant
        again = place + 1 < len(starts) and tune.notes[place + 1].midi == note.midi
        swell = np.minimum(1.0, np.arange(count) / (0.04 * RATE))
        release = np.minimum(1.0, np.arange(count)[::-1] / (0.05 * RATE))
        floor = manner.dip if again else 0.6
        level[first : first + count] = (floor + (1 - floor) * np.minimum(swell, release))[: size - first]
    known = np.flatnonzero(~np.isnan(pitch))
    pitch = np.interp(np.arange(size), known, pitch[known])
    glide = max(1, round(manner.glide_s * RATE))
    pitch = uniform_filter1d(pitch, glide, mode="nearest")
    moment = np.arange(size) / RATE
    pitch += manner.vibrato_cents / 100 * np.sin(2 * np.pi * 5.6 * moment)
    phase = np.cumsum(440.0 * 2 ** ((pitch - 69) / 12)) / RATE
    source = sum((np.sin(2 * np.pi * harmonic * phase) / harmonic for harmonic in range(1, 12)), start=np.zeros(size))
    voice = source
    for centre, width in FORMANTS:
        radius = np.exp(-np.pi * width / RATE)
        voice = voice * 0.5 + lfilter(
            [1 - radius], [1, -2 * radius * np.cos(2 * np.pi * centre / RATE), radius**2], source
        )
    voice = voice / np.abs(voice).max() * level
    breath = sosfilt(butter(2, [300, 6000], "band", fs=RATE, output="sos"), draw.standard_normal(size))
    return np.asarray(0.4 * (voice + breath / breath.std() * 10 ** (manner.breath_db / 20) * 0.3), np.float32)


def sing(tune: Tune, singer: Singer, voice: str = "af_heart", word: str = "la") -> Audio:
    """Return the tune sung on one syllable, mono at 44 100 Hz."""
    text = " ".join([word] * len(tune.notes))
    syllables = singer.syllabify(text, "zh" if voice.startswith("z") else "en")
    shift = -12 if voice[1] == "m" else 0
    notes = tuple(Note(n.onset + 2, n.duration, n.midi + shift, place) for place, n in enumerate(tune.notes))
    phrase = Phrase("verse 1/1", text, voice, syllables, notes)
    beats = notes[-1].onset + notes[-1].duration + 2
    section = ScoreSection("verse 1", "verse", 0.0, 8, 0.5, (), (phrase,))
    score = Score(
        "", "en", "pop", (), 7, tune.tempo_bpm, tune.key, tune.metre, 0.5, 0.5, beats * 60 / tune.tempo_bpm, (section,)
    )
    return singer.sing(score, lambda _: None, lambda: False).lead


def packed(
    sound: NDArray[np.float32], rate: int, container: str = "ogg", codec: str = "libopus", bit_rate: int = 24_000
) -> bytes:
    """Return the sound as a file; by default the Opus voice note of a chat."""
    out = BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, 48_000 if codec == "libopus" else rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        if codec in {"libopus", "aac", "libmp3lame"}:
            stream.bit_rate = bit_rate
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[None], np.float32), "fltp", "mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(stream.format.name, "mono", stream.rate, frame_size=stream.frame_size or 1024)
        for ready in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(ready))
        file.mux(stream.encode(None))
    return out.getvalue()


def mark(fitted: Fitted, tune: Tune, shift: int = 0) -> Marked:
    """Compare with the tune; a beginning on another bar line is no fault, a wrong downbeat is."""
    meant = [(note.onset, note.midi + shift) for note in tune.notes]
    found = [(note.onset, note.midi) for note in fitted.notes]
    most = max(len(meant), len(found))
    best = (0, 0, 0.0)
    for offset in {round(a - b, 3) for a, _ in found[:6] for b, _ in meant[:6]}:
        moved = [(round(onset + offset, 3), midi) for onset, midi in meant]
        both = len(set(moved) & set(found))
        rhythm = len({onset for onset, _ in moved} & {onset for onset, _ in found})
        best = max(best, (both, rhythm, offset))
    count, unit = (int(number) for number in tune.metre.split("/"))
    return Marked(
        _common([midi for _, midi in meant], [midi for _, midi in found]) / most,
        best[1] / most,
        best[0] / most,
        abs(fitted.tempo_bpm / tune.tempo_bpm - 1) < 0.05,
        fitted.key == tune.key,
        best[2] % (count * 4 / unit) == 0,
    )


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for a in one:
        before = row
        row = [0]
        for place, b in enumerate(other):
            row.append(before[place] + 1 if a == b else max(before[place + 1], row[-1]))
    return row[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sung", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    for name, manner in (("clean", CLEAN), ("rough", ROUGH)):
        _report(
            name,
            [(tune, packed(hum(tune, manner, seed), RATE), 0) for tune in tunes() for seed in range(asked.seeds)],
            asked.verbose,
        )
    if asked.sung:
        singer = KokoroSinger()
        for voice, word in (("af_heart", "la"), ("zm_yunxi", "啦")):
            shift = -12 if voice[1] == "m" else 0
            _report(
                voice,
                [(tune, packed(sing(tune, singer, voice, word), SAMPLE_RATE), shift) for tune in tunes()],
                asked.verbose,
            )


def _report(name: str, hums: Sequence[tuple[Tune, bytes, int]], verbose: bool) -> None:
    marks, spent = [], 0.0
    for tune, content, shift in hums:
        began = time.process_time()
        try:
            fitted = fit(hear(content), None, None, tune.metre)
        except WishError as refused:
            print(tune.name, refused)
            marks.append(Marked(0, 0, 0, False, False, False))
            continue
        finally:
            spent += time.process_time() - began
        marks.append(mark(fitted, tune, shift))
        if verbose:
            print(f"  {tune.name:18}{marks[-1]} {fitted.key} {fitted.tempo_bpm} {len(tune.notes)}->{len(fitted.notes)}")
    parts = {part: float(np.mean([getattr(m, part) for m in marks])) for part in Marked.__dataclass_fields__}
    print(
        f"{name:10}"
        + "  ".join(f"{part} {value:.3f}" for part, value in parts.items())
        + f"  {spent / len(hums):.2f} CPU s a hum"
    )


if __name__ == "__main__":
    main()
