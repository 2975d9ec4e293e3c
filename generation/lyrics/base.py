"""What every lyricist offers, embedded or LLM."""

from __future__ import annotations

from typing import Protocol

from generation.song import Lyrics, SongPlan, SongRequest


class Lyricist(Protocol):
    component: str
    """The row of the licence register for the words this lyricist writes."""

    def write(self, request: SongRequest, plan: SongPlan) -> Lyrics:
        """Write words for every sung section of ``plan.form``, in order, with exactly its number of lines.

        The member's own lines (``request.lyrics``) are kept to the letter and marked ``member``.
        """
        ...
