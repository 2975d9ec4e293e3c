import pytest

from bot.understanding.lexicon import slot_lexicon
from bot.understanding.measures import measures, tempos_beside
from bot.understanding.message import read


def found(text: str) -> list[tuple[str, object]]:
    return [(hit.slot, hit.value) for hit in measures(read(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90 bpm", 90),
        ("80-90bpm", (80, 90)),
        ("between 80 and 90 bpm", (80, 90)),
        ("ninety bpm", 90),
        ("tempo: 95", 95),
        ("九十拍", 90),
        ("每分钟90拍", 90),
        ("110到120拍", (110, 120)),
        ("BPM 75", 75),
        ("速度调到95", 95),
        ("速度一百一十", 110),
        ("around 105-110", (105, 110)),
        ("0 bpm", 0),
        ("-5 bpm", -5),
        ("pop -90 bpm", 90),
        ("1000 bpm", 1000),
    ],
)
def test_tempo(text: str, value: object) -> None:
    assert found(text) == [("tempo_bpm", value)]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2 minutes", 120),
        ("90s long", 90),
        ("1:30", 90),
        ("two and a half minutes", 150),
        ("a minute and a half", 90),
        ("2 min 20 sec", 140),
        ("half a minute", 30),
        ("30-second", 30),
        ("一分半", 90),
        ("两分三十秒", 150),
        ("半分钟", 30),
        ("三分钟", 180),
        ("45秒", 45),
        ("2-3 minutes", 150),
        ("3 hours long", 10_800),
        ("2 hours", 7_200),
        ("an hour and a half", 5_400),
        ("1 hour 30 min", 5_400),
        ("1:30:00", 5_400),
        ("三个小时", 10_800),
        ("半小时", 1_800),
        ("一个半小时", 5_400),
    ],
)
def test_duration(text: str, seconds: float) -> None:
    assert found(text) == [("duration_s", seconds)]


@pytest.mark.parametrize(
    "text",
    [
        "80s synth",
        "the 90s",
        "at 3:30",
        "3 AM",
        "凌晨3点",
        "十分悲伤",
        "in my 20s",
        "wait a minute please",
        "first 10 seconds",
        "24/7",
        "a minor setback",
        "we drove 12 hours to see her",
        "我们聊了两个小时才走",
        "a 1920s speakeasy",
        "a bpm of my own",
        "I am happy",
        "三分钟热度",
        "拍手",
        "40,000 people",
        "a major crush",
    ],
)
def test_what_only_looks_like_a_measure(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("A minor", "A minor"),
        ("in a minor", "A minor"),
        ("F#m", "F# minor"),
        ("Bbm", "Bb minor"),
        ("in C", "C major"),
        ("key of G", "G major"),
        ("E flat major", "Eb major"),
        ("降E大调", "Eb major"),
        ("a小调", "A minor"),
        ("C调", "C major"),
        ("key: Am", "A minor"),
        ("G# minor", "G# minor"),
        ("升F小调", "F# minor"),
    ],
)
def test_key(text: str, key: str) -> None:
    assert found(text) == [("key", key)]


@pytest.mark.parametrize(
    ("text", "metre"), [("in 3/4 time", "3/4"), ("6/8", "6/8"), ("12/8 shuffle", "12/8"), ("7/8", "7/8")]
)
def test_metre(text: str, metre: str) -> None:
    assert found(text) == [("time_signature", metre)]


def test_thirty_seconds_longer_is_no_length() -> None:
    assert found("30 seconds longer") == [("longer", 30)]


@pytest.mark.parametrize(
    ("text", "tempo"),
    [
        ("techno 132", 132),
        ("house 124, dark", 124),
        ("dubstep 140 about robots", 140),
        ("电子 128，黑暗", 128),
        ("slow 70-75", (70, 75)),
        ("128 house, dark", 128),
        ("100 jazz musicians", None),
        ("techno 1999", None),
        ("jazz 90 years ago", None),
    ],
)
def test_a_plausible_number_beside_a_genre_is_its_tempo(text: str, tempo: object) -> None:
    message = read(text)
    found = [hit.value for hit in tempos_beside(message, slot_lexicon().find(message))]
    assert found == ([] if tempo is None else [tempo])
