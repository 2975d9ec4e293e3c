"""How well each voice sings: twelve lines a voice, judged by tools that are not ours.

    PYTHONPATH=. .benchmarks-venv/bin/python benchmarks/voice.py [--voices af_heart,zm_yunxi] [--shift 0]

The virtual environment is the one that benchmarks/listen.py describes. Each line gets a melody in the voice's
comfortable range: notes of 0.22-0.6 s, the last 1-1.5 s, 70-120 bpm.
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks import judges
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Note, Phrase, Score, ScoreSection, Voice
from generation.voices.kokoro import KokoroSinger

SEED = 29
MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11)


def paper(singer: KokoroSinger, voice: Voice, text: str, shift: int) -> Score:
    """Write one line with a wandering melody, ``shift`` semitones away from the comfortable range."""
    draw = rng(SEED, voice.id, text)
    low, high = voice.low + shift, voice.high + shift
    scale = [pitch for pitch in range(low, high + 1) if (pitch - low) % 12 in MAJOR_SCALE]
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
    return Score("", voice.language, "pop", (), SEED, tempo, "C major", "4/4", 0.5, 0.5, seconds, (section,))


def measure(singer: KokoroSinger, voice: Voice, lines: list[str], shift: int) -> str:
    """Sing and judge; return the voice's row of the table."""
    found: Counter[str] = Counter()
    spent = 0.0
    for text in lines:
        score = paper(singer, voice, text, shift)
        began = time.process_time()
        lead = singer.sing(score, lambda _: None, lambda: False).lead.astype(np.float64)
        spent += time.process_time() - began
        tuned, notes = judges.in_tune(lead, SAMPLE_RATE, list(judges.sung_notes(score)))
        said = judges.tokens(text, voice.language)
        heard = judges.tokens(judges.heard_words(lead, SAMPLE_RATE, voice.language), voice.language)
        found.update(tuned=tuned, notes=notes, wrong=judges.errors(said, heard), words=len(said))
    in_tune, wrong = found["tuned"] / found["notes"], found["wrong"] / found["words"]
    return f"| {voice.id} | {in_tune:.3f} | {wrong:.3f} | {spent / len(lines):.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--voices", default="", help="comma-separated ids; all without")
    parser.add_argument("--shift", type=int, default=0, help="semitones away from the comfortable range")
    options = parser.parse_args()
    texts = tomllib.loads((Path(__file__).parent / "voice_lines.toml").read_text("utf-8"))
    singer = KokoroSinger()
    print("| voice | notes in tune | words (pinyin) wrong | CPU s a line |\n|---|---|---|---|")
    for voice in singer.voices:
        if not options.voices or voice.id in options.voices.split(","):
            print(measure(singer, voice, texts[voice.language], options.shift), flush=True)


if __name__ == "__main__":
    main()
