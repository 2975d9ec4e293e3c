"""Whatever members send, the conversation answers in a sentence and its buttons fit every platform."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.message import Attachment, Member, Place
from bot.conversation.talk import Circle, GivenLine, Talk, Turn
from bot.conversation.verbs import verbs
from generation.song import SongRequest
from storage.songs import Song, Status
from tests.bot.conversation.chats import ALONE, ANN, BO, GROUP, Chat, a_song

PHRASES = st.sampled_from([example for verb in verbs().values() for example in verb.example.values()])
TEXTS = PHRASES | st.text(max_size=200) | st.text("la \n再来 123:[]{}%/@*", max_size=400)
FILES = st.none() | st.builds(
    Attachment,
    st.text(max_size=20) | st.sampled_from(["a.ogg", "a.txt", "a.zip"]),
    st.sampled_from(["audio/ogg", "text/plain", "application/zip", ""]),
    st.integers(0, 100_000),
    st.none() | st.binary(max_size=300),
)
SONGS = st.none() | st.builds(
    lambda status, shared, paper: a_song(
        status, place=GROUP.id if shared else ALONE.id, **({} if paper else {"sheet": None, "note": None})
    ),
    st.sampled_from(get_args(Status)),
    st.booleans(),
    st.booleans(),
)
CIRCLES = st.none() | st.builds(
    lambda texts: Circle(SongRequest(), ANN.id, 8, tuple(GivenLine(text, "Bo", BO.id) for text in texts), "Ann"),
    st.lists(st.text(max_size=30), max_size=8),
)


def sound(come: Turn) -> None:
    for reply in come.replies:
        assert reply.text.strip()
        assert reply.language in {"en", "zh"}
        assert "\u202e" not in "".join(button.label for row in reply.buttons for button in row)
        for row in reply.buttons:
            assert 1 <= len(row) <= 5
            for button in row:
                assert 1 <= len(button.label) <= 40
                assert len(button.asks) <= 45
                assert button.data.isascii()
                assert len(button.data) <= 64
                assert button.verb in verbs()


@given(
    TEXTS,
    st.none() | st.sampled_from(list(verbs())) | st.text(max_size=5),
    SONGS,
    CIRCLES,
    FILES,
    st.booleans(),
    st.booleans(),
    st.sampled_from([ANN, BO]),
    st.sampled_from([ALONE, GROUP]),
    st.sampled_from(["en", "zh"]),
    st.sampled_from(["", *verbs()]),
    st.sampled_from(["", "yes", "no", "midi", "undo", "sing", "stop", "zh", "../x"]),
)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_message_gets_an_answer(
    text: str,
    verb: str | None,
    song: Song | None,
    circle: Circle | None,
    file: Attachment | None,
    pointed: bool,
    quoted: bool,
    member: Member,
    place: Place,
    language: str,
    expects: str,
    argument: str,
) -> None:
    chat = Chat(language, member, place, song, circle=circle, talk=Talk(expects=expects))
    come = chat.say(text, verb, pointed=pointed, attachment=file, quoted=text[:50] if quoted else "", argument=argument)
    assert come.replies
    sound(come)
    assert come.talk.last_message == "telegram:1"


@pytest.mark.parametrize("text", ["啊" * 8000, "la\n" * 2500, "{" * 8000, "(" * 7999, "1" * 8000, "https://" * 900])
def test_the_longest_message_is_answered_soon(text: str) -> None:
    sound(Chat(song=a_song()).say(text))
