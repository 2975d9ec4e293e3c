"""The song on paper: form, harmony, melody, and its exports."""

from generation.score.composition import compose

__all__ = ["compose"]
