import pytest

from bot.understanding import summary, understand
from bot.understanding.words import read_words


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
        ("写一首关于海的歌", "A song about 海.", "一首关于海的歌。"),
        ("一首悲伤的民谣，讲外婆的茶园", "A sad folk song about 外婆的茶园.", "一首关于外婆的茶园的悲伤的民谣。"),
        ("国风说唱", "A guofeng hip-hop song.", "一首国风、说唱。"),
        ("hello", "This asks for no song.", "这句话没有要做歌。"),
    ],
)
def test_what_was_understood_is_said_back(text: str, en: str, zh: str) -> None:
    remark = summary(understand(text))
    assert (remark.en, remark.zh) == (en, zh)


def test_every_genre_has_a_name_and_a_song_of_its_own_in_chinese() -> None:
    spoken = read_words("summary")["zh"]
    assert spoken["genre"].keys() == spoken["song"].keys() == read_words("en/genre").keys()
