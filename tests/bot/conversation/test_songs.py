"""New songs: own words to the letter, hummed tunes, files of every kind, limits, and other people's songs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.asked import song_id
from bot.conversation.message import Attachment
from bot.conversation.orders import Sing, Write
from generation.changes import NewTune, Rewrite, Tune
from generation.song import Marks, TuneNote
from tests.bot.conversation.chats import BO, GROUP, Chat, a_song, audio, only_write, paper, says, text_file, told

WORDS = "The kettle sings at half past three\nThe cat is sleeping on my knee\nAnd no one knows\nand no one knows"
GIVEN = "月亮出来了\n照在窗台上"


def test_the_id_of_a_song_comes_from_its_message(chat: Chat) -> None:
    order = only_write(chat.say("a song about rain", id="telegram:77"))
    assert order.song.id == song_id("telegram:77") == song_id("telegram:77")
    assert len(order.song.id) == 10
    assert order.song.id.isalnum()
    assert song_id("telegram:78") != order.song.id


def test_the_first_answer_says_what_was_understood_and_becomes_the_live_post(chat: Chat) -> None:
    come = chat.say("a sad lo-fi song about rain, female voice")
    (reply,), order = come.replies, only_write(come)
    assert "A sad lo-fi song about rain, female voice." in reply.text
    assert reply.song == order.song.id == come.talk.focus
    assert order.sing
    assert order.song.status == "waiting"
    assert [button.data for row in reply.buttons for button in row] == [f"cancel:{order.song.id}:"]


def test_the_sheet_comes_first_where_the_house_does_so(chat: Chat) -> None:
    chat.facts["sheet_first"] = True
    order = only_write(chat.say("a song about rain"))
    assert (order.sing, order.song.status) == (False, "written")


def test_pasted_words_are_kept_to_the_letter(chat: Chat) -> None:
    assert only_write(chat.say(WORDS)).song.request.lyrics == WORDS
    assert only_write(chat.say(WORDS, "song")).song.request.lyrics == WORDS


@pytest.mark.parametrize("verb", ["song", "sing"])
def test_words_somebody_wrote_are_sung_to_the_letter(chat: Chat, verb: str) -> None:
    order = only_write(chat.say("", verb, quoted=GIVEN))
    assert order.song.request.lyrics == GIVEN
    assert order.sing


def test_sing_this_to_a_wish_sings_the_wish(chat: Chat) -> None:
    order = only_write(chat.say("", "song", quoted="a happy song about my cat"))
    assert order.song.request.lyrics is None
    assert order.song.request.theme == "my cat"


@pytest.mark.parametrize("content", [WORDS.encode(), b"\xef\xbb\xbf" + WORDS.encode()])
def test_a_text_file_is_kept_to_the_letter(chat: Chat, content: bytes) -> None:
    come = chat.say("jazz please", attachment=text_file(content))
    request = only_write(come).song.request
    assert request.lyrics == WORDS
    assert request.genre == ("jazz",)
    assert says(come.replies[0], "song.own_words")


def test_a_chinese_text_file_of_an_older_computer_is_read(chat: Chat) -> None:
    order = only_write(chat.say(attachment=text_file(GIVEN.encode("gb18030"), "歌词.txt", "application/octet-stream")))
    assert order.song.request.lyrics == GIVEN


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (text_file(b"la " * 30_000), "file.lyrics_too_big"),
        (text_file(b"PK\x03\x04" + b"\x00" * 500), "file.not_text"),
        (text_file(b"\x7fELF\x02\x01\x01\x00"), "file.not_text"),
        (text_file(b"  \n \n"), "file.empty"),
        (text_file(None), "file.too_big"),
        (Attachment("song.exe", "application/x-msdownload", 9, b"MZ\x90"), "file.unusable"),
        (Attachment("pack.zip", "application/zip", 9, b"PK\x03\x04"), "file.unusable"),
        (audio(content=None), "file.too_big"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(chat: Chat, file: Attachment, sentence: str) -> None:
    come = chat.say("", attachment=file)
    assert says(come.replies[0], sentence)
    assert come.orders == ()


def test_a_voice_note_alone_is_hummed(chat: Chat) -> None:
    come = chat.say(attachment=audio())
    order = only_write(come)
    assert says(come.replies[0], "song.hummed")
    assert order.hummed == audio()
    assert not order.sing


def test_words_beside_a_voice_note_say_what_the_song_shall_be(chat: Chat) -> None:
    order = only_write(chat.say("a folk song about my village", "hum", attachment=audio()))
    assert order.song.request.genre == ("folk",)
    assert order.hummed


def test_a_voice_note_to_a_draft_becomes_its_chorus_in_place() -> None:
    order = only_write(Chat(song=a_song("written")).say(pointed=True, attachment=audio(), replied="5"))
    assert told(order) == "Write in place, hummed"


def test_a_voice_note_to_a_finished_song_makes_a_new_one() -> None:
    order = only_write(Chat(song=a_song()).say(pointed=True, attachment=audio(), replied="5"))
    assert told(order) == "Write anew, hummed"
    assert order.song.parent == a_song().id


def test_again_draws_anew_from_the_same_recipe() -> None:
    order = only_write(Chat(song=a_song()).press("again"))
    assert order.song.request == paper().request
    assert order.song.seed != a_song().seed
    assert order.song.parent == a_song().id
    assert order.changes == ()


def test_again_keeps_a_hummed_tune() -> None:
    tune = (TuneNote(0.0, 1.0, 60), TuneNote(1.0, 1.0, 64), TuneNote(2.0, 2.0, 67))
    hummed = a_song(sheet=replace(paper(), marks=Marks(tune=tune)))
    assert only_write(Chat(song=hummed).press("again")).changes == (Rewrite(), NewTune(), Tune(tune))


def test_a_failed_song_is_tried_again() -> None:
    assert Chat(song=a_song("failed", sheet=None)).press("sing").orders == (Sing(a_song().id),)


@pytest.mark.parametrize("verb", ["song", "sing", "again", "variation"])
def test_nobody_has_more_songs_on_the_way_than_the_house_allows(verb: str) -> None:
    on_the_way = tuple(a_song("waiting", id=f"bbbbbbbbb{number}") for number in range(3))
    chat = Chat(song=a_song("cancelled"), mine=on_the_way)
    come = chat.say("a song about rain" if verb == "song" else "", verb)
    assert says(come.replies[0], "song.too_many")
    assert come.orders == ()
    assert [button.verb for row in come.replies[0].buttons for button in row] == ["cancel"] * 3


@pytest.mark.parametrize("verb", ["again", "variation", "extend", "shorter", "instrumental"])
def test_in_a_group_anyone_makes_a_version_of_their_own(verb: str) -> None:
    chat = Chat(member=BO, place=GROUP, song=a_song("written", place=GROUP.id))
    order = only_write(chat.say("", verb, pointed=True))
    assert (order.song.owner, order.song.owner_name, order.song.parent) == (BO.id, "Bo", a_song().id)
    assert order.song.id != a_song().id


@pytest.mark.parametrize("verb", ["sing", "cancel", "forget"])
def test_somebody_elses_song_is_sung_stopped_and_deleted_by_its_owner_only(verb: str) -> None:
    song = a_song("written" if verb == "sing" else "singing", place=GROUP.id)
    come = Chat(member=BO, place=GROUP, song=song).press(verb, "yes" if verb == "forget" else "")
    assert says(come.replies[0], "which.not_yours")
    assert come.replies[0].private
    assert come.orders == ()


@pytest.mark.parametrize(
    "verb", ["sing", "change", "again", "lyrics", "licence", "stems", "report", "forget", "cancel"]
)
def test_a_song_of_another_place_is_not_here(verb: str) -> None:
    come = Chat(member=BO, song=a_song()).press(verb, text="in A minor")
    assert says(come.replies[0], "which.not_here") or says(come.replies[0], "status.none")
    assert come.orders == ()


def test_a_forged_button_is_not_here(chat: Chat) -> None:
    assert says(chat.say("", "sing", song="zzzzzzzzzz", pointed=True).replies[0], "which.not_here")


def test_without_a_song_in_focus_the_member_chooses_one() -> None:
    come = Chat(mine=(a_song(), a_song(id="bbbbbbbbbb"))).say("", "lyrics")
    assert [button.data for row in come.replies[0].buttons for button in row] == [
        "lyrics:aaaaaaaaaa:",
        "lyrics:bbbbbbbbbb:",
    ]


def test_in_a_group_the_song_has_to_be_pointed_at() -> None:
    come = Chat(member=BO, place=GROUP).say("make it slower")
    assert says(come.replies[0], "which.here")
    assert come.talk.expects == ""


def test_a_name_is_cleaned_before_it_is_kept() -> None:
    rude = replace(BO, name="Bo\u202e\n@everyone" + "x" * 200)
    order = only_write(Chat(member=rude).say("a song about rain"))
    assert isinstance(order, Write)
    assert order.song.owner_name.startswith("Bo @everyonexx")
    assert len(order.song.owner_name) == 64


def test_the_sheet_of_the_song_in_focus_is_shown_when_no_other_is_meant() -> None:
    come = Chat(song=a_song("written")).say("", "sheet")
    assert paper().lyrics.title in come.replies[0].text
    assert come.orders == ()


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("show me the sheet of a song about my cat first", "my cat"),
        ("please show me the lyrics for a song about the sea first.", "the sea"),
        ("先给我看看一首雨天的歌的谱", "雨天"),
    ],
)
def test_a_plain_wish_for_the_sheet_is_read_without_what_is_said_of_the_sheet(text: str, theme: str) -> None:
    order = only_write(Chat().say(text))
    assert order.song.request.theme == theme
    assert not order.sing


def test_words_that_mention_a_song_are_words_all_the_same(chat: Chat) -> None:
    words = "Roses are red\nViolets are blue\nI sing this song\nTo only you"
    assert only_write(chat.say(words)).song.request.lyrics == words


def test_a_list_of_wishes_is_no_lyrics(chat: Chat) -> None:
    request = only_write(chat.say("genre: jazz\nmood: sad\ntempo: 80 bpm\nvoice: female", "song")).song.request
    assert request.lyrics is None
    assert request.genre == ("jazz",)
