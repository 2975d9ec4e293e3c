"""Replies as Telegram's HTML."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.markup import CAPTION, TEXT, html, parts, units
from bot.conversation.reply import Folded, Reply
from tests.stands.telegram.markup import shown


def test_what_members_wrote_is_text_and_never_markup() -> None:
    (part,) = parts(Reply("<b>1 < 2</b> & </blockquote>", (Folded("<i>", "&amp;"),)))
    assert shown(part) == "<b>1 < 2</b> & </blockquote>\n<i>\n&amp;"


def test_a_folded_part_is_closed_under_its_bold_heading() -> None:
    assert parts(Reply("Song", (Folded("Lyrics", "La\nla"),))) == [
        "Song\n<blockquote expandable><b>Lyrics</b>\nLa\nla</blockquote>"
    ]


def test_half_a_character_does_not_break_the_request() -> None:
    html("\ud83c").encode("utf-8")


def test_a_long_text_breaks_at_a_line_end() -> None:
    lines = [f"line {number} " + "x" * 90 for number in range(100)]
    texts = parts(Reply("\n".join(lines)))
    assert len(texts) == 3
    assert "\n".join(texts).split("\n") == lines


def test_emoji_count_twice() -> None:
    assert [units(shown(part)) for part in parts(Reply("🎵" * 3000))] == [4096, 1904]


def test_a_folded_part_that_does_not_fit_into_a_caption_begins_the_next_message() -> None:
    caption, lyrics = parts(Reply("A song", (Folded("Lyrics", "la " * 500),)), CAPTION)
    assert shown(caption) == "A song"
    assert shown(lyrics).startswith("Lyrics\nla la")


def test_a_very_long_folded_part_carries_its_heading_on() -> None:
    texts = parts(Reply("A song", (Folded("Lyrics", "la la la\n" * 1000),)))
    assert all("<b>Lyrics</b>" in text for text in texts[1:])
    assert sum(text.count("la la la") for text in texts) == 1000


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000),
    st.lists(st.tuples(st.text(max_size=50), st.text(max_size=6000)), max_size=3),
    st.sampled_from([CAPTION, TEXT]),
    st.integers(1, 5),
)
def test_every_part_parses_and_fits_and_no_word_is_lost(
    text: str, folds: list[tuple[str, str]], first: int, repeated: int
) -> None:
    reply = Reply(text * repeated, tuple(Folded(title or "T", words) for title, words in folds))
    texts = [shown(part) for part in parts(reply, first)]
    assert all(units(part) <= limit for part, limit in zip(texts, [first] + [TEXT] * len(texts), strict=False))
    letters = [character for part in texts for character in part if character.isalpha()]
    wanted = [character for part in [reply.text, *(fold.text for fold in reply.folded)] for character in part]
    assert len(letters) >= sum(character.isalpha() for character in wanted)


def test_a_long_text_is_broken_into_as_few_posts_as_hold_it() -> None:
    assert len(parts(Reply("la la la la\n" * 3000))) == 9
