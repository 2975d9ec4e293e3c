"""The parts of a finished song as files: stems, karaoke, MIDI, timed lyrics, chord sheet, passport."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generation.band import arrange
from generation.mix.encode import encode
from generation.mix.genres import desk
from generation.mix.master import master
from generation.parts.chords import chord_sheet
from generation.passport import Operator, passport, tags
from generation.release import all_or_nothing
from generation.score.lrc import lrc
from generation.score.midi import write_midi
from generation.song import Audio, Track

SUNG = frozenset({"vocals", "backing"})


@dataclass(frozen=True, slots=True)
class _Order:
    track: Track
    draft: Path
    name: str
    words: Mapping[str, str]
    record: Mapping[str, object]
    audio_format: str

    def path(self, part: str, ending: str) -> Path:
        return self.draft / f"{self.name}-{part}.{ending}"


def parts(
    track: Track,
    folder: Path,
    wanted: Sequence[str],
    name: str,
    operator: Operator,
    created: str,
    audio_format: str = "ogg",
) -> list[Path]:
    """Write the ``wanted`` of ``PARTS`` into ``folder``, all or none, and return their paths in that order.

    ``stems`` are one file an instrument or voice, all as long as the song and as loud as in its mix; ``karaoke`` is
    the band without voices, mastered like a song. Every audio file carries the song's tags and licence. ``created`` is
    an ISO 8601 date or time, ``audio_format`` one of ogg, flac, mp3, m4a, wav. Raises ``ValueError`` for an unknown
    part and ``StudioFault`` if the disk is full or the folder cannot be written.
    """
    if unknown := set(wanted) - set(PARTS):
        raise ValueError(f"no such part: {', '.join(sorted(unknown))}")
    record = passport(track, operator, created)
    written: list[str] = []
    with all_or_nothing(folder) as draft:
        order = _Order(track, draft, name, tags(track, record), record, audio_format)
        for part in dict.fromkeys(wanted):
            written += [path.name for path in PARTS[part](order)]
    return [folder / file for file in written]


def instrumental(track: Track) -> Audio:
    """Return the song without its voices, [2, samples], mastered; the song itself where nobody sings."""
    band = [stem.audio for stem in track.stems if stem.name not in SUNG]
    if len(band) == len(track.stems):
        return track.audio
    total = np.zeros((2, track.audio.shape[-1]), np.float32)
    for audio in band:
        total += audio
    return master(total, desk(track.sheet.score.genre).air)


def _stems(order: _Order) -> list[Path]:
    paths = []
    for stem in order.track.stems:
        path = order.path(stem.name, order.audio_format)
        title = f"{order.words['title']} ({stem.name})"
        encode(stem.audio, stem.sample_rate, path, {**order.words, "title": title})
        paths.append(path)
    return paths


def _karaoke(order: _Order) -> list[Path]:
    path = order.path("karaoke", order.audio_format)
    title = f"{order.words['title']} (karaoke)"
    encode(instrumental(order.track), order.track.sample_rate, path, {**order.words, "title": title})
    return [path]


def _midi(order: _Order) -> list[Path]:
    path = order.draft / f"{order.name}.mid"
    score = order.track.sheet.score
    write_midi(score, arrange(score), path)
    return [path]


def _lrc(order: _Order) -> list[Path]:
    sheet = order.track.sheet
    return _text(order.draft / f"{order.name}.lrc", lrc(sheet.score, sheet.lyrics, order.track.alignment))


def _sheet(order: _Order) -> list[Path]:
    return _text(order.path("sheet", "txt"), chord_sheet(order.track.sheet))


def _passport(order: _Order) -> list[Path]:
    return _text(order.draft / f"{order.name}.json", json.dumps(order.record, ensure_ascii=False, indent=1) + "\n")


def _text(path: Path, text: str) -> list[Path]:
    path.write_text(text, encoding="utf-8")
    return [path]


PARTS: Mapping[str, Callable[[_Order], list[Path]]] = {
    "stems": _stems,
    "karaoke": _karaoke,
    "midi": _midi,
    "lrc": _lrc,
    "sheet": _sheet,
    "passport": _passport,
}
