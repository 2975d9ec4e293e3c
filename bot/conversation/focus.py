"""Which song a message is about, and whether this member may do that with it."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import cards, names
from bot.conversation.asked import Asked
from bot.conversation.talk import Turn
from storage.songs import Song

OWNERS = frozenset({"sing", "forget"})
"""Verbs for the owner alone. Whatever else changes a song makes a version of one's own instead."""


def with_song(asked: Asked, verb: str, then: Callable[[Asked, Song], Turn]) -> Turn:
    """Do ``then`` with the song that is meant, or say why not."""
    about = asked.facts.song
    if about is None:
        return _no_song(asked, verb)
    if not asked.sees(about):
        return asked.refuse("which.not_here")
    if about.status == "deleted":
        return asked.refuse("status.deleted")
    moderates = verb == "forget" and asked.facts.is_moderator
    if verb in OWNERS and not asked.owns(about) and not moderates:
        name = names.member_name(about.owner_name, asked.language)
        again = asked.button("again", "again", about.id)
        return asked.turn(asked.reply("which.not_yours", song=about, buttons=((again,),), private=True, name=name))
    return then(asked, about)


def unwritten(asked: Asked, about: Song) -> Turn:
    """Say that there is no sheet: not yet, or not at all."""
    if about.status != "failed":
        return asked.refuse("which.unwritten", about)
    buttons = cards.song_buttons(about, asked.language) if asked.owns(about) else ()
    return asked.turn(asked.reply("which.never_written", song=about, buttons=buttons, private=True))


def _no_song(asked: Asked, verb: str) -> Turn:
    if asked.message.song:
        return asked.refuse("which.not_here")
    if asked.facts.mine:
        return asked.turn(asked.reply("which.one", buttons=cards.choice(asked.facts.mine, verb, asked.language)))
    return asked.refuse("which.here") if asked.message.place.shared else asked.ask("which.none", "song")
