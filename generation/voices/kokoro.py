"""The singer: Kokoro speaks a line, WORLD lays it on the notes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import numpy as np

from generation.errors import Cancelled
from generation.song import SAMPLE_RATE, AlignedSyllable, Audio, Phrase, Score, StopAsked, Syllable, Voice
from generation.voices.base import Performance
from generation.voices.catalogue import LANGUAGES, sings, voices
from generation.voices.lines import Line, Part, line_of
from generation.voices.model import VoiceModel, find_model, open_model
from generation.voices.pronunciation import syllabify

Rendered = tuple[Part, tuple[Part, ...]]
_REMEMBERED = 64
"""Lines kept after a song, about 1 MB each."""


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
        self._lock = Lock()
        self._lately: OrderedDict[tuple[int, Line], Rendered] = OrderedDict()

    def syllabify(self, text: str, language: str) -> tuple[Syllable, ...]:
        """See ``generation.voices.pronunciation.syllabify``."""
        return syllabify(text, language)

    def _once(self, model: VoiceModel, line: Line, seed: int) -> Rendered:
        """Sing a line, or give it as it was sung lately: after a change of one line only that line is sung again."""
        from generation.voices.rendering import render  # brings half of scipy, not wanted when the bot starts

        with self._lock:
            sung = self._lately.pop((seed, line), None)
        if sung is None:
            sung = render(model, line, seed)
        with self._lock:
            self._lately[seed, line] = sung
            while len(self._lately) > _REMEMBERED:
                self._lately.popitem(last=False)
        return sung

    def sing(self, score: Score, progress: Callable[[float], None], stop_asked: StopAsked) -> Performance:
        """Sing the phrases that name one of these voices. Raises ``Cancelled`` and ``MissingPart``."""
        size = round(score.duration_s * SAMPLE_RATE)
        lead, backing = np.zeros(size, np.float32), np.zeros(size, np.float32)
        placed: list[tuple[Phrase, float, Line, tuple[int, ...]]] = []
        for section in score.sections:
            for phrase in section.phrases:
                found = line_of(phrase, score, section.kind == "chorus") if sings(phrase.voice) else None
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

        def sing_line(line: Line) -> Rendered:
            if stop_asked():
                raise Cancelled
            return self._once(model, line, score.seed)

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
