"""Three songs for docs/three-songs.md: waveform, spectrogram and sheet of each, and their words.

    PYTHONPATH=. .benchmarks-venv/bin/python benchmarks/pictures.py

The virtual environment is the one that benchmarks/listen.py describes. Chinese needs a font (fonts-wqy-microhei).
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import font_manager

from benchmarks import judges

PROJECT = Path(__file__).parent.parent
DOCS = PROJECT / "docs"
SONGS = {
    "shanghai-rain": "a sad lo-fi song about rain in Shanghai, female voice, 80 bpm",
    "tea-garden": "写一首国风歌，讲外婆的茶园，男声，慢一点",
    "night-drive": "an energetic synth-pop song about driving through the city at night, female voice, 118 bpm",
}
SEED = 7
INK, GRID = "#1f2a44", "#d5d9e2"
COLOURS = {
    "intro": "#9aa7bd",
    "verse": "#4f7cac",
    "pre-chorus": "#7d8f69",
    "chorus": "#c8553d",
    "bridge": "#8a5a83",
    "instrumental": "#9aa7bd",
    "outro": "#9aa7bd",
}


def make(name: str, text: str, folder: Path) -> Path:
    """Make the song unless it is there; return its passport file."""
    place = folder / name
    if not list(place.glob("*.json")):
        command = [str(PROJECT / "scripts" / "run"), "song", text, "--seed", str(SEED), "--out", str(place)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(place.glob("*.json"))


def draw(record: dict[str, Any], file: Path, picture: Path) -> None:
    """Waveform with its sections, spectrogram, and the sheet of the first chorus."""
    audio, rate = judges.decode(file.with_suffix(".mp3"))
    figure, (wave, spectrum, sheet) = plt.subplots(
        3, 1, figsize=(14, 12), height_ratios=(1, 2, 2.4), layout="constrained"
    )
    signal = judges.mono(audio)
    step = rate // 100
    peaks = np.abs(signal[: len(signal) // step * step].reshape(-1, step)).max(axis=1)
    seconds = np.arange(len(peaks)) / 100
    wave.fill_between(seconds, -peaks, peaks, color=INK, lw=0)
    for section, part in zip(record["sections"], record["score"]["sections"], strict=True):
        wave.axvspan(section["start_s"], section["end_s"], color=COLOURS[part["kind"]], alpha=0.25, lw=0)
        wave.text(section["start_s"], 1.02, section["name"], fontsize=8, color=COLOURS[part["kind"]])
    wave.set(xlim=(0, seconds[-1]), ylim=(-1, 1), ylabel="level")
    spectrum.specgram(signal, NFFT=4096, Fs=rate, noverlap=2048, cmap="magma", vmin=-130, vmax=-30)
    spectrum.set(xlim=(0, seconds[-1]), ylim=(40, 16_000), yscale="log", ylabel="Hz", xlabel="seconds")
    draw_sheet(sheet, record["score"])
    figure.suptitle(
        f"{record['title']}  ·  {record['genre']}  ·  {record['tempo_bpm']:g} bpm  ·  {record['key']}", color=INK
    )
    figure.savefig(picture, dpi=70)
    plt.close(figure)


def draw_sheet(axes: Any, score: dict[str, Any]) -> None:
    """A piano roll with a word under every note and the chords above."""
    chorus = next(section for section in score["sections"] if section["kind"] == "chorus")
    notes = [
        (note, phrase["syllables"][note["syllable"]]["text"] if note["syllable"] is not None else "")
        for phrase in chorus["phrases"]
        for note in phrase["notes"]
    ]
    low, high = min(note["midi"] for note, _ in notes), max(note["midi"] for note, _ in notes)
    for note, word in notes:
        axes.barh(note["midi"], note["duration"], left=note["onset"], height=0.8, color=INK, edgecolor="white")
        axes.text(note["onset"], note["midi"] - 1.2, word, fontsize=10)
    for chord in chorus["chords"]:
        axes.text(chord["onset"], high + 1.5, chord["name"], fontsize=10, color=COLOURS["chorus"])
    end = chorus["chords"][-1]["onset"] + chorus["chords"][-1]["duration"]
    axes.set(xlim=(chorus["onset"] - 1, end), ylim=(low - 3, high + 3), ylabel="MIDI pitch", xlabel="beats")
    axes.grid(color=GRID, lw=0.5)


def main() -> None:
    for font in font_manager.findSystemFonts():
        if "wqy" in font or "CJK" in font:
            font_manager.fontManager.addfont(font)
    chinese = [font for font in font_manager.get_font_names() if "CJK SC" in font or "WenQuanYi" in font]
    plt.rcParams["font.family"] = ["DejaVu Sans", *chinese[:1]]
    page = [
        "# Three songs",
        "",
        f"Made by `benchmarks/pictures.py` with seed {SEED}; the same commands give the same songs.",
        "",
    ]
    for name, text in SONGS.items():
        file = make(name, text, PROJECT / "songs" / "three")
        record = json.loads(file.read_text(encoding="utf-8"))
        draw(record, file, DOCS / f"{name}.png")
        page += [f"## {record['title']}", "", "```", f'scripts/run song "{text}" --seed {SEED}', "```", ""]
        page += [f"![Waveform, spectrogram and sheet of {record['title']}]({name}.png)", ""]
        for section in record["lyrics"]["sections"]:
            page += [f"**{section['name']}**  ", *(f"{line['text']}  " for line in section["lines"]), ""]
        page += [f"> {line}  " for line in record["note"][record["language"]].splitlines()] + [""]
    (DOCS / "three-songs.md").write_text("\n".join(page), encoding="utf-8")


if __name__ == "__main__":
    main()
