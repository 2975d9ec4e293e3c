"""What a sentence changes in a song that is there: "line 3: say live as in alive", 副歌欢快一点."""

from bot.understanding.changes.reading import ReadChanges, read_changes

__all__ = ["ReadChanges", "read_changes"]
