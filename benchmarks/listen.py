"""Twenty songs, made by the command line and judged by tools that are not ours. Writes docs/listening.md.

    python3 -m venv .benchmarks-venv
    .benchmarks-venv/bin/pip install --no-deps -r requirements.txt
    .benchmarks-venv/bin/pip install -r benchmarks/requirements.txt
    PYTHONPATH=. .benchmarks-venv/bin/python benchmarks/listen.py [--songs DIR] [--only N]

Songs that are already in DIR are judged again without being made again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mido
import numpy as np

from benchmarks import judges
from generation.lyrics.rhyme import rhymed_share
from generation.song import Score, from_json

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "listening.md"
COLUMNS = (
    *("#", "genre", "", "voice", "in tune", "words wrong", "LUFS", "dBTP", "lift LU"),
    *("bpm asked / heard", "key asked / heard", "rhymed", "out of bounds"),
)
POP = {"pop", "synth-pop", "rock", "house", "edm", "city pop", "r&b", "funk", "ballad", "country"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One song's row. None where a measure does not apply."""

    number: int
    genre: str
    language: str
    voice: str
    tuned: int
    notes: int
    wrong: int
    words: int
    lufs: float
    peak: float
    lift: float | None
    tempo: float
    asked_tempo: float
    keys: tuple[str, str]
    """Heard by the two sets of key profiles."""
    asked_key: str
    rhymed: float
    stray: int
    """Lyric events of the MIDI file against syllables sung: how many more or fewer."""

    @property
    def problems(self) -> list[str]:
        found = []
        if not -14.5 <= self.lufs <= -13.5:
            found.append("loudness")
        if self.peak > -1.0:
            found.append("peak")
        if self.genre in POP and self.lift is not None and self.lift < 2.0:
            found.append("lift")
        if abs(self.tempo / self.asked_tempo - 1) > 0.02:
            found.append("tempo")
        if not any(judges.same_notes(key, self.asked_key) for key in self.keys):
            found.append("key")
        if self.rhymed < 0.85:
            found.append("rhyme")
        if self.stray:
            found.append("syllables")
        return found


def make(number: int, text: str, folder: Path) -> Path:
    """Make song ``number`` unless it is there; return its passport file."""
    place = folder / f"{number:02}"
    if not list(place.glob("*.json")):
        command = [str(HERE.parent / "scripts" / "run"), "song", text, "--stems", "--seed", str(number)]
        subprocess.run([*command, "--out", str(place)], check=True, stdout=subprocess.DEVNULL)
    return next(place.glob("*.json"))


def listen(number: int, file: Path) -> Heard:
    """Judge one song from its files alone."""
    record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    language, score = record["language"], from_json(record["score"], Score)
    audio, rate = judges.decode(file.with_suffix(".mp3"))
    stems = sorted((file.parent / f"{file.stem}-stems").glob("*.flac"))
    tonal = [judges.decode(stem)[0] for stem in stems if stem.stem not in {"drums", "percussion", "texture"}]
    vocal, vocal_rate = judges.decode(next(stem for stem in stems if stem.stem == "vocals"))
    vocal = judges.mono(vocal)
    tuned, notes = judges.in_tune(vocal, vocal_rate, list(judges.sung_notes(score)))
    wrong = words = 0
    for section, place in zip(record["lyrics"]["sections"], _sung(record), strict=True):
        said = judges.tokens(" ".join(line["text"] for line in section["lines"]), language)
        clip = vocal[int(max(place["start_s"] - 0.7, 0) * vocal_rate) : int((place["end_s"] + 0.2) * vocal_rate)]
        heard = judges.tokens(judges.heard_words(clip, vocal_rate, language), language)
        wrong += judges.errors(said, heard)
        words += len(said)
    events = sum(m.type == "lyrics" for track in mido.MidiFile(file.with_suffix(".mid")).tracks for m in track)
    sections = [[line["text"] for line in section["lines"]] for section in record["lyrics"]["sections"]]
    lines = sum(len(section) for section in sections)
    return Heard(
        number=number,
        genre=record["genre"],
        language=language,
        voice=", ".join(voice["gender"] for voice in record["plan"]["voices"]),
        tuned=tuned,
        notes=notes,
        wrong=wrong,
        words=words,
        lufs=judges.loudness(audio, rate),
        peak=judges.true_peak(audio),
        lift=judges.lift(audio, rate, record["sections"]),
        tempo=judges.tempo(audio, rate, record["tempo_bpm"]),
        asked_tempo=record["tempo_bpm"],
        keys=judges.keys(np.sum(tonal, axis=0), vocal_rate),
        asked_key=record["key"],
        rhymed=sum(rhymed_share(section, language) * len(section) for section in sections) / lines,
        stray=abs(events - len(record["alignment"])),
    )


def _sung(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Where the sections with words are, in order."""
    names = [section["name"] for section in record["lyrics"]["sections"]]
    return [section for section in record["sections"] if section["name"] in names]


def table(rows: list[Heard]) -> str:
    """The page: totals first, then a row a song."""

    def share(language: str) -> str:
        chosen = [row for row in rows if row.language == language]
        return f"{sum(row.wrong for row in chosen) / max(sum(row.words for row in chosen), 1):.3f}"

    tuned = sum(row.tuned for row in rows) / max(sum(row.notes for row in rows), 1)
    lines = [
        "# Listening by measurement",
        "",
        "Twenty songs across genres, both languages and both kinds of voice, made by `scripts/run song … --stems` and",
        "judged from their files by tools that are not ours. Made by `benchmarks/listen.py`; its first lines say how.",
        "",
        f"- notes in tune (praat, median within 50 cents): **{tuned:.3f}** of {sum(row.notes for row in rows)}",
        f"- words wrong, English (whisper-base on the vocal stem): **{share('en')}**",
        f"- toneless pinyin wrong, Mandarin (whisper-base): **{share('zh')}**",
        f"- songs with every other measure in bounds: **{sum(not row.problems for row in rows)} of {len(rows)}**",
        "",
        "Bounds: -14 LUFS ± 0.5 and at most -1 dBTP in the MP3; chorus at least 2 LU over verse in pop genres; tempo",
        "within 2 % (librosa, asked tempo as prior); key equal or relative by one of two sets of profiles, on",
        "the stems without drums; rhymed lines at least 0.85 (our own rhyme measure); no syllable without its note.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        "|" + "---|" * len(COLUMNS),
    ]
    for row in rows:
        cells = [
            row.number,
            row.genre,
            row.language,
            row.voice,
            f"{row.tuned}/{row.notes}",
            f"{row.wrong}/{row.words}",
            f"{row.lufs:.1f}",
            f"{row.peak:.1f}",
            "" if row.lift is None else f"{row.lift:+.1f}",
            f"{row.asked_tempo:g} / {row.tempo:.1f}",
            f"{row.asked_key} / {', '.join(dict.fromkeys(row.keys))}",
            f"{row.rhymed:.2f}",
            ", ".join(row.problems),
        ]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    requests = tomllib.loads((HERE / "songs.toml").read_text(encoding="utf-8"))["requests"]
    lines += ["", "The requests, each with its number as seed:", ""]
    return "\n".join(lines + [f"{number}. {text}" for number, text in enumerate(requests, 1)]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--songs", type=Path, default=Path("songs/listening"), metavar="DIR")
    parser.add_argument("--only", type=int, metavar="N", help="judge one song and write no page")
    options = parser.parse_args()
    requests = tomllib.loads((HERE / "songs.toml").read_text(encoding="utf-8"))["requests"]
    rows = []
    for number, text in enumerate(requests, 1):
        if options.only in (None, number):
            rows.append(listen(number, make(number, text, options.songs)))
            print(rows[-1], rows[-1].problems, flush=True)
    if options.only is None:
        PAGE.write_text(table(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
