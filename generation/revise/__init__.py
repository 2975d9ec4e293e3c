"""Changing one thing in a song; the rest stays."""

from generation.revise.gains import with_gains
from generation.revise.places import Place, phrases
from generation.revise.revising import revise

__all__ = ["Place", "phrases", "revise", "with_gains"]
"""``revise`` applies changes, ``phrases`` names the lines they may aim at, ``with_gains`` hands the parent's mix on."""
