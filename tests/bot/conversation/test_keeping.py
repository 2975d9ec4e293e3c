"""Parts, checking a file, deleting, reporting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.orders import Check, Forget, Parts, Report
from tests.bot.conversation.chats import ANN, BO, GROUP, Chat, a_song, audio, says, text_file


def test_parts_are_offered_as_a_menu() -> None:
    (reply,) = Chat(song=a_song()).say("", "stems").replies
    parts = [button.argument for row in reply.buttons for button in row]
    assert parts == ["stems", "karaoke", "midi", "lrc", "sheet", "passport"]


@pytest.mark.parametrize(
    ("text", "wanted"), [("midi", ("midi",)), ("the MIDI and the chords", ("midi", "sheet")), ("给我分轨", ("stems",))]
)
def test_parts_that_are_named_are_made(text: str, wanted: tuple[str, ...]) -> None:
    assert Chat(song=a_song()).say(text, "stems").orders == (Parts("aaaaaaaaaa", wanted),)


def test_a_part_is_made_at_the_press_of_its_button_and_a_forged_one_is_not() -> None:
    assert Chat(song=a_song()).press("stems", "lrc").orders == (Parts("aaaaaaaaaa", ("lrc",)),)
    assert Chat(song=a_song()).press("stems", "../../etc").orders == ()


def test_a_file_is_checked(chat: Chat) -> None:
    assert chat.say("was this song made here?", attachment=audio("a.mp3")).orders == (Check(audio("a.mp3")),)
    assert chat.say("", "check", attachment=audio("a.mp3")).orders == (Check(audio("a.mp3")),)


def test_a_file_sent_after_the_question_is_checked(chat: Chat) -> None:
    assert says(chat.say("", "check").replies[0], "file.check_how")
    assert chat.say(attachment=audio("a.mp3")).orders == (Check(audio("a.mp3")),)


@pytest.mark.parametrize(
    ("file", "sentence"), [(audio(content=None), "file.too_big"), (text_file(b"words"), "file.unusable")]
)
def test_what_is_no_audio_is_not_checked(chat: Chat, file: object, sentence: str) -> None:
    assert says(chat.say("", "check", attachment=file).replies[0], sentence)


def test_a_song_that_is_answered_was_made_here() -> None:
    assert says(Chat(song=a_song()).say("", "check", pointed=True).replies[0], "check.yes")


def test_a_song_is_deleted_after_a_yes_only() -> None:
    chat = Chat(song=a_song())
    asked = chat.press("forget")
    yes, no = asked.replies[0].buttons[0]
    assert asked.orders == ()
    assert chat.press(no.verb, no.argument).orders == ()
    assert chat.press(yes.verb, yes.argument).orders == (Forget(ANN.id, "aaaaaaaaaa"),)


@pytest.mark.parametrize("text", ["forget everything about me", "everything", "删除我的所有数据"])
def test_everything_is_deleted_after_a_yes_only(text: str) -> None:
    chat = Chat(song=a_song())
    asked = chat.say(text, "forget")
    yes = asked.replies[0].buttons[0][0]
    assert asked.orders == ()
    assert "1" in asked.replies[0].text
    chat.song = None
    assert chat.say("", yes.verb, song=yes.song, argument=yes.argument).orders == (Forget(ANN.id),)


def test_nobody_deletes_their_data_by_somebody_elses_button() -> None:
    yes = Chat(place=GROUP).say("everything", "forget").replies[0].buttons[0][0]
    come = Chat(place=GROUP, member=BO).say("", yes.verb, song=yes.song, argument=yes.argument)
    assert come.orders == ()


def test_a_moderator_may_stop_and_delete_a_song() -> None:
    song = a_song("singing")
    assert Chat(member=BO, song=song, facts={"is_moderator": True}).press("cancel").orders
    assert Chat(member=BO, song=song, facts={"is_moderator": True}).press("forget", "yes").orders == (
        Forget(ANN.id, song.id),
    )


def test_a_report_takes_its_reason_word_for_word() -> None:
    chat = Chat(member=BO, place=GROUP, song=a_song(place=GROUP.id))
    assert chat.press("report").replies[0].asks
    come = chat.say("how far is this rude song allowed to go?")
    assert come.orders == (Report(BO.id, "aaaaaaaaaa", "how far is this rude song allowed to go?"),)
    assert come.replies[0].private


def test_a_reason_given_at_once_is_not_asked_for() -> None:
    come = Chat(song=a_song()).say("I want to report this song, it names my neighbour")
    assert says(come.replies[0], "report.thanks")


def test_a_report_is_bounded() -> None:
    (order,) = Chat(song=a_song()).say("x" * 7000, "report").orders
    assert isinstance(order, Report)
    assert len(order.text) == 1000


def test_a_deleted_song_is_gone_for_every_verb() -> None:
    chat = Chat(song=replace(a_song(), status="deleted"))
    for verb in ("sing", "change", "again", "stems", "licence", "lyrics", "report", "forget", "hum"):
        come = chat.say("in A minor", verb, pointed=True, song="aaaaaaaaaa")
        assert says(come.replies[0], "status.deleted")
        assert come.orders == ()
