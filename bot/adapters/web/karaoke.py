"""When every word of a song is sung, and how loud the song is where: what the player shows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.adapters.web.shelf import write_private
from generation.song import INSTRUMENT, Phrase, Score

BARS = 480
_TOKENS = re.compile(r"[\u3400-\u9fff][^\w\s]*|[^\s\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class SungLine:
    """One line: seconds from the start of the song, and each word with its own start."""

    start_s: float
    end_s: float
    section: str
    """Set on the first line of a section."""
    words: tuple[tuple[float, str], ...]
    spaced: bool
    """Words are written with spaces between them."""


def sung_lines(score: Score, passport: Path | None = None) -> tuple[SungLine, ...]:
    """Return the sung lines in order. Times are those heard, where ``passport`` (NAME.json) has them; else the
    score's."""
    heard = _heard(passport)
    lines: list[SungLine] = []
    for section in score.sections:
        heading = section.name
        for phrase in section.phrases:
            if phrase.voice == INSTRUMENT or not phrase.notes or not phrase.text.strip():
                continue
            last = phrase.notes[-1]
            end = heard.get((phrase.id, len(phrase.syllables) - 1), (0.0, score.seconds(last.onset + last.duration)))[1]
            words = _words(phrase, score, heard)
            lines.append(SungLine(words[0][0], end, heading, words, score.language != "zh"))
            heading = ""
    return tuple(sorted(lines, key=lambda line: line.start_s))


def _heard(passport: Path | None) -> dict[tuple[str, int], tuple[float, float]]:
    try:
        rows = json.loads(passport.read_text(encoding="utf-8"))["alignment"] if passport else []
        return {(row["phrase"], row["syllable"]): (row["start_s"], row["end_s"]) for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _words(
    phrase: Phrase, score: Score, heard: dict[tuple[str, int], tuple[float, float]]
) -> tuple[tuple[float, str], ...]:
    played = {note.syllable: score.seconds(note.onset) for note in reversed(phrase.notes) if note.syllable is not None}
    times = [heard.get((phrase.id, i), (played.get(i), 0.0))[0] for i in range(len(phrase.syllables))]
    tokens = _TOKENS.findall(phrase.text) or [phrase.text]
    chinese = bool(re.search(r"[\u3400-\u9fff]", phrase.text))
    starts = [time for time, s in zip(times, phrase.syllables, strict=True) if chinese or s.word_start]
    begin, end = score.seconds(phrase.notes[0].onset), score.seconds(phrase.notes[-1].onset + phrase.notes[-1].duration)
    if len(starts) != len(tokens) or None in starts:
        # Spoken otherwise than written (a number, an abbreviation): the words share the line's time.
        starts = [begin + (end - begin) * i / len(tokens) for i in range(len(tokens))]
    return tuple((round(float(time or 0.0), 3), token) for time, token in zip(starts, tokens, strict=True))


def peaks(audio: Path, cache: Path) -> tuple[list[float], float]:
    """Return the waveform's outline (``BARS`` values, 0 to 1) and the length in seconds.

    Kept in ``cache`` by name, size and time of the file. Blocks for about a tenth of a second a minute of song.
    Raises ``OSError`` or ``av.FFmpegError`` where the file cannot be read.
    """
    stat = audio.stat()
    key = hashlib.sha256(f"{audio}:{stat.st_size}:{stat.st_mtime_ns}".encode()).hexdigest()[:32]
    kept = cache / f"{key}.json"
    try:
        row: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return row["peaks"], row["duration"]
    except (OSError, ValueError, KeyError):
        outline, duration = _outline(audio)
    write_private(kept, json.dumps({"peaks": outline, "duration": duration}))
    return outline, duration


def _outline(audio: Path) -> tuple[list[float], float]:
    import av  # takes a third of a second to load, and only a player needs it

    loudest: list[Sequence[float]] = []
    samples = 0
    with av.open(str(audio)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=8000)
        for frame in container.decode(stream):
            for part in resampler.resample(frame):
                block = np.abs(part.to_ndarray()[0])
                samples += block.size
                loudest.append([float(chunk.max()) for chunk in np.array_split(block, max(1, block.size // 80))])
    flat = np.concatenate([np.asarray(block) for block in loudest]) if loudest else np.zeros(1)
    bars = np.array([chunk.max() if chunk.size else 0.0 for chunk in np.array_split(flat, BARS)])
    top = float(bars.max()) or 1.0
    return [round(float(bar) / top, 3) for bar in bars], round(samples / 8000, 3)
