"""What a change only compares with the song there is fills no slot; a value of its own does."""

import pytest

from bot.understanding import stated, understand


@pytest.mark.parametrize(
    "text",
    [
        "make it more energetic",
        "a bit slower please",
        "slow down by 10 bpm",
        "20 bpm faster",
        "make the drums quieter",
        "再慢一点",
        "鼓要重一点，贝斯也是",
        "人声小一点，钢琴大一点",
    ],
)
def test_a_comparison_states_no_value(text: str) -> None:
    assert stated(understand(text)) == {"intent": "change"}


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("the tempo should be 75", "tempo_bpm", 75),
        ("能不能把节奏放慢到80", "tempo_bpm", 80),
        ("it's too long, cut it to 1 minute", "duration_s", 60),
        ("add a harp", "instruments", ["harp"]),
    ],
)
def test_a_value_of_its_own_is_stated(text: str, slot: str, value: object) -> None:
    assert stated(understand(text)) == {"intent": "change", slot: value}
