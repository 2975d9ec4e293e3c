"""Which verb a plain sentence means: hundreds of sentences as people type them, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.verbs import verbs
from bot.understanding.verbs import verb_of


def _read(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()]


SENTENCES = _read("verbs.jsonl")
KEPT_BACK = _read("verbs_kept_back.jsonl")
"""Not looked at while the word lists were written."""


@pytest.mark.parametrize("rows", [SENTENCES, KEPT_BACK], ids=["seen", "kept back"])
def test_nearly_every_sentence_is_taken_for_the_verb_it_means(rows: list[dict[str, str]]) -> None:
    missed = [(row["text"], row["verb"], meant) for row in rows if (meant := verb_of(row["text"])) != row["verb"]]
    assert len(missed) <= 0.03 * len(rows), missed


def test_the_sentences_show_every_verb() -> None:
    shown = {row["verb"] for row in [*SENTENCES, *KEPT_BACK]}
    assert shown == {*verbs(), ""}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", verbs())
def test_the_example_that_members_read_is_understood(name: str, language: str) -> None:
    assert verb_of(verbs()[name].example[language]) == name


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("show me the sheet of a song about rain first", "sheet"),
        ("give me the sheet music", "stems"),
        ("sing it", "sing"),
        ("sing it in Chinese", "change"),
        ("speak Chinese", "language"),
        ("a song in Chinese about spring", "song"),
        ("the same without vocals", "instrumental"),
        ("an instrumental lofi beat to study to", "song"),
        ("another take", "again"),
        ("same words, another tune", "variation"),
        ("make it shorter", "shorter"),
        ("shorter intro please", "change"),
        ("show me the lyrics", "lyrics"),
        ("用英文回复我", "language"),
        ("用英文唱这首", "change"),
        ("先看歌词再唱，写一首关于雨的歌", "sheet"),
        ("就这样唱", "sing"),
        ("纯伴奏版", "instrumental"),
        ("歌词发我", "lyrics"),
        ("删掉这首歌", "forget"),
        ("桥段删掉", "change"),
    ],
)
def test_close_neighbours_are_told_apart(text: str, verb: str) -> None:
    assert verb_of(text) == verb


def test_own_lyrics_are_a_song_whatever_they_say() -> None:
    lyrics = "Sing these lyrics:\nsing it again\nforget me now\nstop, cancel the rain\nshow me the words"
    assert verb_of(lyrics) == "song"


def test_a_long_story_is_a_song_although_it_says_again() -> None:
    story = "we met again at the harbour and she said sing it once more, then the band played on and on. " * 4
    assert verb_of("write a song about this: " + story) == "song"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_verb_or_none(text: str) -> None:
    assert verb_of(text) in {*verbs(), ""}


def test_a_huge_message_gets_a_verb_or_none() -> None:
    for piece in ("again and ", "先看歌词再唱，", "sing it. ", "a"):
        assert verb_of(piece * (20_000 // len(piece))) in {*verbs(), ""}
