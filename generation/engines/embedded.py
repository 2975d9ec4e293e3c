"""The embedded engine: our own singer and band play the sheet, note for note. No GPU."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from generation.band import arrange, components, play, remarks
from generation.engines.base import Abilities, voices_of, words_of
from generation.errors import Cancelled
from generation.mix import mix, to_gains
from generation.song import SAMPLE_RATE, AlignedSyllable, Progress, Sheet, Stem, StopAsked, Track
from generation.voices.base import Performance, Singer


class EmbeddedEngine:
    """Sings with ``singer`` and plays with the sampled band. ``words_by`` is the lyricist's licence row."""

    id = "embedded"
    abilities = Abilities(
        sings=True,
        languages=("en", "zh"),
        max_seconds=360.0,
        takes=frozenset({"tempo", "key", "melody", "chords", "score"}),
        repairs_section=True,
        deterministic=True,
        batch=1,
    )

    def __init__(self, singer: Singer, words_by: str) -> None:
        self._singer = singer
        self._words_by = words_by

    def generate(self, sheets: Sequence[Sheet], progress: Progress, stop_asked: StopAsked) -> list[Track]:
        return [self._make(sheet, progress, stop_asked) for sheet in sheets]

    def _make(self, sheet: Sheet, progress: Progress, stop_asked: StopAsked) -> Track:
        score = sheet.score
        parts = arrange(score)
        # The band renders in native code beside the singer; both give the same samples alone or together.
        with ThreadPoolExecutor(1) as beside:
            playing = beside.submit(play, score, parts, lambda done: progress("band", done), stop_asked)
            performance = self._sing(sheet, progress, stop_asked)
            stems = deque(playing.result())
            del playing
        alignment: tuple[AlignedSyllable, ...] = ()
        if performance is not None:
            stems.extend([Stem("vocals", performance.lead), Stem("backing", performance.backing)])
            alignment = performance.alignment
            del performance
        if stop_asked():
            raise Cancelled
        progress("mix", 0.0)
        mixed = mix(_handed_over(stems), score, sheet.marks.gains, sheet.marks.levels)
        progress("mix", 1.0)
        return Track(
            audio=mixed.master,
            sample_rate=SAMPLE_RATE,
            stems=mixed.stems,
            sheet=sheet,
            alignment=alignment,
            components=(*voices_of(sheet), *words_of(sheet, self._words_by), *components(parts)),
            provenance={"engine": self.id, "mix": to_gains(mixed.settings)},
            remarks=remarks((*sheet.plan.instruments, *(name for one in score.sections for name in one.instruments))),
        )

    def _sing(self, sheet: Sheet, progress: Progress, stop_asked: StopAsked) -> Performance | None:
        if not sheet.plan.voices:
            return None
        return self._singer.sing(sheet.score, lambda done: progress("voice", done), stop_asked)


def _handed_over(stems: deque[Stem]) -> Iterator[Stem]:
    """Let go of each stem as it is taken: a song's stems are half a gigabyte."""
    while stems:
        yield stems.popleft()
