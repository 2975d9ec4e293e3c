"""Who plays in which section: the song's band, with those who join or fall silent for a section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generation.band.cast import DRUM_STEMS, Player, named, players
from generation.band.genre import Genre
from generation.band.sounds import sounds
from generation.song import Score, ScoreSection

Seat = tuple[str, str, int]
"""Stem, sound, and which of those who share both."""


def seating(score: Score, house: Genre) -> list[tuple[Player, tuple[Player | None, ...]]]:
    """Return every player of the song, each with the player who sits there in every section (None: silent).

    Those who play in the whole song come first, and are named as if nobody else joined them.
    """
    everywhere = _seats(players(house, score.instruments, score.instruments_excluded, score.seed))
    bands = [_band(score, section, house, everywhere) for section in score.sections]
    everyone = dict(everywhere)
    for band in bands:
        everyone |= {seat: player for seat, player in band.items() if seat not in everyone}
    return [
        (player, tuple(band.get(seat) for band in bands))
        for seat, player in zip(everyone, named(tuple(everyone.values())), strict=True)
    ]


def _band(
    score: Score, section: ScoreSection, house: Genre, everywhere: Mapping[Seat, Player]
) -> Mapping[Seat, Player]:
    band = everywhere
    if section.instruments:
        wanted = dict.fromkeys((*score.instruments, *section.instruments))
        unwanted = [name for name in score.instruments_excluded if name not in section.instruments]
        band = _seats(players(house, tuple(wanted), unwanted, score.seed))
    return {seat: player for seat, player in band.items() if not _silent(player, section.instruments_excluded)}


def _seats(band: Iterable[Player]) -> dict[Seat, Player]:
    taken: Counter[tuple[str, str]] = Counter()
    found: dict[Seat, Player] = {}
    for player in band:
        kind = (player.role.stem, player.sound)
        found[(*kind, taken[kind])] = player
        taken[kind] += 1
    return found


def _silent(player: Player, barred: Sequence[str]) -> bool:
    drum = "drums" in barred and player.role.stem in DRUM_STEMS
    return drum or not set(barred).isdisjoint(sounds()[player.sound].words)
