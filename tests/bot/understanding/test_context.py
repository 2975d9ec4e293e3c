"""Context, negation and correction, seen from outside."""

import pytest

from bot.understanding import stated, understand


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("a pop song, no drums", ["drums"]),
        ("a pop song without piano, guitar or drums", ["piano", "drums"]),
        ("流行歌，不要鼓", ["drums"]),
        ("流行歌，别加钢琴和小提琴", ["piano", "violin"]),
        ("a jazz song, everything except saxophone", ["saxophone"]),
        ("流行歌，钢琴不要", ["piano"]),
    ],
)
def test_refused_instruments_are_excluded(text: str, excluded: list[str]) -> None:
    answer = stated(understand(text))
    assert answer["instruments_excluded"] == excluded
    assert "instruments" not in answer


@pytest.mark.parametrize(
    "text", ["a pop song, not too sad", "流行歌，不要太悲伤", "a pop song, not slow", "a song, pop, not sad"]
)
def test_a_refused_mood_or_tempo_is_not_stated(text: str) -> None:
    assert stated(understand(text)) == {"intent": "new_song", "genre": ["pop"]}


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("a pop song, 90, no, 100 bpm", "tempo_bpm", 100),
        ("a pop song, female voice - sorry, male voice", "vocals", "male"),
        ("a song in D minor, wait, E minor, pop", "key", "E minor"),
        ("流行歌，女声，不对，男声", "vocals", "male"),
    ],
)
def test_the_corrected_value_counts(text: str, slot: str, value: object) -> None:
    assert stated(understand(text))[slot] == value


@pytest.mark.parametrize(
    "text",
    [
        "a song about my soul mate",
        "a song about bass fishing",
        "a song about organ donors",
        "a song for our house party",
        "a song about a heavy metal detector",
        "a song about a country road",
        "写一首关于爸爸打鼓的歌",
        "a song about jazz hands",
    ],
)
def test_words_that_only_look_like_music_fill_no_slot(text: str) -> None:
    assert set(stated(understand(text))) == {"intent", "theme"}


@pytest.mark.parametrize("text", ["I want jaz and a saxaphone", "acustic guitar balad", "lofi with melancoly piano"])
def test_slips_of_the_finger_are_forgiven(text: str) -> None:
    assert len(stated(understand(text))) >= 2


def test_a_change_states_absolute_values_only() -> None:
    assert stated(understand("make it slower and more energetic with a harp")) == {
        "intent": "change",
        "instruments": ["harp"],
    }
