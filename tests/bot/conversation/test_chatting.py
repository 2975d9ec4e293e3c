"""Small talk is answered in the member's language, and which of several songs is meant is heard."""

from __future__ import annotations

import pytest

from bot.conversation.orders import Cancel
from bot.conversation.talk import Circle, GivenLine
from generation.song import SongRequest
from tests.bot.conversation.chats import ANN, Chat, a_song, audio, only_write, says


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("you are stupid", "en", "aside.unkind"),
        ("你真笨", "zh", "aside.unkind"),
        ("are you a robot?", "en", "aside.self"),
        ("你是机器人吗", "zh", "aside.self"),
        ("tell me a joke", "en", "aside.joke"),
        ("讲个笑话", "zh", "aside.joke"),
        ("good night", "en", "aside.bye"),
        ("晚安", "zh", "aside.bye"),
        ("ok", "en", "aside.fine"),
        ("不要", "zh", "aside.fine"),
        ("哈哈哈", "zh", "aside.fine"),
        ("😂😂😂", "en", "aside.wordless"),
        ("……", "zh", "aside.wordless"),
        ("how are you?", "en", "song.chat"),
        ("i love you", "en", "song.welcome"),
        ("牛逼", "zh", "song.welcome"),
    ],
)
def test_small_talk(text: str, language: str, sentence: str) -> None:
    come = Chat(language, song=a_song()).say(text)
    assert says(come.replies[0], sentence), come.replies[0].text
    assert come.orders == ()


@pytest.mark.parametrize(
    ("text", "language"), [("and on spotify?", "en"), ("what about a wedding", "en"), ("婚礼上能放吗", "zh")]
)
def test_one_may_go_on_asking_about_the_licence(text: str, language: str) -> None:
    assert says(Chat(language, song=a_song()).say(text).replies[0], "licence.head")


def test_a_line_that_the_song_does_not_have_is_said() -> None:
    assert "99" in Chat(song=a_song()).say("line 99: hello there").replies[0].text


@pytest.mark.parametrize("text", [".", "?!", "。"])
def test_a_song_about_nothing_but_dots_is_asked_about(text: str) -> None:
    assert says(Chat().say(text, "song").replies[0], "song.about_what")


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("cancel the pears one", "pears"),
        ("cancel the second one", "pears"),
        ("stop the last one", "plums"),
        ("取消第一首", "apples"),
        ("cancel the bananas one", ""),
        ("cancel", "plums"),
    ],
)
def test_the_song_that_is_named_is_stopped(text: str, stopped: str) -> None:
    fruits = ("apples", "pears", "plums")
    songs = [
        a_song(
            "waiting",
            id=f"{fruit:a<10}",
            sheet=None,
            created=f"2026-11-22T10:0{at}:00Z",
            request=SongRequest(theme=fruit),
        )
        for at, fruit in enumerate(fruits)
    ]
    chat = Chat(song=songs[-1], mine=tuple(reversed(songs)))
    come = chat.say(text)
    assert come.orders == ((Cancel(f"{stopped:a<10}"),) if stopped else ())


def test_a_hummed_tune_without_words_is_sung_in_the_members_language() -> None:
    assert only_write(Chat("zh").say("", "hum", attachment=audio())).song.request.message_language == "zh"


def test_alone_too_a_line_is_a_line_and_only_a_wish_for_a_song_is_another_song() -> None:
    begun = Circle(SongRequest(), ANN.id, 8, (GivenLine("The coffee's cold, the code is done", "Ann", ANN.id),))
    chat = Chat(circle=begun)
    assert chat.say("And Monday mornings are no fun").orders == ()
    assert chat.circle is not None
    assert len(chat.circle.lines) == 2
    assert only_write(chat.say("write a song about my cat")).song.request.theme == "my cat"


def test_words_somebody_wrote_are_sung_when_one_says_so_in_chinese() -> None:
    words = "月亮出来照在窗台\n一个人慢慢走回来"
    assert only_write(Chat("zh", song=a_song()).say("唱这个", quoted=words)).song.request.lyrics == words


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("song", "en", "song.about_what"),
        ("写歌", "zh", "song.about_what"),
        ("lyrics", "en", "lyrics.head"),
        ("分轨", "zh", "parts.which"),
        ("进度", "zh", "status.made"),
        ("report", "en", "report.why"),
    ],
)
def test_the_bare_name_of_a_verb_is_its_command(text: str, language: str, sentence: str) -> None:
    come = Chat(language, song=a_song()).say(text)
    assert says(come.replies[0], sentence)
    assert come.orders == ()


@pytest.mark.parametrize(
    ("asked", "answer", "language"), [("delete it", "no", "en"), ("删除我的所有数据", "不用了", "zh")]
)
def test_a_no_in_words_deletes_nothing(asked: str, answer: str, language: str) -> None:
    chat = Chat(language, song=a_song())
    assert chat.say(asked).orders == ()
    come = chat.say(answer)
    assert says(come.replies[0], "forget.kept")
    assert come.orders == ()
