"""Who is in the band tonight: the genre's chairs, filled as the member wished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast as typed

from generation.band.genre import Genre, Role
from generation.band.parts import StemName
from generation.band.sounds import Word, sounds, words

DRUM_STEMS = ("drums", "percussion")


@dataclass(frozen=True, slots=True)
class Player:
    role: Role
    sound: str
    name: str
    """Unique in the band: the stem, or the stem and the instrument where several share it."""
    always: bool = False
    """Asked for by the member, so never silent for a whole section."""


def players(genre: Genre, wanted: Sequence[str], unwanted: Sequence[str], seed: int) -> tuple[Player, ...]:
    """Fill the chairs of a genre.

    A wanted instrument takes a chair that may hold it (a melodic one the lead's), else it brings its own. An unwanted
    one leaves its chair to the next sound on the genre's list, or empty. Names the band does not know are passed over.
    """
    roles = tuple(role.settled(seed, chair) for chair, role in enumerate(genre.roles))
    barred = frozenset(unwanted)
    wishes = [word for word in dict.fromkeys(wanted) if word in words() and word not in barred]
    seats: list[Player | None] = []
    for role in roles:
        seats.append(_seat(role, barred, {seat.sound for seat in seats if seat is not None}))
    taken: set[int] = set()
    guests: list[Player] = []
    for word in wishes:
        index = _chair(roles, word, taken)
        row = words()[word]
        if index is None:
            guests.append(_guest(word, row))
            continue
        taken.add(index)
        role = roles[index]
        own = next((sound for sound in role.sounds if word in sounds()[sound].words), row.sound)
        lends = role.stem == "lead" and own == row.sound and row.melodic
        if lends:
            role = replace(role, register=row.register, voices=row.voices, plays=((0.0, row.plays),), sections={})
        seats[index] = Player(role, own, "", always=True)
    return named([seat for seat in seats if seat is not None] + guests)


def _seat(role: Role, barred: frozenset[str], heard: set[str]) -> Player | None:
    """Seat the first sound that is wanted, and rather one that no other chair has."""
    if "drums" in barred and role.stem in DRUM_STEMS:
        return None
    allowed = [sound for sound in role.sounds if not barred.intersection(sounds()[sound].words)]
    sound = next((sound for sound in allowed if sound not in heard), next(iter(allowed), None))
    return None if sound is None else Player(role, sound, "")


def _chair(roles: Sequence[Role], word: str, taken: set[int]) -> int | None:
    """Return the chair for a wanted instrument: one that already knows it, the lead's, or a free one of its kind."""
    row = words()[word]
    free = [index for index in range(len(roles)) if index not in taken]
    for depth in (1, None):
        for index in free:
            if any(word in sounds()[sound].words for sound in roles[index].sounds[:depth]):
                return index
    if row.melodic:
        return next((index for index in free if roles[index].stem == "lead"), None)
    same = [index for index in free if roles[index].stem == row.stem and row.stem != "percussion"]
    return same[0] if same and row.plays in _ALIKE else None


_ALIKE = ("comp quarters", "comp pushed", "strum folk", "chop offbeat", "roots", "backbeat", "808 glide")
"""Instruments at home in any chair of their stem; the others bring a way of playing that is theirs."""


def _guest(word: str, row: Word) -> Player:
    stem = typed("StemName", row.stem)
    role = Role(
        stem=stem,
        sounds=(row.sound,),
        plays=((0.0, row.plays),),
        level=-2.0,
        register=row.register,
        voicing=row.voicing,
        voices=row.voices,
    )
    return Player(role, row.sound, word, always=True)


def named(band: Sequence[Player]) -> tuple[Player, ...]:
    """Return the players, each with a name of its own."""
    found: list[Player] = []
    used: set[str] = set()
    for player in band:
        stem: StemName = player.role.stem
        name = stem if stem not in used else f"{stem}: {player.sound}"
        used.update((stem, name))
        found.append(replace(player, name=name))
    return tuple(found)
