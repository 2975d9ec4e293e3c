"""The house: it takes messages from every surface, lets the conversation decide, and does what it orders."""

from bot.house.house import House

__all__ = ["House"]
