"""The story of a song, in order: request, plan, words, score; then an engine makes it sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from generation.engines.base import Engine
from generation.lyrics.base import Lyricist
from generation.lyrics.own import sections_of
from generation.plan import plan
from generation.score import compose
from generation.score.marks import NO_MARKS
from generation.song import Marks, Progress, Sheet, SongRequest, StopAsked, Syllable, Track, Voice


class Pronounces(Protocol):
    """The part of a singer that the composer needs before any sound: voices and syllables."""

    @property
    def voices(self) -> Sequence[Voice]: ...

    @property
    def syllabify(self) -> Callable[[str, str], tuple[Syllable, ...]]: ...


def write_sheet(
    request: SongRequest, seed: int, lyricist: Lyricist, singer: Pronounces, marks: Marks = NO_MARKS
) -> Sheet:
    """Write the song on paper, keeping ``marks``. Free of charge: well under a second and no sound.

    Raises ``WishError`` if the request cannot be met.
    """
    own = sections_of(request.lyrics) if request.lyrics else ()
    agreed = plan(request, seed, singer.voices, own)
    lyrics = lyricist.write(request, agreed)
    return Sheet(request, agreed, lyrics, compose(agreed, lyrics, singer.syllabify, marks), marks)


def perform(sheet: Sheet, engine: Engine, progress: Progress, stop_asked: StopAsked) -> Track:
    """Turn one sheet into sound. Raises ``Cancelled`` or ``StudioFault``."""
    (track,) = engine.generate([sheet], progress, stop_asked)
    return track
