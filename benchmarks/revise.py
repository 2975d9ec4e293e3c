"""How changes hold up over many songs: lengths met exactly, and players that play on to the note.

    PYTHONPATH=. .venv/bin/python benchmarks/revise.py [--seeds 3] [--genres 8]

What the tests prove on a few songs is counted here over every genre, language and a range of lengths; a wish that a
song cannot meet is counted as refused.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import product

from generation.band import arrange
from generation.changes import Change, Instruments, Language, Length, Level
from generation.errors import WishError
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import write_sheet
from generation.revise import revise
from generation.score.genre import PLAYABLE
from generation.song import Sheet, SongRequest
from generation.voices.debug import DebugSinger

SECONDS = (60.0, 75.0, 100.0, 140.0, 180.0, 220.0, 300.0)
PLAYERS = (
    Instruments((), ("drums",)),
    Instruments((), ("bass",)),
    Instruments(("violin",)),
    Instruments((), ("drums",), "verse"),
    Instruments(("accordion",), (), "chorus"),
)
LEVELS = (Level("vocals", 3.0), Level("band", -3.0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--genres", type=int, default=len(PLAYABLE), help="how many genres")
    lyricist, singer = VerseLyricist(), DebugSinger()
    counts: Counter[str] = Counter()
    asked = parser.parse_args()
    for genre, language, seed in product(PLAYABLE[: asked.genres], ("en", "zh"), range(asked.seeds)):
        request = SongRequest(theme="rain", vocals="female", genre=(genre,), message_language=language)
        before = write_sheet(request, seed, lyricist, singer)
        translated = Language("zh" if language == "en" else "en")
        lengths = (Length(seconds) for seconds in SECONDS)
        changes: tuple[Change, ...] = (*lengths, *PLAYERS, *LEVELS, translated)
        for change in changes:
            try:
                after = revise(before, (change,), lyricist, singer, seed)
            except WishError:
                counts[f"{type(change).__name__} refused"] += 1
                continue
            counts[f"{type(change).__name__} {'kept' if holds(change, before, after) else 'BROKEN'}"] += 1
    for what, count in sorted(counts.items()):
        print(f"{what:24}{count:6}")


def holds(change: Change, before: Sheet, after: Sheet) -> bool:
    """Return whether a change did what it says and left the rest."""
    match change:
        case Length(duration_s=seconds):
            return after.plan.duration_s == seconds
        case Instruments():
            old, new = ({part.name: part for part in arrange(sheet.score)} for sheet in (before, after))
            same = [name for name in old.keys() & new.keys() if old[name].notes == new[name].notes]
            return before.score.sections[0].chords == after.score.sections[0].chords and len(same) >= len(old) - 2
        case Language(language):
            chords = [[one.chords for one in sheet.score.sections] for sheet in (before, after)]
            return chords[0] == chords[1] and after.lyrics.language == language
    return before.score == after.score


if __name__ == "__main__":
    main()
