"""Which syllables want the beat, where a line pauses, and where Mandarin tones pull the tune."""

from __future__ import annotations

from typing import Any

from generation.score.prosody import stretches, tone_pull, weights


def test_content_words_weigh_more_than_function_words(syllables: Any) -> None:
    the, rain, is_, fal, ling = weights(syllables("The rain is falling", "en"))
    assert the < rain
    assert is_ < fal
    assert ling >= 0.6, "the last syllable of a line is held"


def test_a_comma_gives_the_syllable_before_it_time(syllables: Any) -> None:
    text = "We are the river, we are the sea"
    times = stretches(syllables(text, "en"), text)
    assert times[4] == max(times)
    assert times[3] == 1.0, "inside a word"
    zh = "茶还温，灯还亮"
    assert stretches(syllables(zh, "zh"), zh) == [1.0, 1.15, 1.8, 1.15, 1.0, 1.15]


def test_tones_pull_the_tune(syllables: Any) -> None:
    low, high = syllables("你天", "zh")
    assert tone_pull(low, high) > 0 > tone_pull(high, low)
    assert tone_pull(high, high) == 0
    assert tone_pull(None, high) == 0
    assert tone_pull(*syllables("sun sea", "en")) == 0
