import pytest

from bot.understanding import summary, understand


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (
            "a sad lo-fi song about rain in Shanghai, female voice, 80 bpm, in English",
            "A sad lo-fi song about rain in Shanghai, female voice, 80 bpm, in English.",
            "一首悲伤的Lo-fi歌，关于“rain in Shanghai”，女声，每分钟 80 拍，用英语唱。",
        ),
        (
            "an instrumental jazz waltz, piano and violin, no drums, in A minor, 1:30",
            "A jazz instrumental, with piano and violin, without drums, in A minor, in 3/4, 1 min 30 s.",
            "一首爵士纯音乐，用钢琴、小提琴，不用鼓，A小调，3/4 拍，1分30秒。",
        ),
        ("换成男声", "A change to your song: male voice.", "修改你的歌：男声。"),
        ("hello", "This asks for no song.", "这句话没有要做歌。"),
    ],
)
def test_what_was_understood_is_said_back(text: str, en: str, zh: str) -> None:
    remark = summary(understand(text))
    assert (remark.en, remark.zh) == (en, zh)
