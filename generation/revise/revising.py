"""Changes, one after another, to a song on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generation import changes as asked
from generation.changes import Change
from generation.lyrics.base import Lyricist
from generation.pipeline import Pronounces
from generation.revise.feel import refeel
from generation.revise.gains import without_gains
from generation.revise.harmony import rechord
from generation.revise.instruments import reinstrument
from generation.revise.key import rekey
from generation.revise.language import translate
from generation.revise.length import drop, relength
from generation.revise.levels import relevel
from generation.revise.pace import remetre, retime
from generation.revise.saying import say
from generation.revise.studio import Studio
from generation.revise.tune import new_tune, retell, retune
from generation.revise.vocals import revoice
from generation.revise.words import replace_words, retitle, reword
from generation.revise.writing import rewrite
from generation.song import Sheet

Revision = Callable[[Sheet, Any, Studio], Sheet]
_LEVELS_STAY: Mapping[type, Revision] = {
    asked.Reword: reword,
    asked.Replace: replace_words,
    asked.Rewrite: rewrite,
    asked.Say: say,
    asked.Title: retitle,
    asked.Chords: rechord,
    asked.Instruments: reinstrument,
    asked.Level: relevel,
    asked.Retune: retune,
}
_MIXED_ANEW: Mapping[type, Revision] = {
    asked.Key: rekey,
    asked.Tempo: retime,
    asked.Metre: remetre,
    asked.Vocals: revoice,
    asked.Language: translate,
    asked.Feel: refeel,
    asked.Length: relength,
    asked.Drop: drop,
    asked.Tune: retell,
    asked.NewTune: new_tune,
}


def revise(sheet: Sheet, changes: tuple[Change, ...], lyricist: Lyricist, singer: Pronounces, seed: int) -> Sheet:
    """Return ``sheet`` with ``changes`` made one after another; what none of them names stays, to the note.

    Pure, and quick: no sound is made. ``seed`` feeds what is drawn anew, nothing else. The parent's mix
    (``Marks.gains``) is kept where the levels may stay, dropped where the song must be mixed anew. Raises
    ``WishError`` for a change that cannot be made, saying what would work; then nothing was changed.
    """
    studio = Studio(lyricist, singer, seed)
    for change in changes:
        kind = type(change)
        if kind in _LEVELS_STAY:
            sheet = _LEVELS_STAY[kind](sheet, change, studio)
        else:
            sheet = without_gains(_MIXED_ANEW[kind](sheet, change, studio))
    return sheet
