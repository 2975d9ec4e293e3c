"""Parts in, a balanced and mastered song out, and the files it is kept in."""

from generation.mix.balance import moved_db
from generation.mix.kept import to_gains
from generation.mix.mixdown import Mixed, mix

__all__ = ["Mixed", "mix", "moved_db", "to_gains"]
