"""Parts in, a balanced and mastered song out, and the files it is kept in."""

from generation.mix.kept import to_gains
from generation.mix.mixdown import Mixed, mix

__all__ = ["Mixed", "mix", "to_gains"]
