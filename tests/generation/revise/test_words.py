"""Other words and other pronunciations: the named line changes, wherever it returns, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generation.band import arrange
from generation.changes import Key, Replace, Reword, Rewrite, Say, Tempo, Title
from generation.errors import WishError
from generation.lyrics.verses import VerseLyricist
from generation.pipeline import write_sheet
from generation.revise import phrases
from generation.song import Marks, Phrase, Said, Sheet, SongRequest
from generation.voices.debug import DebugSinger

Song = Callable[..., Sheet]
Differing = Callable[[Sheet, Sheet], set[str]]


def line(sheet: Sheet, name: str) -> Phrase:
    return next(phrase for section in sheet.score.sections for phrase in section.phrases if phrase.id == name)


def only_words(before: Sheet, after: Sheet) -> None:
    """Form, chords and the band are the very same."""
    assert before.plan == after.plan
    assert [s.chords for s in before.score.sections] == [s.chords for s in after.score.sections]
    assert arrange(before.score) == arrange(after.score)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "I leave my old umbrella at the door"), ("zh", "我把旧伞留在门边")]
)
def test_one_line_in_the_members_words(
    language: str, text: str, song: Song, change: Song, differing: Differing
) -> None:
    before = song(message_language=language)
    after = change(before, Reword("verse 1/2", text, "Ann"))
    assert differing(before, after) == {"verse 1/2"}
    only_words(before, after)
    written = after.lyrics.sections[0].lines[1]
    assert (written.text, written.author, written.by) == (text, "member", "Ann")
    assert line(after, "verse 1/2").author == "member"


def test_a_line_of_the_chorus_changes_wherever_it_returns(song: Song, change: Song, differing: Differing) -> None:
    before = song()
    after = change(before, Reword("chorus 1/2", "Nobody needs a roof at all"))
    assert differing(before, after) == {f"chorus {number}/2" for number in (1, 2)}
    only_words(before, after)


def test_a_line_stays_after_the_song_was_transposed_and_slowed(song: Song, change: Song, differing: Differing) -> None:
    moved = change(song(), Key(semitones=2), Tempo(factor=0.9))
    assert differing(moved, change(moved, Reword("verse 2/3", "Nobody knows the way"))) == {"verse 2/3"}


def test_new_words_keep_to_the_tune_of_the_old(song: Song, change: Song) -> None:
    before = song()
    old, new = (
        line(sheet, "verse 1/2").notes
        for sheet in (before, change(before, Reword("verse 1/2", "The bus is late again tonight")))
    )
    assert abs(sum(n.midi for n in old) / len(old) - sum(n.midi for n in new) / len(new)) < 2.5
    assert {n.midi for n in old} & {n.midi for n in new}


def test_one_word_for_another_everywhere_or_in_one_line(song: Song, change: Song, differing: Differing) -> None:
    before = song()
    lines = {place.id for place in phrases(before) if "The" in place.text.split() or "the" in place.text.split()}
    assert lines == differing(before, change(before, Replace("the", "my")))
    one = min(lines)
    assert differing(before, change(before, Replace("the", "my", one))) == {one}
    with pytest.raises(WishError, match="not sung there"):
        change(before, Replace("he", "she"))


def test_a_title_moves_no_note_now_or_later(song: Song, change: Song, differing: Differing) -> None:
    before = song()
    titled = change(before, Title("Somewhere Dry"))
    assert titled.lyrics.title == titled.score.title == "Somewhere Dry"
    assert differing(before, titled) == set()
    assert differing(before, change(titled, Reword("verse 1/1", "A line"))) == {"verse 1/1"}


@pytest.mark.parametrize("where", ["verse 1", "verse 2/1", "chorus"])
def test_lines_written_anew_by_the_lyricist(where: str, song: Song, change: Song, differing: Differing) -> None:
    before = song()
    after = change(before, Rewrite(where))
    assert differing(before, after) == {place.id for place in phrases(before) if place.id.startswith(where)}
    only_words(before, after)
    old, new = ({place.id: place.text for place in phrases(sheet)} for sheet in (before, after))
    fresh = {new[name] for name in differing(before, after)}
    assert not fresh & set(old.values())


def test_all_words_anew_on_another_theme(song: Song, change: Song) -> None:
    after = change(song(), Rewrite(theme="winter"))
    words = " ".join(place.text.lower() for place in phrases(after))
    assert any(word in words for word in ("snow", "winter", "ice", "cold", "frost"))
    assert after.request.theme == "winter"


class TestSay:
    @pytest.mark.parametrize(
        ("text", "word", "spoken", "sounds"),
        [
            ("We live for the night", "live", "alive", "lˈIv"),
            ("We live for the night", "live", "laiv", "lˈIv"),
            ("We live for the night", "live", "/laɪv/", "lˈIv"),
            ("I read it all", "read", "red", "ɹˈɛd"),
            ("银行里的灯", "行", "xíng", "ɕi↗ŋ"),
            ("银行里的灯", "行", "xing2", "ɕi↗ŋ"),
            ("他在行走", "行", "航", "xa↗ŋ"),
        ],
    )
    def test_one_word_sounds_otherwise_and_stays_on_its_notes(
        self, text: str, word: str, spoken: str, sounds: str, song: Song, change: Song, differing: Differing
    ) -> None:
        before = change(song(message_language="zh" if word == "行" else "en"), Reword("verse 1/2", text))
        after = change(before, Say(word, spoken, "verse 1/2"))
        assert differing(before, after) == {"verse 1/2"}
        only_words(before, after)
        assert line(after, "verse 1/2").notes == line(before, "verse 1/2").notes
        assert line(after, "verse 1/2").text == text
        heard = [
            a.phonemes
            for a, b in zip(line(after, "verse 1/2").syllables, line(before, "verse 1/2").syllables, strict=True)
            if a != b
        ]
        assert heard == [sounds]

    def test_it_holds_when_the_line_is_worded_anew(self, song: Song, change: Song) -> None:
        after = change(
            song(), Reword("verse 1/2", "We live"), Say("live", "alive"), Reword("verse 2/2", "They live too")
        )
        assert line(after, "verse 2/2").syllables[1].phonemes == "lˈIv"

    def test_what_cannot_be_said_is_refused(self, song: Song, change: Song) -> None:
        for word, spoken, sentence in (("umbrellas", "x", "not sung there"), ("the", "??", "can't tell how")):
            with pytest.raises(WishError, match=sentence):
                change(song(), Say(word, spoken))

    def test_a_song_may_be_written_with_it(self) -> None:
        request = SongRequest(lyrics="We live for the night\nWe live for the day")
        sheet = write_sheet(request, 3, VerseLyricist(), DebugSinger(), Marks(said=(Said("live", "alive"),)))
        assert [line(sheet, name).syllables[1].phonemes for name in ("verse 1/1", "verse 1/2")] == ["lˈIv", "lˈIv"]
        assert sheet.marks.said
