"""The singer: Kokoro speaks a line, WORLD lays it on the notes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generation.errors import Cancelled
from generation.song import SAMPLE_RATE, AlignedSyllable, Audio, Note, Phrase, Score, StopAsked, Syllable, Voice
from generation.voices.base import Performance
from generation.voices.catalogue import LANGUAGES, character, voices
from generation.voices.lines import notes_by_syllable
from generation.voices.model import find_model, open_model
from generation.voices.pronunciation import syllabify
from generation.voices.rendering import Part, render
from generation.voices.timing import Held


@dataclass(frozen=True, slots=True)
class Line:
    """What a phrase sounds like, whatever its place in the song: two phrases with equal lines are sung once.

    Times are seconds from the first note, to the millisecond.
    """

    voice: str
    syllables: tuple[Syllable, ...]
    held: tuple[Held, ...]
    harmony: tuple[Held, ...]
    spoken: bool
    doubled: bool

    def name(self) -> str:
        """A name for the line's own randomness, made of its content."""
        return hashlib.sha256(repr((self.voice, self.syllables, self.held, self.spoken)).encode()).hexdigest()


def _held(notes: Sequence[Note], syllables: int, score: Score, zero: float) -> list[tuple[int, Held]]:
    def place(beat: float) -> float:
        return round(score.seconds(beat) - zero, 3)

    out: list[tuple[int, Held]] = []
    for index, group in notes_by_syllable(notes, syllables):
        turns = tuple((place(note.onset), note.midi) for note in group)
        out.append((index, Held(turns[0][0], place(group[-1].onset + group[-1].duration), turns)))
    return out


def line_of(phrase: Phrase, score: Score, chorus: bool) -> tuple[float, Line, tuple[int, ...]] | None:
    """Return when a phrase begins (seconds), its line, and which of its syllables are sung; None if none is."""
    sung = notes_by_syllable(phrase.notes, len(phrase.syllables))
    if not sung:
        return None
    zero = score.seconds(sung[0][1][0].onset)
    lead = _held(phrase.notes, len(phrase.syllables), score, zero)
    indices = tuple(index for index, _ in lead)
    second = dict(_held(phrase.harmony, len(phrase.syllables), score, zero))
    harmony = tuple(second[index] for index in indices) if set(indices) <= set(second) else ()
    line = Line(
        voice=phrase.voice,
        syllables=tuple(phrase.syllables[index] for index in indices),
        held=tuple(held for _, held in lead),
        harmony=harmony,
        spoken=phrase.spoken,
        doubled=chorus and not phrase.spoken,
    )
    return zero, line, indices


def _add(out: Audio, part: Part, at_s: float) -> None:
    start = round((at_s + part.start) * SAMPLE_RATE)
    skip = max(0, -start)
    piece = part.audio[skip : max(skip, len(out) - start)]
    out[start + skip : start + skip + len(piece)] += piece


class KokoroSinger:
    """Eight voices in English and Mandarin, on the CPU, the same samples for the same score.

    ``model`` is the path of the ONNX file; without it the packaged parts are assembled once into the user's cache.
    ``threads`` lines are sung at a time.
    """

    languages: tuple[str, ...] = LANGUAGES

    def __init__(self, model: Path | None = None, threads: int = 2) -> None:
        self.voices: Sequence[Voice] = voices()
        self._model = model
        self._threads = max(1, threads)

    def syllabify(self, text: str, language: str) -> tuple[Syllable, ...]:
        """See ``generation.voices.pronunciation.syllabify``."""
        return syllabify(text, language)

    def sing(self, score: Score, progress: Callable[[float], None], stop_asked: StopAsked) -> Performance:
        """Sing the phrases that name one of these voices. Raises ``Cancelled`` and ``MissingPart``."""
        size = round(score.duration_s * SAMPLE_RATE)
        lead, backing = np.zeros(size, np.float32), np.zeros(size, np.float32)
        placed: list[tuple[Phrase, float, Line, tuple[int, ...]]] = []
        for section in score.sections:
            for phrase in section.phrases:
                found = line_of(phrase, score, section.kind == "chorus") if character(phrase.voice) else None
                if found is not None:
                    placed.append((phrase, *found))
        if not placed:
            progress(1.0)
            return Performance(lead, backing, ())
        if stop_asked():
            raise Cancelled
        model = open_model(find_model(self._model))
        lines = list(dict.fromkeys(line for _, _, line, _ in placed))
        done = 0

        def sing_line(line: Line) -> tuple[Part, tuple[Part, ...]]:
            if stop_asked():
                raise Cancelled
            return render(model, line, score.seed)

        places: dict[Line, list[float]] = {}
        for _, at_s, line, _ in placed:
            places.setdefault(line, []).append(at_s)
        with ThreadPoolExecutor(self._threads, thread_name_prefix="voice") as pool:
            futures = [(line, pool.submit(sing_line, line)) for line in lines]
            try:
                for line, future in futures:
                    sung, others = future.result()
                    for at_s in places[line]:
                        _add(lead, sung, at_s)
                        for other in others:
                            _add(backing, other, at_s)
                    done += 1
                    progress(done / len(lines))
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
        aligned = tuple(
            AlignedSyllable(phrase.id, index, at_s + held.start, at_s + held.end)
            for phrase, at_s, line, indices in placed
            for index, held in zip(indices, line.held, strict=True)
        )
        return Performance(lead, backing, aligned)
