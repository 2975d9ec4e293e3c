"""What the house says of itself: cards, live posts, results, refusals, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation import news
from bot.conversation.orders import Report
from bot.conversation.reply import File, Reply
from bot.conversation.talk import Standing
from generation.changes import Key, Reword, changes_to_json
from generation.errors import WishError
from generation.song import Marks, Remark, TuneNote
from storage.songs import Song
from tests.bot.conversation.chats import NOTE, a_song, paper, says

TITLE = paper().lyrics.title


def buttons(reply: Reply) -> list[str]:
    return [button.data for row in reply.buttons for button in row]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sheet_shows_all_a_musician_asks_for(language: str) -> None:
    reply = news.sheet_card(a_song("written"), language)
    for fact in (TITLE, "90", paper().plan.time_signature, "Dm" if "Dm" in reply.text else ""):
        assert fact in reply.text
    assert paper().score.sections[1].chords[0].name in reply.text
    assert all(line.text in reply.folded[0].text for part in paper().lyrics.sections for line in part.lines)
    assert buttons(reply) == ["sing:aaaaaaaaaa:", "change:aaaaaaaaaa:", "again:aaaaaaaaaa:"]


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (Standing(1, 0, 40.0), "Next in line.\nReady in about 40 seconds."),
        (Standing(3, 0, 200.0), "Number 3 in the queue: your other songs come first.\nReady in about 3 minutes."),
        (
            Standing(4, 2, 61.0),
            "songs of 2 other members come first, so that everyone gets a turn.\nReady in about a minute",
        ),
        (Standing(0, 0, 20.0, "voice", 0.42), "Singing ▓▓▓▓░░░░░░ 42 %\nReady in about 20 seconds."),
        (Standing(0, 0, 1.0, "mix", 1.7), "Mixing ▓▓▓▓▓▓▓▓▓▓ 100 %\nReady any moment."),
        (Standing(0, 0, 30.0), "Getting ready ░░░░░░░░░░ 0 %"),
    ],
)
def test_the_live_post_says_where_a_song_stands_and_why(standing: Standing, told: str) -> None:
    reply = news.live(a_song("waiting"), standing, "en")
    assert told in reply.text
    assert TITLE in reply.text
    assert buttons(reply) == ["cancel:aaaaaaaaaa:"]


def test_the_live_post_of_a_song_not_on_paper_yet() -> None:
    assert says(news.live(a_song("waiting", sheet=None), Standing(1, 0, 60.0), "zh"), "card.title")


def test_the_result_has_its_facts_its_licence_and_all_its_buttons() -> None:
    file = File("sea.mp3", "audio/mpeg", content=b"ID3")
    changed = a_song(parent="pppppppppp", changes=tuple(changes_to_json((Key("A minor"),))))
    reply = news.finished(changed, (file,), "en")
    assert reply.files == (file,)
    assert "Changed: key: A minor" in reply.text
    assert reply.text.endswith("Commercial use: yes, under its parts' licences: own synth.")
    assert [fold.title for fold in reply.folded] == ["Lyrics", "The whole licence note"]
    assert reply.folded[1].text == NOTE.en
    assert [data.split(":")[0] for data in buttons(reply)] == [
        "again",
        "change",
        "extend",
        "stems",
        "licence",
        "forget",
    ]
    assert reply.song == changed.id


def test_a_caption_fits_telegram_with_remarks_in_both_languages() -> None:
    remarks = (Remark("The band plays no metal, so it is rock." * 2, "乐队不会金属，改用摇滚。" * 2),)
    for language in ("en", "zh"):
        assert len(news.finished(a_song(remarks=remarks), (), language).text) < 600


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_caption_is_never_longer_than_900_characters(language: str) -> None:
    long = tuple(Remark(f"{number} " + "so it goes " * 40, f"{number} " + "就是这样" * 90) for number in range(5))
    changes = tuple(changes_to_json(tuple(Reword(f"verse 1/{line}", "la " * 40) for line in range(1, 30))))
    song = a_song(remarks=long, parent="pppppppppp", changes=changes)
    text = news.finished(song, (), language).text
    assert len(text) <= 900
    assert text.endswith(("own synth.", "内置合成器。", "内置合成器"))


def test_a_remark_of_the_plan_and_of_the_band_is_said_once() -> None:
    said = Remark("No erhu here.", "这里没有二胡。")
    planned = replace(paper(), plan=replace(paper().plan, remarks=(said,)))
    assert news.finished(a_song(sheet=planned, remarks=(said,)), (), "en").text.count("No erhu") == 1


def test_the_card_of_a_hummed_song_shows_the_tune_as_it_is_now() -> None:
    tune = (TuneNote(0.0, 1.0, 60), TuneNote(1.0, 1.0, 66))
    song = a_song("written", sheet=replace(paper(), marks=Marks(tune=tune)))
    assert "Chorus tune: C4 F#4" in news.sheet_card(song, "en").text
    assert news.heard(song, tune, b"").text.count("C4 F#4") == 1


def test_what_the_band_did_otherwise_is_said() -> None:
    song = a_song(remarks=(Remark("No erhu here.", "这里没有二胡。"),))
    assert "No erhu here." in news.finished(song, (), "en").text
    assert "这里没有二胡。" in news.finished(song, (), "zh").text


@pytest.mark.parametrize("said", [news.finished_live, news.failed, news.cancelled])
@pytest.mark.parametrize("language", ["", "en", "zh"])
def test_the_end_of_a_live_post(said: object, language: str) -> None:
    song = a_song("failed", reason=Remark("The disk is full.", "磁盘满了。"))
    reply = said(song, language)  # type: ignore[operator]
    assert TITLE in reply.text
    assert reply.language == (language or song.language)


def test_a_failure_says_why_and_offers_to_try_again() -> None:
    reply = news.failed(a_song("failed", reason=Remark("The disk is full.", "磁盘满了。")))
    assert "The disk is full." in reply.text
    assert "sing:aaaaaaaaaa:" in buttons(reply)


def test_a_hummed_tune_is_shown_as_notes_and_picture() -> None:
    tune = (TuneNote(0.0, 1.0, 60), TuneNote(1.0, 1.0, 66))
    reply = news.heard(a_song("written"), tune, b"\x89PNG")
    assert "C4 F#4" in reply.text
    assert reply.files[0].media_type == "image/png"
    assert "sing:aaaaaaaaaa:" in buttons(reply)
    assert "C4 | F#4" in news.heard(a_song("written"), tune, b"", "C4 | F#4").text


@pytest.mark.parametrize("found", [None, a_song()])
@pytest.mark.parametrize("song", [None, a_song()])
def test_a_checked_file_is_answered(found: Song | None, song: Song | None) -> None:
    key = "check.no" if found is None else "check.yes" if song else "check.yes_gone"
    for language in ("en", "zh"):
        assert says(news.checked(found, song, language), key)


def test_the_moderators_read_who_says_what_about_which_song() -> None:
    report = Report("telegram:2", "aaaaaaaaaa", "It names my neighbour.")
    reply = news.reported(a_song(), "Bo", report.text, "en")
    assert all(word in reply.text for word in ("Bo", "Ann", TITLE, "It names my neighbour."))
    assert buttons(reply) == ["forget:aaaaaaaaaa:"]


def test_the_rest_is_said_in_one_sentence() -> None:
    error = WishError("No such line.", "没有这一句。")
    for language, sentence in (("en", "No such line."), ("zh", "没有这一句。")):
        assert news.refused(error, language).text == sentence
        said = [news.flood(language), news.fault(language), news.listening(language), news.forgotten(None, language)]
        said += [news.forgotten(a_song(), language), news.parts_coming(a_song(), ("midi",), language)]
        said += [news.parts_ready(a_song(), ("midi", "lrc"), (), language)]
        assert all(reply.text and reply.language == language for reply in said)
