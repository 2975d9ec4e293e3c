"""Verbs told by the kinds of words in a short message, in any order."""

from __future__ import annotations

import pytest

from bot.conversation.verbs import verbs
from bot.understanding.verb_cues import verbs_cued
from bot.understanding.words import read_words


@pytest.mark.parametrize(
    ("folded", "verb"),
    [
        ("could you remove me from your system", "forget"),
        ("from your system, please, remove my data", "forget"),
        ("is that mp3 your work?", "check"),
        ("这首歌在骂我", "report"),
    ],
)
def test_the_kinds_of_words_decide_in_any_order(folded: str, verb: str) -> None:
    assert verb in verbs_cued(folded)


def test_a_kind_that_must_not_be_there_rules_a_verb_out() -> None:
    assert "forget" in verbs_cued("delete this song")
    assert "forget" not in verbs_cued("delete the second verse of this song")


def test_in_a_long_message_words_meet_by_chance() -> None:
    assert verbs_cued("delete this song. " * 10) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_set_is_made_of_kinds_that_exist(language: str) -> None:
    listed = read_words(f"{language}/verb_cues")
    assert listed["cues"].keys() <= verbs().keys()
    for sets in listed["cues"].values():
        assert {kind.strip("!") for wanted in sets for kind in wanted} <= listed["words"].keys()
