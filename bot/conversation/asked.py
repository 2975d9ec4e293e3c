"""One message on its way through a turn: what was asked, and the few ways to answer it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.conversation import cards, names
from bot.conversation.message import Message
from bot.conversation.orders import Order
from bot.conversation.reply import Button, Folded, Reply
from bot.conversation.talk import Facts, Talk, Turn
from bot.conversation.words import listened, say
from bot.understanding.message import read
from generation.song import Remark
from storage.songs import OPEN, Song


def song_id(message_id: str) -> str:
    """Return the id of the song a message asks for: the same message never makes two."""
    return base64.b32encode(hashlib.sha256(message_id.encode()).digest()).decode().lower()[:10]


def heard(table: str, text: str) -> tuple[str, ...]:
    """Return every meaning of ``words/listened.toml`` that ``text`` names, in the table's order."""
    folded = read(text[:2000]).folded
    return tuple(meaning for meaning, pattern in _patterns(table).items() if pattern.search(folded))


def heard_alone(table: str, text: str) -> str:
    """Return the meaning that is all there is to ``text``, else ``""``."""
    folded = read(text[:200]).folded.strip(" \n.!?,。！？，~…")
    return next((meaning for meaning, words in listened(table).items() if folded in words), "")


@cache
def _patterns(table: str) -> dict[str, re.Pattern[str]]:
    return {meaning: re.compile("|".join(map(_phrase, words))) for meaning, words in listened(table).items()}


def _phrase(word: str) -> str:
    is_word = word[0].isascii() and word[0].isalpha()
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])" if is_word else re.escape(word)


@dataclass(frozen=True, slots=True)
class Asked:
    """A message, its facts, and the verb it came down to."""

    talk: Talk
    message: Message
    facts: Facts
    text: str
    """What was said beside the verb, cleaned."""

    @property
    def language(self) -> str:
        return self.facts.language

    @property
    def member(self) -> str:
        return self.message.member.id

    def say(self, key: str, /, **values: Any) -> str:
        return say(key, self.language, **values)

    def title(self, song: Song) -> str:
        return names.title(song, self.language)

    def button(self, key: str, verb: str, song: str = "", argument: str = "") -> Button:
        return cards.button(key, verb, self.language, song, argument)

    def owns(self, song: Song) -> bool:
        return song.owner == self.member

    def sees(self, song: Song) -> bool:
        """A member's own songs, and in a shared place those of the others there."""
        here = self.message.place.shared and song.place == self.message.place.id
        return self.owns(song) or here or self.facts.is_moderator

    def open_songs(self) -> tuple[Song, ...]:
        """The member's songs on the way, the next one first."""
        standings = self.facts.standings

        def order(song: Song) -> tuple[int, str]:
            standing = standings.get(song.id)
            return (standing.place if standing else len(standings) + 1, song.created)

        return tuple(sorted((song for song in self.facts.mine if song.status in OPEN), key=order))

    def reply(
        self,
        key: str,
        /,
        *,
        song: Song | None = None,
        buttons: Sequence[Sequence[Button]] = (),
        folded: tuple[Folded, ...] = (),
        private: bool = False,
        asks: bool = False,
        **values: Any,
    ) -> Reply:
        """Return the sentence ``key`` as a reply. ``song`` gives it its title and what answers to it are about."""
        if song is not None:
            values.setdefault("title", self.title(song))
        return Reply(
            self.say(key, **values),
            folded,
            tuple(tuple(row) for row in buttons),
            song=song.id if song else "",
            private=private,
            asks=asks,
            language=self.language,
        )

    def remark(self, said: Remark, song: Song, *, asks: bool = False) -> Reply:
        """Return a sentence of the studio about a song as a reply."""
        return Reply(names.remark(said, self.language), song=song.id, asks=asks, language=self.language)

    def turn(
        self,
        *replies: Reply,
        orders: tuple[Order, ...] = (),
        focus: str = "",
        expects: str = "",
        expects_song: str = "",
    ) -> Turn:
        """End the turn. The focus stays where it was unless given; questions asked before are over."""
        talk = Talk(focus or self.talk.focus, expects, expects_song, self.message.id)
        return Turn(talk, replies, orders, self.facts.circle)

    def ask(self, key: str, verb: str, song: Song | None = None, **values: Any) -> Turn:
        """Ask a question: the next sentence is the text of ``verb``."""
        about = song.id if song else ""
        return self.turn(self.reply(key, song=song, asks=True, **values), focus=about, expects=verb, expects_song=about)

    def refuse(self, key: str, /, song: Song | None = None, **values: Any) -> Turn:
        """Say kindly why not, for the member's eyes where the surface can do that."""
        return self.turn(self.reply(key, song=song, private=True, **values))
