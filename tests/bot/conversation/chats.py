"""A talk without a house: songs in every state, and somebody who says things."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from bot.conversation.message import Attachment, Member, Message, Place
from bot.conversation.orders import Cancel, Forget, Order, Parts, Sing, Write
from bot.conversation.reply import Reply
from bot.conversation.talk import Circle, Facts, Standing, Talk, Turn
from bot.conversation.turn import turn
from bot.conversation.words import sentences
from bot.understanding import understand
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import write_sheet
from generation.song import Remark, Sheet
from generation.voices.debug import DebugSinger
from storage.songs import Song, Status

ANN, BO = Member("telegram:1", "Ann", "en"), Member("telegram:2", "Bo", "en")
ALONE, GROUP = Place("telegram:1"), Place("telegram:-100", shared=True)
NOTE = Remark(
    "🎵 Computer-made: composed by rules.\nCommercial use: yes, under its parts' licences: own synth.\nCredit: none.",
    "🎵 电脑制作：按规则作曲。\n商用：按各组成部分的许可证可以——内置合成器。\n署名：不强制。",
)


@cache
def paper(text: str = "a calm folk song about the sea, female voice, 90 bpm") -> Sheet:
    return write_sheet(understand(text).request, 7, VerseLyricist(), DebugSinger())


def a_song(status: Status = "made", **more: Any) -> Song:
    known = Song(
        "aaaaaaaaaa",
        ANN.id,
        ANN.name,
        ALONE.id,
        "en",
        status,
        "2026-11-22T10:00:00Z",
        paper().request,
        7,
        sheet=paper(),
    )
    known = replace(known, note=NOTE, files=("sea.mp3",)) if status == "made" else known
    return replace(known, **more)


def audio(name: str = "voice.ogg", content: bytes | None = b"OggS...") -> Attachment:
    return Attachment(name, "audio/ogg", len(content or b"x" * 9), content)


def text_file(content: bytes | None, name: str = "words.txt", media_type: str = "text/plain") -> Attachment:
    return Attachment(name, media_type, len(content or b""), content)


@dataclass
class Chat:
    """One member in one place. What a turn gives is remembered, as the house does."""

    language: str = "en"
    member: Member = ANN
    place: Place = ALONE
    song: Song | None = None
    mine: tuple[Song, ...] | None = None
    circle: Circle | None = None
    talk: Talk = field(default_factory=Talk)
    facts: dict[str, Any] = field(default_factory=dict)
    count: int = 0

    def say(self, text: str = "", verb: str | None = None, *, pointed: bool = False, **more: Any) -> Turn:
        self.count += 1
        mine = self.mine
        if mine is None:
            own = self.song and self.song.owner == self.member.id and self.song.status != "deleted"
            mine = (self.song,) if self.song and own else ()
        facts = Facts(
            self.language,
            "2026-11-22T12:00:00Z",
            100 + self.count,
            self.song,
            pointed,
            mine,
            {song.id: Standing(2, 1, 130.0) for song in mine if song.status in ("waiting", "singing")},
            self.circle,
            **self.facts,
        )
        message = Message(more.pop("id", f"telegram:{self.count}"), self.place, self.member, text, verb, **more)
        come = turn(self.talk, message, facts)
        self.talk, self.circle = come.talk, come.circle
        return come

    def press(self, verb: str, argument: str = "", text: str = "") -> Turn:
        return self.say(text, verb, pointed=True, song=self.song.id if self.song else None, argument=argument)


@cache
def _pattern(key: str, language: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", sentences(language)[key])
    return re.compile(".*?".join(map(re.escape, parts)), re.DOTALL)


def says(reply: Reply, key: str) -> bool:
    """Whether a reply begins with the sentence ``key`` in its language."""
    return _pattern(key, reply.language).match(reply.text) is not None


def told(order: Order) -> str:
    """An order in a word or two, as the table of turns writes it."""
    match order:
        case Write():
            way = "anew" if order.song.parent else "new"
            way = "in place" if order.song.id == a_song().id else way
            return f"Write {way}{', sing' if order.sing else ''}{', hummed' if order.hummed else ''}"
        case Sing() | Cancel():
            return type(order).__name__
        case Parts():
            return f"Parts {' '.join(order.wanted)}"
        case Forget():
            return "Forget one" if order.song else "Forget everything"
    return type(order).__name__


def only_write(come: Turn) -> Write:
    (order,) = come.orders
    assert isinstance(order, Write)
    return order
