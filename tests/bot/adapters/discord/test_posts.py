"""A reply as Discord can hold it: nothing too long, nothing lost, nothing that means something to Discord."""

from __future__ import annotations

import asyncio

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.markup import escape, split
from bot.adapters.discord.posts import PARCEL_BYTES, Post, posts
from bot.adapters.discord.words import words
from bot.conversation.reply import Button, File, Folded, Reply
from tests.stands.discord.people import readable
from tests.stands.discord.rules import broken

TEXTS = st.text(st.sampled_from("ab 词\n\\*_`~|<>[]()#-@:1.") | st.characters(codec="utf-8"), max_size=5000)


def all_of(post: Post) -> str:
    return readable("\n".join([post.text, *(f"{card.title or ''}\n{card.description or ''}" for card in post.cards)]))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("# big", r"\# big"),
        ("\n\n- item", "\n\n\\- item"),
        ("-# small", r"\-# small"),
        ("> quote", r"\> quote"),
        ("||secret||", r"\|\|secret\|\|"),
        ("<t:0> <#1> </song:2>", r"\<t:0\> \<#1\> \</song:2\>"),
        ("[free](https://a.example)", r"\[free\](https://a.example)"),
        ("https://a.example/a_b_c*d", r"https://a.example/a_b_c\*d"),
        ("well-known 5 - 3", "well-known 5 - 3"),
        (r"C:\songs", r"C:\\songs"),
    ],
)
def test_marks_are_shown_as_written(said: str, shown: str) -> None:
    assert escape(said) == shown


@given(TEXTS, st.integers(20, 300), st.integers(20, 900))
def test_a_cut_text_loses_only_the_space_at_the_cuts(text: str, first: int, then: int) -> None:
    pieces = split(text, first, then)
    assert len(pieces[0]) <= first
    assert all(len(piece) <= then for piece in pieces[1:])
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_cut_never_parts_a_mark_from_its_escape() -> None:
    for piece in split(escape("*" * 3000), 1999, 4095):
        assert piece.replace("\\*", "") == ""


@given(TEXTS, st.lists(st.tuples(st.text(max_size=300), TEXTS), max_size=4))
def test_no_reply_breaks_discords_limits(text: str, folded: list[tuple[str, str]]) -> None:
    for post in posts(Reply(text, tuple(Folded(*fold) for fold in folded))):
        sent = post.sent(before="<@12345678901234567890> ")
        body = {"content": sent["content"], "embeds": [card.to_dict() for card in post.cards]}
        assert not broken("", body, [(file.name, file.size) for file in post.files])
        assert sent["content"] or post.cards or post.files


def test_lyrics_are_a_card_with_their_title() -> None:
    (post,) = posts(Reply("Sea", folded=(Folded("Lyrics", "la *la*"),)))
    assert [(card.title, card.description) for card in post.cards] == [("Lyrics", r"la \*la\*")]


def test_ten_thousand_characters_are_all_there() -> None:
    text = "\n".join(f"line {n} of a very long story" for n in range(330))[:10_000]
    (post,) = posts(Reply(text))
    whole = [file.content.decode() for file in post.files if file.content] or [all_of(post)]
    assert whole[0] == text
    assert "whole text is in the file" in post.text


def test_five_thousand_characters_are_all_shown() -> None:
    text = "\n".join(f"line {n} of a long story" for n in range(200))
    (post,) = posts(Reply(text))
    assert not post.files
    assert all_of(post).split() == text.split()


def test_lyrics_too_long_for_a_card_are_a_text_file() -> None:
    (post,) = posts(Reply("Sea", folded=(Folded("歌词 / Lyrics", "词" * 5000), Folded("Licence", "free"))))
    assert [card.title for card in post.cards] == ["Licence"]
    assert [(file.name, file.content) for file in post.files] == [("歌词---Lyrics.txt", ("词" * 5000).encode())]


def test_of_an_edited_post_what_is_too_long_is_cut_where_it_shows() -> None:
    (post,) = posts(Reply("la " * 4000, (Folded("Lyrics", "la\n" * 3000),)), edited=True)
    assert not post.files
    assert (post.cards[-1].description or "").endswith("…")
    assert sum(map(len, post.cards)) <= 6000


def test_the_cover_is_the_picture_of_the_card() -> None:
    song = File("sea.mp3", "audio/mpeg", content=b"ID3", thumbnail=b"\xff\xd8")
    (post,) = posts(Reply("Sea", folded=(Folded("Lyrics", "la"),), files=(song,)))
    assert [file.name for file in post.files] == ["cover.jpg", "sea.mp3"]
    assert post.cards[0].thumbnail.url == "attachment://cover.jpg"


def test_many_files_are_several_messages_and_the_first_has_the_buttons() -> None:
    files = tuple(File(f"{n}.flac", "audio/flac", content=b"fLaC") for n in range(23))
    first, second, third = posts(Reply("Stems", files=files, buttons=((Button("Again", "again", "a"),),)))
    assert [len(post.files) for post in (first, second, third)] == [10, 10, 3]
    assert first.rows
    assert not second.rows


def test_heavy_files_are_several_messages() -> None:
    files = tuple(File(f"{n}.flac", "audio/flac", content=bytes(9_000_000)) for n in range(5))
    sizes = [sum(file.size for file in post.files) for post in posts(Reply("Stems", files=files))]
    assert sum(sizes) == 45_000_000
    assert max(sizes) <= PARCEL_BYTES


def test_a_view_is_never_kept() -> None:
    async def shown() -> discord.ui.View:
        (post,) = posts(Reply("Sea", buttons=((Button("Again", "again", "a"),),)))
        view: discord.ui.View = post.shown()["view"]
        return view

    assert asyncio.run(shown()).is_finished()


def test_every_sentence_is_there_in_both_languages() -> None:
    for sentence in words().values():
        assert set(sentence) == {"en", "zh"}
        assert all(sentence.values())
