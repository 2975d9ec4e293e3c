"""One thing changes and the rest stays: in place for a draft, as a new song for any other."""

from __future__ import annotations

import pytest

from bot.conversation.told import told
from generation.changes import (
    Change,
    Chords,
    Drop,
    Feel,
    Instruments,
    Key,
    Language,
    Length,
    Level,
    Metre,
    NewTune,
    Replace,
    Retune,
    Reword,
    Rewrite,
    Say,
    Tempo,
    Title,
    Tune,
    Vocals,
    changes_from_json,
    changes_to_json,
)
from generation.song import SongRequest, TuneNote
from storage.songs import Status
from tests.bot.conversation.chats import BO, GROUP, Chat, a_song, only_write, paper, says
from tests.bot.conversation.chats import told as order_told

EVERY: tuple[tuple[Change, str, str], ...] = (
    (Reword("verse 1/2", "Then it rained"), "line 2 of verse 1: “Then it rained”",
     "第 1 段主歌第 2 句改成“Then it rained”"),
    (Replace("rain", "snow"), "“rain” becomes “snow”", "“rain”改成“snow”"),
    (Rewrite("verse 2", "my dog"), "new words about my dog for verse 2", "第 2 段主歌重新写词，写my dog"),
    (Rewrite(), "new words for the whole song", "整首歌重新写词"),
    (Say("行", "xing2", "verse 2/1"), "line 1 of verse 2: “行” sounds like “xing2”",
     "第 2 段主歌第 1 句里的“行”读作“xing2”"),
    (Title("Snow"), "title: “Snow”", "歌名改成《Snow》"),
    (Key("Bb minor"), "key: Bb minor", "改为降B小调"),
    (Key(semitones=-1), "a semitone lower", "降低半音"),
    (Key(semitones=2), "2 semitones higher", "升高 2 个半音"),
    (Tempo(95.0), "95 bpm", "速度改为每分钟 95 拍"),
    (Tempo(factor=0.9), "10 % slower", "慢 10%"),
    (Metre("3/4"), "metre: 3/4", "改为 3/4 拍"),
    (Instruments(("erhu", "piano"), ("drums",)), "with erhu, piano; without drums", "加上二胡、钢琴；去掉鼓"),
    (Instruments((), ("drums",), "chorus"), "chorus: without drums", "副歌去掉鼓"),
    (Level("vocals", 3.0), "the voice louder", "人声大声一点"),
    (Level("drums", -3.0), "drums softer", "鼓小声一点"),
    (Language("zh"), "sung in Mandarin", "改用普通话唱"),
    (Vocals("male"), "male voice", "换成男声"),
    (Chords("chorus", ("Am", "F")), "chorus: chords Am F", "副歌的和弦改为 Am F"),
    (Chords("bridge 1"), "bridge: other chords", "桥段换一组和弦"),
    (Feel(("happy",), section="chorus", energy=0.2), "chorus: happy", "副歌改得快乐"),
    (Feel(energy=-0.2), "the whole song: calmer", "整首歌改得更平静"),
    (Length(150.0), "length: 2:30", "长度改为 2:30"),
    (Length(more_s=-30.0), "0:30 shorter", "缩短 0:30"),
    (Length(sections=("chorus",)), "with another chorus", "再加一段副歌"),
    (Drop("verse 2"), "without verse 2", "去掉第 2 段主歌"),
    (Tune((TuneNote(0.0, 1.0, 60),)), "your hummed tune in the chorus", "副歌用你哼的旋律"),
    (Retune(-1, 2), "the last note higher", "最后一个音升高"),
    (Retune(3, -1), "note 3 lower", "第 3 个音降低"),
    (NewTune(), "another tune and arrangement to the same words", "词不变，换一个曲调和编曲"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "en", "zh"), EVERY, ids=lambda value: type(value).__name__)
def test_every_change_is_told(change: Change, en: str, zh: str) -> None:
    assert told((change,), "en") == en
    assert told((change,), "zh") == zh


def test_every_kind_of_change_is_in_the_list() -> None:
    assert {type(change) for change, _, _ in EVERY} == set(Change.__args__)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "new words and a new tune; 10 % slower"), ("zh", "词和曲都重写；慢 10%")]
)
def test_new_words_and_a_new_tune_are_told_as_one(language: str, said: str) -> None:
    assert told((Rewrite(), NewTune(), Tempo(factor=0.9)), language) == said


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("another take, but slower", (NewTune(), Tempo(factor=0.9))),
        ("once more, in A minor please", (NewTune(), Key("A minor"))),
        ("再来一版，慢一点", (NewTune(), Tempo(factor=0.9))),
        ("make it slower", (Tempo(factor=0.9),)),
    ],
)
def test_another_take_with_a_change_does_both_and_a_change_alone_only_that(
    text: str, changes: tuple[Change, ...]
) -> None:
    order = only_write(Chat(song=a_song()).say(text))
    assert order.changes == changes
    assert order.song.parent == a_song().id


@pytest.mark.parametrize(
    ("text", "language"),
    [("line 2: the gutters sing a silver tune", "en"), ("D大调，不要鼓", "zh"), ("in D major, no drums", "en")],
)
def test_what_only_names_a_change_is_no_new_song(text: str, language: str) -> None:
    assert order_told(only_write(Chat(language, song=a_song("written")).say(text))) == "Write in place"


@pytest.mark.parametrize(
    ("text", "language"), [("undo that", "en"), ("go back", "en"), ("改回去", "zh"), ("撤销", "zh")]
)
def test_the_way_back_is_the_version_before(text: str, language: str) -> None:
    before = a_song(id="pppppppppp")
    version = a_song(parent=before.id)
    come = Chat(language, song=version, mine=(version, before)).say(text)
    assert says(come.replies[0], "change.back")
    assert come.replies[0].buttons[0][0].data == "mine:pppppppppp:"
    assert says(Chat(language, song=a_song("written")).say(text).replies[0], "change.no_way_back")


def test_a_draft_changes_in_place_and_free() -> None:
    draft = a_song("written")
    order = only_write(Chat(song=draft).say("in A minor", "change"))
    assert order.song.id == draft.id
    assert order.song.sheet == draft.sheet
    assert order.changes == (Key("A minor"),)
    assert not order.sing


def test_a_finished_song_stays_and_a_new_one_knows_its_parent_and_its_changes() -> None:
    come = Chat(song=a_song()).say("in A minor, no drums", "change")
    order = only_write(come)
    assert order.song.parent == a_song().id
    assert order.song.sheet is None
    assert changes_from_json(list(order.song.changes)) == order.changes
    assert order.sing
    assert "A minor" in come.replies[0].text
    assert come.replies[0].song == order.song.id


def test_a_draft_of_a_version_collects_its_changes() -> None:
    draft = a_song("written", parent="pppppppppp", changes=tuple(changes_to_json((NewTune(),))))
    order = only_write(Chat(song=draft).say("in A minor", "change"))
    assert changes_from_json(list(order.song.changes)) == (NewTune(), Key("A minor"))


def test_a_change_while_the_first_version_is_sung_comes_after_it_unless_that_is_stopped() -> None:
    come = Chat(song=a_song("singing")).say("in A minor", "change")
    live, first = come.replies
    assert live.song == only_write(come).song.id
    assert says(first, "song.first_goes_on")
    assert first.buttons[0][0].data == "cancel:aaaaaaaaaa:"
    assert order_told(only_write(come)) == "Write anew, sing"


def test_change_alone_asks_and_the_answer_is_taken() -> None:
    chat = Chat(song=a_song("written"))
    assert chat.press("change").replies[0].asks
    assert only_write(chat.say("in A minor")).changes == (Key("A minor"),)


def test_what_cannot_be_read_is_asked_again() -> None:
    chat = Chat(song=a_song("written"))
    come = chat.say("blorp the frobnicator", "change")
    assert come.replies[0].asks
    assert come.orders == ()
    assert chat.talk.expects == "change"


def test_a_new_wish_ends_the_question_what_to_change() -> None:
    chat = Chat(song=a_song("written"))
    chat.press("change")
    assert order_told(only_write(chat.say("write a song about my grandmother"))) == "Write new, sing"


def test_an_answer_to_a_song_that_names_a_change_is_one() -> None:
    order = only_write(Chat(song=a_song()).say("no drums", pointed=True, replied="7"))
    assert order.changes == (Instruments(unwanted=("drums",)),)


def test_half_a_minute_longer_a_quarter_shorter() -> None:
    assert only_write(Chat(song=a_song()).press("extend")).changes == (Length(more_s=30.0),)
    (shorter,) = only_write(Chat(song=a_song()).press("shorter")).changes
    assert isinstance(shorter, Length)
    assert -0.3 * paper().plan.duration_s < shorter.more_s < -0.2 * paper().plan.duration_s


def test_no_song_becomes_longer_than_the_house_allows() -> None:
    come = Chat(song=a_song(), facts={"longest_s": 120.0}).press("extend")
    assert says(come.replies[0], "change.too_long")
    assert "2:00" in come.replies[0].text
    assert come.orders == ()


def test_an_instrumental_has_no_voice_to_lose() -> None:
    silent = paper("an instrumental piano piece")
    come = Chat(song=a_song(sheet=silent)).press("instrumental")
    assert says(come.replies[0], "change.no_voice")


@pytest.mark.parametrize(("status", "sentence"), [("waiting", "which.unwritten"), ("failed", "which.never_written")])
@pytest.mark.parametrize("verb", ["change", "variation", "extend", "shorter", "instrumental", "lyrics"])
def test_a_song_not_on_paper_cannot_be_changed_yet(verb: str, status: Status, sentence: str) -> None:
    come = Chat(song=a_song(status, sheet=None, request=SongRequest())).say("in A minor", verb)
    assert says(come.replies[0], sentence)
    assert come.orders == ()


def test_a_line_given_in_a_group_carries_its_writers_name() -> None:
    chat = Chat(member=BO, place=GROUP, song=a_song(place=GROUP.id))
    (change,) = only_write(chat.say("line 2 should be: the gulls are all asleep", "change")).changes
    assert change == Reword("verse 1/2", "the gulls are all asleep", "Bo")
