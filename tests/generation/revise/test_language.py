"""The same song in another language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from generation.changes import Language, Reword, Rewrite, Vocals
from generation.errors import WishError
from generation.revise import phrases
from generation.song import Sheet

Song = Callable[..., Sheet]
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize(("home", "other"), [("en", "zh"), ("zh", "en")])
@pytest.mark.parametrize("vocals", ["male", "duet"])
def test_its_music_stays_and_its_words_are_new(home: str, other: str, vocals: str, song: Song, change: Song) -> None:
    before = change(song(message_language=home, theme="rain" if home == "en" else "下雨"), Vocals(vocals))
    after = change(before, Language(other))
    for sheet in (before, after):
        assert [voice.gender for voice in sheet.plan.voices] == (["male"] if vocals == "male" else ["female", "male"])
    assert {voice.language for voice in after.plan.voices} == {other}
    assert (after.plan.form, after.plan.key, after.plan.tempo_bpm) == (
        before.plan.form,
        before.plan.key,
        before.plan.tempo_bpm,
    )
    assert [one.chords for one in after.score.sections] == [one.chords for one in before.score.sections]
    assert (after.lyrics.language, after.score.language, after.request.language) == (other, other, other)
    assert all(bool(HAN.search(place.text)) == (other == "zh") for place in phrases(after))
    assert all(phrase.syllables for one in after.score.sections for phrase in one.phrases if phrase.text)


def test_it_sings_of_the_same(song: Song, change: Song) -> None:
    assert "雨" in "".join(place.text for place in phrases(change(song(theme="rain"), Language("zh"))))


def test_what_nobody_here_sings_is_answered_with_what_they_do(song: Song, change: Song) -> None:
    with pytest.raises(WishError, match="sings in French; English, Mandarin work") as caught:
        change(song(), Language("fr"))
    assert caught.value.zh == "这里没有会唱法语的歌手，可以唱：英语、普通话。"
    with pytest.raises(WishError, match="in English already"):
        change(song(), Language("en"))
    with pytest.raises(WishError, match="ask for a voice first"):
        change(song(), Vocals("none"), Language("zh"))


def test_a_members_own_lines_are_not_lost_to_it(song: Song, change: Song) -> None:
    own = change(song(), Reword("verse 1/1", "My own words here", "Ann"))
    with pytest.raises(WishError, match="wrote 1 of these lines"):
        change(own, Language("zh"))
    assert change(own, Rewrite("verse 1/1"), Language("zh")).plan.language == "zh"
