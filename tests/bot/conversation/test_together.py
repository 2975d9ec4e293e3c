"""A song that several people write, line by line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.conversation.news import sheet_card
from bot.conversation.talk import Circle
from bot.conversation.together import credited
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import write_sheet
from generation.song import from_json, to_json
from generation.voices.debug import DebugSinger
from tests.bot.conversation.chats import ANN, BO, GROUP, Chat, a_song, only_write, says

LINES = (
    "The harbour lights are going down",
    "There is no noise in all the town",
    "We count the boats as they come in",
    "And every one of them is kin",
    "So sing it loud and sing it clear",
    "The boats are home, the boats are here",
    "The sea can wait another day",
    "It never was that far away",
)


def begun(language: str = "en") -> Chat:
    chat = Chat(language, place=GROUP)
    chat.say("our harbour" if language == "en" else "我们的港口", "together")
    return chat


def write(chat: Chat, lines: tuple[str, ...]) -> None:
    for at, line in enumerate(lines):
        chat.member = (ANN, BO)[at % 2]
        chat.say(line)
    chat.member = ANN


def test_a_circle_begins_with_what_it_is_about_and_asks_for_a_line(chat: Chat) -> None:
    (reply,) = chat.say("our harbour", "together").replies
    assert "our harbour" in reply.text
    assert reply.asks
    assert chat.circle
    assert chat.circle.host == ANN.id


def test_each_line_is_confirmed_with_a_hint_of_metre_and_rhyme() -> None:
    chat = begun()
    (reply,) = chat.say(LINES[0]).replies
    assert LINES[0] in reply.text
    assert "about 8 syllables" in reply.text
    assert "rhyming with “down”" in reply.text
    assert reply.asks


def test_the_hint_in_chinese_counts_characters() -> None:
    chat = begun("zh")
    (reply,) = chat.say("港口的灯都灭了").replies
    assert "7 个字左右" in reply.text
    assert "和“灭”押韵" in reply.text


def test_a_line_that_does_not_rhyme_is_taken_and_remarked_upon() -> None:
    chat = begun()
    chat.say(LINES[0])
    (reply,) = chat.say("There is no noise in all the street").replies
    assert "doesn't rhyme with “down”" in reply.text
    assert chat.circle
    assert len(chat.circle.lines) == 2


def test_a_member_takes_back_their_own_last_line_only() -> None:
    chat = begun()
    write(chat, LINES[:3])
    chat.member = BO
    assert LINES[1] in chat.say("undo").replies[0].text
    assert says(chat.say("", "together", argument="undo").replies[0], "circle.nothing_to_undo")
    assert chat.circle
    assert [line.text for line in chat.circle.lines] == [LINES[0], LINES[2]]


def test_the_last_line_orders_the_song_with_everybodys_name() -> None:
    chat = begun()
    write(chat, LINES[:7])
    chat.member = BO
    come = chat.say(LINES[7])
    order = only_write(come)
    assert chat.circle is None
    assert (order.song.owner, order.song.owner_name) == (ANN.id, "Ann")
    assert order.sing
    assert order.credits == tuple((line, ("Ann", "Bo")[at % 2]) for at, line in enumerate(LINES))
    assert "Ann, Bo" in come.replies[0].text
    assert order.song.request.lyrics == "\n".join(["[Verse]", *LINES[:4], "", "[Chorus]", *LINES[4:]])


def test_the_names_are_on_the_written_sheet() -> None:
    chat = begun()
    write(chat, LINES[:7])
    order = only_write(chat.say(LINES[7]))
    sheet = credited(write_sheet(order.song.request, 7, VerseLyricist(), DebugSinger()), order.credits)
    sung = {line.text: line.by for part in sheet.lyrics.sections for line in part.lines}
    assert sung == dict(order.credits)


def test_the_host_may_end_it_early_from_four_lines_on() -> None:
    chat = begun()
    write(chat, LINES[:3])
    assert says(chat.say("", "together", argument="sing").replies[0], "circle.too_few")
    chat.member = BO
    chat.say(LINES[3])
    assert says(chat.say("sing it").replies[0], "circle.only_host")
    chat.member = ANN
    order = only_write(chat.say("sing it"))
    assert order.song.request.lyrics == "\n".join(["[Verse]", *LINES[:4]])


def test_the_host_may_put_it_aside() -> None:
    chat = begun()
    chat.member = BO
    assert says(chat.say("", "together", argument="stop").replies[0], "circle.only_host")
    chat.member = ANN
    assert says(chat.say("", "together", argument="stop").replies[0], "circle.stopped")
    assert chat.circle is None


@pytest.mark.parametrize("line", ["🎉🎉", "la " * 60])
def test_a_line_nobody_can_sing_is_refused(line: str) -> None:
    chat = begun()
    assert says(chat.say(line).replies[0], "circle.unsingable")
    assert chat.circle
    assert chat.circle.lines == ()


def test_several_lines_at_once_are_several_lines() -> None:
    chat = begun()
    chat.say("\n".join(LINES[:3]))
    assert chat.circle
    assert [line.text for line in chat.circle.lines] == list(LINES[:3])


def test_people_who_chat_meanwhile_are_not_written_down() -> None:
    chat = begun()
    come = chat.say("did you see the match?", addressed=False)
    assert come.replies == ()
    assert isinstance(come.circle, Circle)
    assert come.circle.lines == ()


def test_questions_are_answered_meanwhile() -> None:
    chat = begun()
    assert says(chat.say("what can you do?").replies[0], "help.hello")
    assert chat.circle


def test_a_complete_circle_waits_while_its_host_has_too_many_songs_on_the_way() -> None:
    chat = begun()
    write(chat, LINES[:7])
    chat.facts["most_open"] = 0
    come = chat.say(LINES[7])
    assert says(come.replies[0], "song.too_many")
    assert chat.circle
    chat.facts["most_open"] = 3
    assert only_write(chat.say("sing it")).song.request.lyrics


def test_a_line_is_given_by_its_button() -> None:
    chat = begun()
    (reply,) = chat.say("", "together").replies
    button = reply.buttons[0][0]
    assert (button.data, bool(button.asks)) == ("together::line", True)
    chat.say(LINES[0], "together", argument="line")
    assert chat.say("", "together", argument="line").replies[0].asks
    chat.say(LINES[1], addressed=False)
    assert chat.circle
    assert [line.text for line in chat.circle.lines] == list(LINES[:2])


def test_a_button_of_a_circle_that_is_over_says_so(chat: Chat) -> None:
    assert says(chat.say(LINES[0], "together", argument="line").replies[0], "circle.over")


def test_everybody_who_wrote_is_named_with_the_song() -> None:
    chat = begun()
    write(chat, LINES[:7])
    order = only_write(chat.say(LINES[7]))
    sheet = credited(write_sheet(order.song.request, 7, VerseLyricist(), DebugSinger()), order.credits)
    assert "Words: Ann, Bo" in sheet_card(replace(order.song, sheet=sheet), "en").text


def test_a_circle_is_kept_as_json() -> None:
    chat = begun()
    write(chat, LINES[:3])
    assert from_json(json.loads(json.dumps(to_json(chat.circle))), Circle) == chat.circle


def test_somebody_writing_alone_may_order_another_song_meanwhile(chat: Chat) -> None:
    chat.say("our harbour", "together")
    order = only_write(chat.say("write a sad song about my old bicycle"))
    assert order.song.request.theme == "my old bicycle"
    assert chat.circle


def test_the_songs_on_the_way_that_count_are_the_hosts() -> None:
    chat = begun()
    write(chat, LINES[:-1])
    complete, chat.member = chat.circle, BO
    chat.facts["host_open"] = 3
    come = chat.say(LINES[-1])
    assert says(come.replies[0], "circle.host_busy")
    assert not come.orders
    chat.circle, chat.facts["host_open"] = complete, 0
    chat.mine = tuple(a_song("waiting", id=f"aaaaaaaaa{number}", owner=BO.id) for number in range(3))
    assert only_write(chat.say(LINES[-1])).song.owner == ANN.id
