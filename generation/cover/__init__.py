"""A picture for every song."""

from generation.cover.draw import cover

__all__ = ["cover"]
