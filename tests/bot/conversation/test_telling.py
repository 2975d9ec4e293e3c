"""Questions: my songs as families, the licence for a use, the quota, the language, help."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files
from typing import get_args

import pytest

from bot.conversation.orders import SetLanguage
from bot.conversation.verbs import verbs
from bot.conversation.words import help_groups, say
from generation.changes import Tempo, changes_to_json
from generation.passport.components import Answer
from generation.song import Remark
from tests.bot.conversation.chats import BO, NOTE, Chat, a_song, says

USE = tomllib.loads(files("generation.passport").joinpath("words/en.toml").read_text("utf-8"))["use"]


def test_my_songs_are_a_tree_of_families_the_newest_first() -> None:
    songs = (
        a_song("waiting", id="dddddddddd", parent="cccccccccc", sheet=None, name="Rain III", created="2026-11-22T13"),
        a_song(id="cccccccccc", parent="bbbbbbbbbb", sheet=None, name="Rain II", created="2026-11-22T12"),
        a_song("written", id="eeeeeeeeee", sheet=None, name="Snow", created="2026-11-22T11"),
        a_song(id="bbbbbbbbbb", sheet=None, name="Rain", created="2026-11-22T09"),
    )
    (reply,) = Chat(mine=songs).say("show my songs").replies
    assert reply.text.split("\n") == [
        "Your songs (4):",
        "♪ Rain · finished",
        "└ Rain II · finished",
        "　└ Rain III · in the queue",
        "♪ Snow · on paper",
    ]
    assert reply.buttons[0][0].data == "mine:dddddddddd:"


def test_a_family_that_goes_in_a_circle_ends_all_the_same() -> None:
    songs = (a_song(id="bbbbbbbbbb", parent="cccccccccc"), a_song(id="cccccccccc", parent="bbbbbbbbbb"))
    assert says(Chat(mine=songs).say("", "mine").replies[0], "mine.head")


def test_a_song_chosen_from_the_list_shows_its_card() -> None:
    chat = Chat(song=a_song("written"))
    (reply,) = chat.press("mine").replies
    assert "90 bpm" in reply.text
    assert reply.song == chat.talk.focus == "aaaaaaaaaa"


@pytest.mark.parametrize(
    ("question", "use"),
    [("can I use this in an ad?", "In an ad"), ("may I put it on Spotify", "On a streaming platform")],
)
@pytest.mark.parametrize("answer", get_args(Answer))
def test_a_use_that_is_named_is_answered_as_far_as_the_note_goes(question: str, use: str, answer: str) -> None:
    terms = USE[answer].format(parts="own synth", conditions="if your words are yours", names="own synth")
    note = Remark(f"🎵 Computer-made: composed by rules.\n{terms}\nCredit: none required.", "")
    (reply,) = Chat(song=a_song(note=note)).say(question, "licence").replies
    assert say(f"licence.{answer}", "en", use=use) in reply.text.split("\n")
    assert reply.text.endswith(note.en)


def test_the_licence_in_chinese() -> None:
    (reply,) = Chat("zh", song=a_song()).say("这首歌能用在广告里吗？").replies
    assert "用在广告里：可以" in reply.text
    assert reply.text.endswith(NOTE.zh)


def test_private_listening_is_always_allowed() -> None:
    assert (
        "For yourself and your friends: yes." in Chat(song=a_song()).say("for friends only", "licence").replies[0].text
    )


def test_the_quota_says_what_is_true() -> None:
    mine = (a_song(), a_song("singing", id="bbbbbbbbbb"), a_song(id="cccccccccc", created="2026-11-21T10:00:00Z"))
    (reply,) = Chat(mine=mine).say("how many songs do I have left?").replies
    assert "made 1 today; 1 of at most 3" in reply.text
    assert reply.private


@pytest.mark.parametrize(("text", "code"), [("Chinese", "zh"), ("请说英文", "en"), ("zh", "zh"), ("中文", "zh")])
def test_the_language_is_set_and_answered_in(chat: Chat, text: str, code: str) -> None:
    come = chat.say(text, "language")
    assert come.orders == (SetLanguage(chat.member.id, code),)
    assert come.replies[0].language == code


def test_the_language_is_asked_for_by_buttons(chat: Chat) -> None:
    (row,) = chat.say("", "language").replies[0].buttons
    assert [button.data for button in row] == ["language::en", "language::zh"]
    assert chat.say("", "language", argument="zh").orders


def test_help_names_every_verb_once_in_short_lines() -> None:
    assert sorted(name for each in help_groups().values() for name in each) == sorted(verbs())
    for language in ("en", "zh"):
        (reply,) = Chat(language).say("", "help").replies
        for verb in verbs().values():
            assert f"/{verb.name} – {verb.says[language]}" in reply.folded[0].text


def test_every_open_song_has_its_place_its_estimate_and_its_button() -> None:
    mine = (a_song("waiting"), a_song("singing", id="bbbbbbbbbb"))
    (reply,) = Chat(mine=mine).say("how far is my song?").replies
    assert "Number 2 in the queue: another member's song comes first" in reply.text
    assert reply.text.count("about 2 minutes") == 2
    assert [row[0].data for row in reply.buttons] == ["cancel:aaaaaaaaaa:", "cancel:bbbbbbbbbb:"]


def test_which_of_several_songs_to_stop_is_asked() -> None:
    mine = (a_song("waiting"), a_song("singing", id="bbbbbbbbbb"))
    come = Chat(mine=mine).say("stop it")
    assert says(come.replies[0], "stop.which")
    assert come.orders == ()


def test_another_members_state_is_none_of_ones_business() -> None:
    assert says(Chat(member=BO, song=a_song("singing")).say("", "status", pointed=True).replies[0], "status.none")


def test_versions_in_a_list_say_what_sets_them_apart() -> None:
    first = a_song()
    slower = a_song(id="bbbbbbbbbb", parent=first.id, changes=tuple(changes_to_json((Tempo(factor=0.9),))))
    (reply,) = Chat(mine=(slower, first)).say("", "mine").replies
    assert "└ 10 % slower" in reply.text
    assert [button.label for row in reply.buttons for button in row] == ["10 % slower", first.title]
    (status,) = Chat(song=replace(slower, status="waiting")).say("", "status").replies
    assert f"{first.title} (10 % slower)" in status.text


@pytest.mark.parametrize(("code", "label"), [("en", "Change"), ("zh", "修改")])
def test_a_language_chosen_brings_the_buttons_of_the_song_at_hand(code: str, label: str) -> None:
    (reply,) = Chat("zh" if code == "en" else "en", song=a_song()).say(verb="language", argument=code).replies
    assert reply.language == code
    assert any(label in button.label for row in reply.buttons for button in row)
