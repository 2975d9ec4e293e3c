"""A member's own songs, offered while they type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from discord.app_commands import Choice

from bot.adapters.discord.hearing import AnyInteraction, member_of

if TYPE_CHECKING:
    from bot.house import House

MOST = 25
ID = re.compile(r"[a-z0-9]{10}")
NAME = 100


async def choices(house: House, asked: AnyInteraction, typed: str) -> list[Choice[str]]:
    """Return the newest songs of the asking member whose title or request holds what was typed."""
    songs = await house.archive.songs.of(member_of(asked.user).id)
    named = [(f"{song.title or song.request.text or song.id} · {song.created[:10]}", song.id) for song in songs]
    wanted = [(name, song) for name, song in named if typed.casefold() in name.casefold() or typed == song]
    return [Choice(name=name[:NAME], value=song) for name, song in wanted[:MOST]]


async def meant(house: House, asked: AnyInteraction, typed: str) -> str:
    """Return the id of the song that was typed: one that was chosen, else the newest whose title fits. A song that
    cannot be found keeps what was typed, for the house to say so."""
    if ID.fullmatch(typed):
        return typed
    found = await choices(house, asked, typed)
    return found[0].value if found else typed[:32]
