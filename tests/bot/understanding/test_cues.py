"""Short messages nobody phrased that way before are told by the kinds of words in them, in any order."""

import pytest

from bot.understanding.cues import LONGEST_CUED, cued


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("i lost the song from tuesday, can you find it", "mine"),
        ("我上周做的那首歌还在吗", "mine"),
        ("how many minutes until it's done", "status"),
        ("这歌还要几分钟", "status"),
        ("i want another verse at the end", "extend"),
        ("am i out of songs for today", "quota"),
        ("would it be legal to sell this on bandcamp", "licence"),
        ("刚才那个撤掉", "cancel"),
        ("not sure what to write", "help"),
    ],
)
def test_kinds_of_words_together_tell_the_intent(text: str, intent: str) -> None:
    assert cued(text) == intent


@pytest.mark.parametrize(
    "text", ["my cat is asleep", "do you like jazz?", "今天好累", "what's the capital of mongolia"]
)
def test_talk_has_no_cue(text: str) -> None:
    assert cued(text) is None


def test_a_long_message_is_left_alone() -> None:
    assert cued("another verse " + "la " * LONGEST_CUED) is None
