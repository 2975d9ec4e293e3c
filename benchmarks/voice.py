"""How well the singer sings, judged by tools that are not ours.

    python benchmarks/voice.py sing OUT [--voices af_heart,zm_yunxi] [--lines 12] [--shift 0]
    python benchmarks/voice.py judge OUT --whisper MODEL

``sing`` writes one WAV a line with a melody in the voice's comfortable range (notes of 0.22-0.6 s, the last 1-1.5 s,
70-120 bpm) and the CPU seconds it took. ``judge`` needs praat-parselmouth, faster-whisper, rapidfuzz, opencc and
pypinyin in its own environment, and a CTranslate2 Whisper model; it prints for each voice the part of notes whose
median pitch (Praat, autocorrelation) is within 50 cents, and the word error rate (English) or the error rate of
toneless pinyin (Mandarin) of what Whisper hears.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import tomllib
import wave
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

SEED = 29


@dataclass(frozen=True, slots=True)
class Take:
    """One sung line on disk. ``notes`` are (start, end, MIDI pitch), times in seconds."""

    file: str
    text: str
    voice: str
    language: str
    cpu_s: float
    notes: tuple[tuple[float, float, int], ...]


def sing(out: Path, wanted: list[str], lines: int, shift: int) -> None:
    """Sing the first ``lines`` lines with each voice, ``shift`` semitones from its range, into ``out``."""
    from generation.seeds import rng
    from generation.song import SAMPLE_RATE, Note, Phrase, Score, ScoreSection
    from generation.voices.kokoro import KokoroSinger

    texts = tomllib.loads((Path(__file__).parent / "voice_lines.toml").read_text("utf-8"))
    singer = KokoroSinger(threads=1)
    out.mkdir(parents=True, exist_ok=True)
    takes = []
    for voice in (one for one in singer.voices if not wanted or one.id in wanted):
        for number, text in enumerate(texts[voice.language][:lines]):
            draw = rng(SEED, voice.id, text)
            low, high = voice.low + shift, voice.high + shift
            scale = [pitch for pitch in range(low, high + 1) if (pitch - low) % 12 in (0, 2, 4, 5, 7, 9, 11)]
            tempo = float(draw.integers(70, 121))
            syllables = singer.syllabify(text, voice.language)
            place, at, notes = int(draw.integers(len(scale) // 3, 2 * len(scale) // 3 + 1)), 2.0, []
            for index in range(len(syllables)):
                last = index + 1 == len(syllables)
                beats = float(draw.uniform(1.0, 1.5) if last else draw.uniform(0.22, 0.6)) * tempo / 60
                notes.append(Note(at, beats, scale[place], index))
                at += beats
                place = int(np.clip(place + draw.choice([-2, -1, -1, 0, 1, 1, 2]), 0, len(scale) - 1))
            line = Phrase("verse 1/1", text, voice.id, syllables, tuple(notes))
            section = ScoreSection("verse 1", "verse", 0.0, 4, 0.6, (), (line,))
            seconds = (at + 2) * 60 / tempo
            score = Score("", voice.language, "pop", (), SEED, tempo, "C major", "4/4", 0.5, 0.5, seconds, (section,))
            began = time.process_time()
            lead = singer.sing(score, lambda _: None, lambda: False).lead
            spent = time.process_time() - began
            file = out / f"{voice.id}-{number}.wav"
            with wave.open(str(file), "wb") as sound:
                sound.setnchannels(1)
                sound.setsampwidth(2)
                sound.setframerate(SAMPLE_RATE)
                sound.writeframes((np.clip(lead, -1, 1) * 32767).astype("<i2").tobytes())
            placed = tuple((score.seconds(n.onset), score.seconds(n.onset + n.duration), n.midi) for n in notes)
            takes.append(Take(file.name, text, voice.id, voice.language, spent, placed))
    (out / "takes.json").write_text(json.dumps([asdict(take) for take in takes], ensure_ascii=False), "utf-8")


def _words(text: str, language: str) -> str:
    if language == "en":
        return " ".join(re.sub(r"[^a-z ]", "", text.lower().replace("-", " ")).split())
    from opencc import OpenCC
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(re.sub("[^一-鿿]", "", OpenCC("t2s").convert(text)), style=Style.NORMAL))


def judge(out: Path, whisper: str) -> None:
    """Print what Praat and Whisper make of the takes in ``out``, a line for each voice."""
    import parselmouth
    from faster_whisper import WhisperModel
    from rapidfuzz.distance import Levenshtein

    model = WhisperModel(whisper, device="cpu", compute_type="int8", cpu_threads=1)
    wrong, words, tuned, notes, spent, count = (defaultdict[str, float](float) for _ in range(6))
    for row in json.loads((out / "takes.json").read_text("utf-8")):
        voice, path = row["voice"], str(out / row["file"])
        pitch = parselmouth.Sound(path).to_pitch_ac(time_step=0.01, pitch_floor=60, pitch_ceiling=900)
        hertz, times = pitch.selected_array["frequency"], pitch.xs()
        for start, end, midi in row["notes"]:
            heard = hertz[(times >= start) & (times < end) & (hertz > 0)]
            off = 1200 * np.log2(np.median(heard) / (440 * 2 ** ((midi - 69) / 12))) if len(heard) else 1200.0
            tuned[voice] += abs(off) <= 50
            notes[voice] += 1
        segments, _ = model.transcribe(path, language=row["language"], beam_size=5, condition_on_previous_text=False)
        said = "".join(segment.text for segment in segments)
        asked, heard_words = (_words(text, row["language"]).split() for text in (row["text"], said))
        wrong[voice] += Levenshtein.distance(asked, heard_words)
        words[voice] += len(asked)
        spent[voice] += row["cpu_s"]
        count[voice] += 1
        print(f"{voice:12} {row['text']} | {said.strip()}", file=sys.stderr)
    print("| voice | notes in tune | errors | CPU s a line |\n|---|---|---|---|")
    for voice in count:
        error, in_tune = wrong[voice] / words[voice], tuned[voice] / notes[voice]
        print(f"| {voice} | {in_tune:.3f} | {error:.3f} | {spent[voice] / count[voice]:.2f} |")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["sing", "judge"])
    parser.add_argument("out", type=Path)
    parser.add_argument("--voices", default="", help="comma-separated ids; all without")
    parser.add_argument("--lines", type=int, default=12)
    parser.add_argument("--shift", type=int, default=0, help="semitones away from the comfortable range")
    parser.add_argument("--whisper", default="base", help="folder of a CTranslate2 Whisper model")
    asked = parser.parse_args()
    if asked.step == "sing":
        sing(asked.out, [one for one in asked.voices.split(",") if one], asked.lines, asked.shift)
    else:
        judge(asked.out, asked.whisper)


if __name__ == "__main__":
    main()
